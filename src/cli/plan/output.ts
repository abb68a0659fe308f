import type { PlanProblem } from '../../domain/plan.ts';
import type { Mermaid } from '../../render/plan/mermaid.ts';
import { problemLines, problemsInShort } from '../../render/plan/problems.ts';

/** What was asked for. */
export function out(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** What is said beside it. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A graph; whoever pastes it into GitHub is told where it would not be drawn. */
export function outMermaid({ text, isTooLarge }: Mermaid): void {
  if (isTooLarge) note('GitHub draws no graph of more than 500 arrows or 50,000 characters.');
  out(text);
}

/** Names every problem, in lines for people; in short where standard output lists them. Exit code 2. */
export function refuse(
  problems: readonly PlanProblem[],
  { ids, isListed }: { readonly ids: readonly string[]; readonly isListed: boolean },
): void {
  process.exitCode = 2;
  const lines = isListed ? [problemsInShort(problems, ids)] : problemLines(problems, ids);
  for (const line of lines) note(`heddle: ${line}`);
}

/** `heddle plan … | head`: who reads has seen enough. */
export function watchOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    note(`heddle: standard output cannot be written: ${error.message}`);
    process.exit(1);
  });
}
