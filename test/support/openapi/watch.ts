import type { Box } from '../../../src/demo/box/start.ts';
import { validateExchange } from './validate.ts';

/** Holds every exchange of a box against GitHub's description from now on. Answers the problems, each said once. */
export function watchExchanges(box: Box): ReadonlySet<string> {
  const problems = new Set<string>();
  box.calls.onExchange = (exchange) => {
    for (const problem of validateExchange(exchange)) problems.add(problem);
  };
  return problems;
}

/** Fails with the whole list where there is one. */
export function refuseProblems(problems: ReadonlySet<string>): void {
  if (problems.size === 0) return;
  throw new Error(
    `not as GitHub's OpenAPI description has it:\n${[...problems].map((it) => `- ${it}`).join('\n')}`,
  );
}
