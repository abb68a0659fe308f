import { UserFacing } from '../domain/errors.ts';
import type { PlanRequest } from '../domain/plan.ts';
import { createPlan } from '../plan/create-plan.ts';
import { explainPlan } from '../plan/explain/explain.ts';
import { PlanError } from '../plan/plan-error.ts';
import { misspeltFields } from '../plan/request/misspelt.ts';
import { planMermaid } from '../render/plan/mermaid.ts';
import { misspeltLines } from '../render/plan/problems.ts';
import { renderPlan } from '../render/plan/text.ts';
import type { PlanView } from '../render/plan/view.ts';
import { type Call, readCall } from './plan/call.ts';
import { writeChart } from './plan/chart.ts';
import { invalid } from './plan/invalid.ts';
import { note, out, outMermaid, refuse, watchOutput } from './plan/output.ts';
import { readRequestFile } from './plan/request-file.ts';
import { pageOf } from './terminal.ts';

/**
 * `heddle plan`: plans the tasks of a file, or the labelled issues of a repository. Everything that is wrong with the call
 * or what is planned is said at once.
 */
export async function plan(args: readonly string[]): Promise<void> {
  watchOutput();
  let given: unknown = null;
  try {
    const call = readCall(args);
    if (call.of.kind === 'repository') {
      // Loaded when it is asked for: a file needs nothing of GitHub.
      const { dryRun } = await import('./plan/dry-run.ts');
      return await dryRun(call, call.of);
    }
    const request = await readRequestFile({ ...call, file: call.of.file });
    given = request;
    for (const line of misspeltLines(misspeltFields(request))) note(`heddle: note: ${line}`);
    await show(call, await planned(request, call));
  } catch (error) {
    const isListed = args.includes('--json');
    if (isListed && error instanceof UserFacing && error.exitCode === 2)
      out(JSON.stringify({ problems: [invalid('--repo', error.message)] }));
    if (!(error instanceof PlanError)) throw error;
    if (isListed) out(JSON.stringify({ problems: error.problems }));
    refuse(error.problems, { ids: idsOf(given), isListed });
  }
}

async function planned(request: PlanRequest, { budgetMs }: Call): Promise<PlanView> {
  const made = await createPlan(request, budgetMs === null ? {} : { budgetMs });
  return { request, plan: made, waits: explainPlan(request, made) };
}

async function show(call: Call, view: PlanView): Promise<void> {
  if (call.svg !== null) await writeChart(call.svg, view);
  switch (call.form) {
    case 'json':
      return out(JSON.stringify({ ...view.plan, waits: view.waits }));
    case 'mermaid':
      return outMermaid(planMermaid(view));
    case 'text':
      return out(renderPlan(view, pageOf(process.stdout, process.env)));
    default:
      return call.form satisfies never;
  }
}

/** Of a request in any form. */
function idsOf(given: unknown): readonly string[] {
  if (typeof given !== 'object' || given === null || !('tasks' in given)) return [];
  const tasks: readonly unknown[] = Array.isArray(given.tasks) ? given.tasks : [];
  return tasks.flatMap((task) =>
    typeof task === 'object' && task !== null && 'id' in task && typeof task.id === 'string' ? [task.id] : [],
  );
}
