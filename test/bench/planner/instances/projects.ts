import type { PlanRequest, PlanTask } from '../../../../src/domain/plan.ts';
import { Lehmer } from './lehmer.ts';

/** The parameters of ProGen (Kolisch, Sprecher and Drexl 1995). */
export interface Project {
  readonly seed: number;
  readonly tasks: number;
  /** Arcs for each task, none of them redundant. */
  readonly complexity: number;
  /** The part of the resources that a task uses, on average. */
  readonly factor: number;
  /** 0: the largest demand is the capacity; 1: nothing ever waits for it. */
  readonly strength: number;
}

const RESOURCES = 4;

/** A project in the manner of PSPLIB: whole minutes and demands from 1 to 10, four resources, no limit of workers. */
export function project(given: Project): PlanRequest {
  const random = new Lehmer(given.seed);
  const deps = network(given, random);
  const durations = deps.map(() => random.between(1, 10));
  const demands = demandsOf(given, random);
  const capacity = Array.from({ length: RESOURCES }, (_, resource) => {
    const amounts = demands.map((demand) => demand[resource] ?? 0);
    const least = Math.max(1, ...amounts);
    const most = Math.max(least, peak({ deps, durations, amounts }));
    return least + Math.round(given.strength * (most - least));
  });
  const tasks = deps.map(
    (before, id): PlanTask => ({
      id,
      duration: durations[id] ?? 1,
      deps: before,
      demand: named(demands[id] ?? []),
    }),
  );
  return { tasks, workers: given.tasks, capacity: named(capacity) };
}

const named = (amounts: readonly number[]): Record<string, number> =>
  Object.fromEntries(amounts.map((amount, resource) => [`resource ${resource}`, amount]));

/** Random arcs from earlier to later tasks; an arc that others make redundant, or that makes others so, is not taken. */
function network({ tasks, complexity }: Project, random: Lehmer): number[][] {
  const deps = Array.from({ length: tasks }, (): number[] => []);
  const ancestors = deps.map(() => new Set<number>());
  const wanted = Math.round(tasks * complexity) - MOST_ENDS;
  for (let arcs = 0, tries = 0; arcs < wanted && tries < 400 * tasks; tries++) {
    const bare = arcs < tasks - MOST_ENDS ? MOST_ENDS + arcs : random.between(MOST_ENDS, tasks - 1);
    const from = random.between(Math.max(0, bare - tasks / 2), bare - 1);
    if (!isUseful({ from: Math.floor(from), to: bare, deps, ancestors })) continue;
    deps[bare]?.push(from);
    renew(deps, ancestors, bare);
    arcs++;
  }
  return deps;
}

/** Tasks that wait for nothing: three, as in PSPLIB. */
const MOST_ENDS = 3;
const MOST_ARCS = 3;

function isUseful(given: {
  readonly from: number;
  readonly to: number;
  readonly deps: readonly (readonly number[])[];
  readonly ancestors: readonly ReadonlySet<number>[];
}): boolean {
  const { from, to, deps, ancestors } = given;
  const own = deps[to] ?? [];
  if (own.length >= MOST_ARCS || deps.filter((list) => list.includes(from)).length >= MOST_ARCS) return false;
  if (ancestors[to]?.has(from) === true) return false;
  return !own.some((other) => ancestors[from]?.has(other));
}

function renew(deps: readonly (readonly number[])[], ancestors: readonly Set<number>[], from: number): void {
  for (let task = from; task < deps.length; task++) {
    for (const dep of deps[task] ?? []) {
      ancestors[task]?.add(dep);
      for (const before of ancestors[dep] ?? []) ancestors[task]?.add(before);
    }
  }
}

/** Each task uses at least one resource. */
function demandsOf({ tasks, factor }: Project, random: Lehmer): number[][] {
  const uses = Array.from({ length: tasks }, () => Array.from({ length: RESOURCES }, () => false));
  for (const row of uses) row[random.between(0, RESOURCES - 1)] = true;
  const open = random.shuffled(
    uses.flatMap((row) => row.flatMap((used, resource) => (used ? [] : [{ row, resource }]))),
  );
  for (const { row, resource } of open.slice(0, Math.max(0, Math.round(factor * tasks * RESOURCES) - tasks)))
    row[resource] = true;
  return uses.map((row) => row.map((used) => (used ? random.between(1, 10) : 0)));
}

/** The most that is used at once where every task starts as early as its blockers let it. */
function peak(given: {
  readonly deps: readonly (readonly number[])[];
  readonly durations: readonly number[];
  readonly amounts: readonly number[];
}): number {
  const ends: number[] = [];
  const used: number[] = [];
  for (const [task, before] of given.deps.entries()) {
    const start = Math.max(0, ...before.map((dep) => ends[dep] ?? 0));
    ends[task] = start + (given.durations[task] ?? 0);
    for (let minute = start; minute < (ends[task] ?? 0); minute++)
      used[minute] = (used[minute] ?? 0) + (given.amounts[task] ?? 0);
  }
  return used.reduce((most, amount) => Math.max(most, amount), 0);
}

/** Every combination of the parameters of PSPLIB's J30 and J60, or of J120, so often. */
export function projects(tasks: number, turns: number): readonly Project[] {
  const strengths = tasks >= 120 ? [0.1, 0.2, 0.3, 0.4, 0.5] : [0.2, 0.5, 0.7, 1];
  const all = [1.5, 1.8, 2.1].flatMap((complexity) =>
    [0.25, 0.5, 0.75, 1].flatMap((factor) => strengths.map((strength) => ({ complexity, factor, strength }))),
  );
  return Array.from({ length: turns }, (_, turn) =>
    all.map((given, index) => ({ ...given, tasks, seed: 1 + 1_000 * turn + 7 * index })),
  ).flat();
}
