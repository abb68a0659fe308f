import type { Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import { hashText } from '../domain/hash.ts';
import { isHome, type RunId } from '../domain/ids.ts';
import type { Plan, PlanRequest, PlanTask, RunPlan } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import type { Run } from '../domain/run.ts';
import type { Priority } from '../domain/task.ts';
import { findCycles } from '../plan/cycles.ts';
import { spanOf } from '../plan/estimates/span.ts';
import { planNow } from '../plan/plan-now.ts';
import { planAlong, replan } from '../plan/replan.ts';
import { sharedKeys } from '../plan/shared-keys.ts';
import { type Waits, waitsOf } from './blockers.ts';
import { estimatesOf } from './estimating.ts';
import { improveKey } from './keys.ts';
import { keysOf } from './keys-held.ts';
import { isLive, policyOf, resultOf, type TaskView, viewTasks } from './lookup.ts';
import { limitOf } from './queue.ts';
import { NOTHING, type Ruling } from './rule.ts';
import { priorityOf } from './wishes.ts';

/**
 * Plans every run whose tasks, dependencies, keys or priorities are not those of its last revision, and takes in what a
 * search has found for the revision in force.
 */
export function planRuns(facts: Facts): Ruling {
  const policy = policyOf(facts);
  if (!policy) return NOTHING;
  const views = viewTasks(facts);
  const gates = waitsOf(facts, views);
  return {
    effects: facts.memory.runs.flatMap((run) =>
      planRun({ facts, policy, gates, run, views: views.filter((view) => view.run.id === run.id) }),
    ),
  };
}

/** What a plan is made of. */
export interface Planning {
  readonly facts: Facts;
  readonly policy: Policy;
  readonly gates: Waits;
  /** The tasks that are planned together: mostly those of one run. */
  readonly views: readonly TaskView[];
}

/** What the planner is asked about the tasks. Edges of a circle are left out: it has no order. */
export function requestOf(given: Planning): PlanRequest {
  const { facts, policy, views } = given;
  const estimates = estimatesOf(facts);
  const blockers = orderedBlockers(given);
  const keys = comparableKeys(views.map((view) => keysOf(facts, view)));
  const tasks = views.map((view, place) =>
    planTask({
      view,
      minutes: estimates.whole(view),
      deps: blockers.get(view.task.issue) ?? [],
      keys: keys[place] ?? [],
      priority: priorityOf(facts, view),
    }),
  );
  return { tasks, workers: Math.max(1, limitOf(facts, policy)) };
}

export interface RunPlanning extends Planning {
  readonly run: Run;
}

function planRun(given: RunPlanning): readonly Effect[] {
  const { facts, run, views } = given;
  const inputHash = hashText(
    JSON.stringify(views.map((view) => inputOf(given, view)).toSorted((a, b) => a.issue - b.issue)),
  );
  if (views.length === 0) return [];
  if (run.plan?.inputHash !== inputHash) return revise(given, inputHash);
  const found = run.plan.improved ? null : resultOf(facts, improveKey(run.id, run.plan.revision));
  if (found?.kind !== 'planned') return [];
  const shown = shownOf(given, begunFirst(views, found.order));
  return [updated(run, { ...run.plan, ...shown, improved: true })];
}

/** The next revision keeps the order of the last one: nobody's turn changes without a reason. */
function revise(given: RunPlanning, inputHash: string): readonly Effect[] {
  const { run, views } = given;
  const open = openPart(given);
  const first = run.plan ? replan(open, run.plan.order) : planNow(open);
  const revision = (run.plan?.revision ?? 0) + 1;
  const shown = shownOf(given, begunFirst(views, first.order.map(Number)));
  const next = updated(run, { revision, ...shown, inputHash });
  return isWorthSearching(open, first) ? [next, improvement(run.id, revision)] : [next];
}

const updated = (run: Run, plan: RunPlan): Effect => ({
  kind: 'update-run',
  runId: run.id,
  patch: { plan },
});

const improvement = (runId: RunId, revision: number): Effect => ({
  kind: 'improve-plan',
  key: improveKey(runId, revision),
  runId,
  mode: 'once',
  revision,
});

/** With more tasks the answer is too long to be kept for every revision; with fewer there is nothing to find. */
const MOST_SEARCHED = 2_000;

const isWorthSearching = ({ tasks }: PlanRequest, { optimal }: Plan): boolean =>
  tasks.length > 2 && tasks.length <= MOST_SEARCHED && !optimal;

/** What a search is to look at for a revision, and the order to beat; null where the run has moved on meanwhile. */
export function improvable(
  facts: Facts,
  runId: RunId,
  revision: number,
): { readonly request: PlanRequest; readonly order: readonly number[] } | null {
  const policy = policyOf(facts);
  const run = facts.memory.runs.find(({ id }) => id === runId);
  if (!policy || run?.plan?.revision !== revision) return null;
  const views = viewTasks(facts);
  const own = views.filter((view) => view.run.id === runId);
  const request = openPart({ facts, policy, gates: waitsOf(facts, views), views: own });
  return { request, order: run.plan.order };
}

/** What is still to be done: tasks that have not begun, and running ones with what is left of them. */
export function openPart(given: Planning): PlanRequest {
  const { tasks, workers } = requestOf(given);
  const estimates = estimatesOf(given.facts);
  const views = given.views.filter(({ task, last }) => !task.ended && (last === null || isLive(last)));
  const open = new Map(views.map((view) => [String(view.task.issue), view]));
  let running = 0;
  const left = tasks.flatMap((task) => {
    const view = open.get(String(task.id));
    if (!view) return [];
    const own = { ...task, deps: task.deps?.filter((dep) => open.has(String(dep))) ?? [] };
    return view.last ? { ...own, duration: estimates.left(view), runningOn: `w${++running}` } : own;
  });
  return { tasks: left, workers: Math.max(running, typeof workers === 'number' ? workers : 1) };
}

/** What has begun stays where it stood, in front; the others follow in the order. */
function begunFirst(views: readonly TaskView[], order: readonly number[]): readonly number[] {
  const begun = new Set(views.filter(({ task, last }) => last || task.ended).map(({ task }) => task.issue));
  return [...begun, ...order.filter((issue) => !begun.has(issue))];
}

/** What people see of an order: the whole run along it, with what has landed. */
function shownOf(given: Planning, order: readonly number[]) {
  const plan = planAlong(requestOf(given), order);
  return {
    order: plan.order.map(Number),
    batches: plan.batches.map((batch) => batch.map(Number)),
    ...expectedFrom(given, plan),
  };
}

/** Nothing is expected aloud where this repository has no history: what is assumed of tasks only puts them in order. */
function expectedFrom(
  { facts, views }: Planning,
  plan: Plan,
): Pick<RunPlan, 'expectedMinutes' | 'sequentialMinutes' | 'expectedSpan'> {
  const estimates = estimatesOf(facts);
  if (!estimates.known) return { expectedMinutes: null, sequentialMinutes: null, expectedSpan: null };
  const critical = new Set(plan.criticalPath.map(Number));
  const chain = views.filter(({ task }) => critical.has(task.issue)).map((view) => estimates.of(view));
  return {
    expectedMinutes: plan.makespan,
    sequentialMinutes: plan.sequential,
    expectedSpan: spanOf(plan.makespan, chain),
  };
}

/** What a plan is made from; how far the tasks have come is not part of it, so landing does not ask for a new revision. */
function inputOf({ facts, gates }: Planning, view: TaskView) {
  const { issue } = view.task;
  const priority = priorityOf(facts, view);
  const blockers = (gates.dependencies.get(issue) ?? []).map(({ to }) =>
    `${to.owner}/${to.name}#${to.number}`.toLowerCase(),
  );
  return { issue, priority, blockers: [...new Set(blockers)].toSorted(), keys: keysOf(facts, view) };
}

/** Blockers among the given tasks. A circle has no order: its own edges are left out, and it is shown elsewhere. */
function orderedBlockers({ facts, gates, views }: Planning): ReadonlyMap<number, readonly number[]> {
  const members = new Set(views.map((view) => view.task.issue));
  const edges = [...members].flatMap((from) =>
    (gates.dependencies.get(from) ?? [])
      .filter(({ to }) => isHome(to, facts.world.repository) && members.has(to.number))
      .map(({ to }) => ({ from, to: to.number })),
  );
  const circleOf = new Map(
    findCycles(edges).flatMap((circle, index) => circle.members.map((issue) => [issue, index] as const)),
  );
  const blockers = new Map<number, number[]>();
  for (const { from, to } of edges) {
    const circular = circleOf.has(from) && circleOf.get(from) === circleOf.get(to);
    if (!circular) blockers.set(from, [...(blockers.get(from) ?? []), to]);
  }
  return blockers;
}

function planTask(given: {
  view: TaskView;
  minutes: number;
  deps: readonly number[];
  keys: readonly string[];
  priority: Priority | null;
}): PlanTask {
  const { issue } = given.view.task;
  const { priority } = given;
  return {
    id: String(issue),
    duration: given.minutes,
    deps: [...new Set(given.deps)].map(String),
    exclusiveKeys: given.keys,
    ...(priority ? { priority } : {}),
  };
}

/** One glob may meet every key, and each meeting is one more key: past this many, only equal keys meet in the plan shown. */
const MOST_COMPARED = 10_000;

/** The planner compares keys; here `src/**` and `src/a.ts` conflict. The dispatcher knows that in any case. */
function comparableKeys(keySets: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return new Set(keySets.flat()).size <= MOST_COMPARED ? sharedKeys(keySets) : keySets;
}
