import { writeFile } from 'node:fs/promises';
import stringWidth from 'string-width';
import { messageOf } from '../domain/errors.ts';
import type { PlanProblem, PlanRequest } from '../domain/plan.ts';
import { createPlan } from '../plan/create-plan.ts';
import { explainPlan } from '../plan/explain/explain.ts';
import { PlanError } from '../plan/plan-error.ts';
import { misspeltFields } from '../plan/request/misspelt.ts';
import { planMermaid } from '../render/plan/mermaid.ts';
import { misspeltLines, problemLines, problemsInShort } from '../render/plan/problems.ts';
import { planSvg } from '../render/plan/svg.ts';
import { renderPlan } from '../render/plan/text.ts';
import type { PlanView } from '../render/plan/view.ts';
import { type Call, readCall } from './plan/call.ts';
import { invalid } from './plan/invalid.ts';
import { readRequestFile } from './plan/request-file.ts';
import { pageOf } from './terminal.ts';

/** `heddle plan`: plans the tasks of a file. Everything that is wrong with the call or the file is said at once. */
export async function plan(args: readonly string[]): Promise<void> {
  watchOutput();
  let given: unknown = null;
  try {
    const call = readCall(args);
    const request = await readRequestFile(call);
    given = request;
    for (const line of misspeltLines(misspeltFields(request))) note(`heddle: note: ${line}`);
    await show(call, await planned(request, call));
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    refuse(error.problems, { ids: idsOf(given), isJson: args.includes('--json') });
  }
}

async function planned(request: PlanRequest, { budgetMs }: Call): Promise<PlanView> {
  const made = await createPlan(request, budgetMs === null ? {} : { budgetMs });
  return { request, plan: made, waits: explainPlan(request, made) };
}

async function show(call: Call, view: PlanView): Promise<void> {
  if (call.svg !== null) await writeSvg(call.svg, view);
  switch (call.form) {
    case 'json':
      return out(JSON.stringify({ ...view.plan, waits: view.waits }));
    case 'mermaid': {
      const { text, isTooLarge } = planMermaid(view);
      if (isTooLarge) note('GitHub draws no graph of more than 500 arrows or 50,000 characters.');
      return out(text);
    }
    case 'text':
      return out(renderPlan(view, pageOf(process.stdout, process.env)));
    default:
      return call.form satisfies never;
  }
}

async function writeSvg(file: string, view: PlanView): Promise<void> {
  try {
    await writeFile(file, planSvg(view, stringWidth));
  } catch (error) {
    const isNowhere = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const reason = isNowhere ? 'there is no such folder' : messageOf(error);
    const why = `--svg cannot write ${JSON.stringify(file)}: ${reason}; name a file that can be written`;
    throw new PlanError([invalid('--svg', why)], { cause: error });
  }
  note(`The chart is in ${file}.`);
}

function refuse(
  problems: readonly PlanProblem[],
  { ids, isJson }: { readonly ids: readonly string[]; readonly isJson: boolean },
): void {
  process.exitCode = 2;
  if (isJson) out(JSON.stringify({ problems }));
  const lines = isJson ? [problemsInShort(problems, ids)] : problemLines(problems, ids);
  for (const line of lines) note(`heddle: ${line}`);
}

/** Of a request in any form. */
function idsOf(given: unknown): readonly string[] {
  if (typeof given !== 'object' || given === null || !('tasks' in given)) return [];
  const tasks: readonly unknown[] = Array.isArray(given.tasks) ? given.tasks : [];
  return tasks.flatMap((task) =>
    typeof task === 'object' && task !== null && 'id' in task && typeof task.id === 'string' ? [task.id] : [],
  );
}

function out(text: string): void {
  process.stdout.write(`${text}\n`);
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** `heddle plan … | head`: who reads has seen enough. */
function watchOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    note(`heddle: standard output cannot be written: ${error.message}`);
    process.exit(1);
  });
}
