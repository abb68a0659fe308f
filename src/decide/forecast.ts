import type { Facts } from '../domain/facts.ts';
import { isHome } from '../domain/ids.ts';
import type { PlanRequest, PlanTask } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import type { Run } from '../domain/run.ts';
import { keysConflict } from '../plan/conflicts.ts';
import { explainPlan } from '../plan/explain/explain.ts';
import { planNow } from '../plan/plan-now.ts';
import type { ForecastView, OutsideWait, OverlapView, RunForecast } from '../render/plan/forecast-view.ts';
import { isLabelled } from './admission.ts';
import type { Waits } from './blockers.ts';
import { waitsOf } from './blockers.ts';
import { strangeEdits } from './edits.ts';
import { policyOf, type TaskView, viewTasks } from './lookup.ts';
import { requestOf } from './planning.ts';
import { limitOf } from './queue.ts';

/**
 * What is to be expected of some runs: all tasks that are still to be done, planned together. Null while the policy
 * cannot be used: then nothing starts. Give it facts that were foreseen, so that everybody has joined.
 */
export function forecastOf(facts: Facts, runs: readonly Run[]): ForecastView | null {
  const policy = policyOf(facts);
  if (!policy) return null;
  const all = viewTasks(facts);
  const gates = waitsOf(facts, all);
  const chosen = new Set(runs.map(({ id }) => id));
  const views = all.filter(({ run, task }) => chosen.has(run.id) && !task.ended);
  const request = titled(requestOf({ facts, policy, gates, views }), views);
  const plan = planNow(request);
  const { owner, name } = facts.world.repository;
  return {
    repository: { owner, name },
    slots: slotsOf(facts, policy),
    request,
    plan,
    waits: explainPlan(request, plan),
    runs: runs.map((run) => runForecast(run, views)).filter(({ issues }) => issues.length > 0),
    ...evidenceAmong(gates, views),
    outside: views.flatMap((view) => outsideOf(facts, gates, { view, views })),
    overlaps: overlapsOf(request, views),
    refused: refusedLabels(facts),
    edited: views.filter((view) => isStrange(facts, view)).map(({ task }) => task.issue),
    isMeasured: facts.memory.pastMinutes.length > 0,
  };
}

const slotsOf = (facts: Facts, policy: Policy): number => Math.max(1, limitOf(facts, policy));

function titled(request: PlanRequest, views: readonly TaskView[]): PlanRequest {
  const titles = new Map(views.map(({ task, issue }) => [String(task.issue), issue?.issue.title]));
  const withTitle = (task: PlanTask): PlanTask => {
    const title = titles.get(String(task.id));
    return title === undefined ? task : { ...task, title };
  };
  return { ...request, tasks: request.tasks.map(withTitle) };
}

function runForecast(run: Run, views: readonly TaskView[]): RunForecast {
  const issues = views.filter((view) => view.run.id === run.id).map(({ task }) => task.issue);
  const open = new Set(issues);
  const batches = (run.plan?.batches ?? []).map((batch) => batch.filter((issue) => open.has(issue)));
  return { scope: run.scope, issues, batches: batches.filter((batch) => batch.length > 0) };
}

function evidenceAmong(
  { dependencies, disagreements, cycles }: Waits,
  views: readonly TaskView[],
): Pick<ForecastView, 'dependencies' | 'disagreements' | 'cycles'> {
  const issues = new Set(views.map(({ task }) => task.issue));
  const said = new Set([...issues].flatMap((issue) => disagreements.get(issue) ?? []));
  return {
    dependencies: [...issues].flatMap((issue) => dependencies.get(issue) ?? []),
    // One that nobody has decided is a circle, and told as such.
    disagreements: [...said].filter((claims) => claims.some(({ counts }) => !counts)),
    cycles: cycles.filter(({ path }) => path.some((issue) => issues.has(issue))),
  };
}

function outsideOf(
  { world }: Facts,
  { blocked }: Waits,
  { view, views }: { readonly view: TaskView; readonly views: readonly TaskView[] },
): readonly OutsideWait[] {
  const { issue } = view.task;
  const isPlanned = (number: number): boolean => views.some(({ task }) => task.issue === number);
  const by = (blocked.get(issue) ?? []).filter(
    ({ ref }) => !isHome(ref, world.repository) || !isPlanned(ref.number),
  );
  return by.length === 0 ? [] : [{ issue, by }];
}

/** Keys that more than one task holds; the planner's own keys of pairs stand for the two that conflict. */
function overlapsOf({ tasks }: PlanRequest, views: readonly TaskView[]): readonly OverlapView[] {
  const holders = new Map<string, number[]>();
  for (const { id, exclusiveKeys = [] } of tasks)
    for (const key of exclusiveKeys) holders.set(key, [...(holders.get(key) ?? []), Number(id)]);
  const known = new Map(views.map(({ task, issue }) => [task.issue, issue?.keys ?? []]));
  return [...holders]
    .filter(([, issues]) => issues.length > 1)
    .map(([key, issues]) => {
      const parts = key.split('\0');
      const evidence = issues.flatMap((issue) =>
        (known.get(issue) ?? [])
          .filter((each) => parts.some((part) => keysConflict(part, each.key)))
          .map(({ quote }) => ({ issue, quote })),
      );
      return { key, issues, evidence };
    });
}

const refusedLabels = ({ memory, world }: Facts): ForecastView['refused'] =>
  memory.admissions
    .filter(({ allowed, issue }) => {
      const known = world.issues.get(issue);
      return !allowed && known !== undefined && isLabelled(known);
    })
    .map(({ issue, actor }) => ({ issue, actor }));

const isStrange = (facts: Facts, { task, issue }: TaskView): boolean =>
  issue !== null && issue.textHash !== task.textHash && strangeEdits(facts, issue, task.textHash).length > 0;
