import type { Plan, PlanRequest } from '../../../src/domain/plan.ts';
import { plant } from '../../support/planted.ts';
import { limited, type Row, shown } from '../result.ts';
import { listSchedule, rankTasks, readRequest } from './heddle.ts';
import { issueGraph, normal } from './instances/issues.ts';
import { Lehmer } from './instances/lehmer.ts';
import { barrierBatches, withoutOvertaking } from './policies.ts';
import { Searches } from './searches.ts';

type Instance = ReturnType<typeof readRequest>;

/** Of the logarithm of what a task takes. */
const SIGMA = 0.6;
/** So many that the standard error of the first row is at most 0.3 percentage points. */
const GRAPHS = 150;
const WORLDS = 1;
/** Who knows all durations comes so near to the bound in so short a time that longer searches change nothing. */
const KNOWING_MS = 50;

/**
 * How much longer than the best that is found by who knows all durations (a search, so a little above the optimum where
 * it does not reach the bound: gaps are understated by that) work takes that is dispatched in an order made from
 * expected durations. Errors are standard errors of the mean over graphs.
 */
export async function noise(): Promise<readonly Row[]> {
  const searches = new Searches();
  const issues = await gapsOf(searches, seedsTo(GRAPHS).map(issueGraph));
  const planted = seedsTo(12).map((seed) => plant({ seed, ...FULL }).request);
  const full = await gapsOf(searches, planted);
  const named = (policy: string, kind: string, { error }: Gap): string =>
    `${policy}, ${kind}, durations off by σ = ${SIGMA}, above the clairvoyant best (± ${error.toFixed(2)})`;
  const others = Object.entries(issues).filter(([policy]) => policy !== OURS);
  const ours = issues[OURS] ?? NO_GAP;
  return [
    limited({ name: named(OURS, 'issues', ours), measured: ours.mean, unit: '%', limit: 3 }),
    ...others.map(([policy, gap]) =>
      shown({ name: named(policy, 'issues', gap), measured: gap.mean, unit: '%' }),
    ),
    ...[OURS, KNOWN].map((policy) => {
      const gap = full[policy] ?? NO_GAP;
      return shown({ name: named(policy, 'full capacities', gap), measured: gap.mean, unit: '%' });
    }),
    { ...searches.row(), name: 'searches for these that the clock ended before their work was done' },
  ];
}

/** Where capacities are full all the time, even the critical path of the real durations leads further from the best. */
const FULL = { tasks: 60, workers: 4, deps: 1.5, keys: 4, capabilities: true, capacity: true };

const OURS = "createPlan's order";
const KNOWN = 'rank of the real durations';
/** Below the best that was found: no gap can be more understated than by this. */
const BOUND = 'lower bound of the real durations';

const seedsTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

/** Per cent. */
interface Gap {
  readonly mean: number;
  readonly error: number;
}

const NO_GAP: Gap = { mean: 0, error: 0 };

async function gapsOf(
  searches: Searches,
  requests: readonly PlanRequest[],
): Promise<Readonly<Record<string, Gap>>> {
  const random = new Lehmer(20_261_121);
  const ratios: Record<string, number[]> = {};
  for (const request of requests) {
    const instance = readRequest(request);
    const policies = policiesFor(request, instance, await searches.plan(request));
    const sums: Record<string, number> = {};
    for (let world = 0; world < WORLDS; world++) {
      const real = { ...instance, duration: instance.duration.map((mean) => mean * surprise(random)) };
      const { makespan: best, lowerBound } = await searches.plan(known(request, real), KNOWING_MS);
      sums[BOUND] = (sums[BOUND] ?? 0) + lowerBound / best;
      for (const [name, makespanIn] of Object.entries(policies))
        sums[name] = (sums[name] ?? 0) + makespanIn(real) / best;
    }
    for (const [name, sum] of Object.entries(sums)) {
      const list = ratios[name] ?? [];
      list.push(sum / WORLDS);
      ratios[name] = list;
    }
  }
  return Object.fromEntries(Object.entries(ratios).map(([name, list]) => [name, gapOf(list)]));
}

/** How long each takes in a world with other durations. */
function policiesFor(
  request: PlanRequest,
  instance: Instance,
  { order, schedule }: Plan,
): Readonly<Record<string, (real: Instance) => number>> {
  const numberOf = new Map(instance.ids.map((id, number) => [id, number]));
  const numbered = (ids: readonly (string | number)[]): Int32Array =>
    Int32Array.from(ids, (id) => numberOf.get(String(id)) ?? 0);
  const along = (tasks: Int32Array) => (real: Instance) => listSchedule(real, tasks).makespan;
  const byRank = rankTasks(instance).order;
  const hops = { ...instance, duration: instance.duration.map(() => 1) };
  const starts = numbered(schedule.map(({ id }) => id));
  return {
    [OURS]: along(numbered(order)),
    'critical-path rank': along(byRank),
    'hop-count rank': along(rankTasks(hops).order),
    'first in, first out': along(numbered(request.tasks.map(({ id }) => id))),
    'planned starts without overtaking': (real) => withoutOvertaking(real, starts),
    'barrier batches': (real) => barrierBatches(real, byRank),
    [KNOWN]: (real) => listSchedule(real, rankTasks(real).order).makespan,
  };
}

/** Log-normal, of mean 1. */
const surprise = (random: Lehmer): number => Math.exp(SIGMA * normal(random) - SIGMA ** 2 / 2);

/** The request of who knows all. */
function known(request: PlanRequest, { ids, duration }: Instance): PlanRequest {
  const minutes = new Map(ids.map((id, number) => [id, duration[number]]));
  const tasks = request.tasks.map((task) => ({ ...task, duration: minutes.get(String(task.id)) ?? 0 }));
  return { ...request, tasks };
}

function gapOf(ratios: readonly number[]): Gap {
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  const squares = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0);
  return { mean: 100 * (mean - 1), error: 100 * Math.sqrt(squares / (ratios.length - 1) / ratios.length) };
}
