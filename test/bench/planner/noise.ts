import type { PlanRequest } from '../../../src/domain/plan.ts';
import { plant } from '../../support/planted.ts';
import { limited, type Row, shown } from '../result.ts';
import { heddle, listSchedule, rankTasks, readRequest } from './heddle.ts';
import { issueGraph, normal } from './instances/issues.ts';
import { Lehmer } from './instances/lehmer.ts';

type Instance = ReturnType<typeof readRequest>;

/** Of the logarithm of what a task takes. */
const SIGMA = 0.6;
const WORLDS = 5;

/**
 * How much longer than the best that is found by who knows all durations (a proxy: that is above the optimum) work takes
 * that is dispatched in the order of a plan made from expected durations. The goal is one for issue graphs; where
 * capacities are full all the time, even the critical path of the real durations leads further from the best.
 */
export async function noise(): Promise<readonly Row[]> {
  const seeds = [1, 2, 3, 4, 5, 6];
  const issues = await gapsOf(seeds.map((seed) => issueGraph({ seed, tasks: 60, workers: 4 })));
  const full = await gapsOf(seeds.slice(0, 3).map((seed) => plant({ seed, ...FULL }).request));
  const over = 'durations off by σ = 0.6, above the clairvoyant best';
  return [
    limited({ name: `createPlan, issues, ${over}`, measured: issues.searched, unit: '%', limit: 3 }),
    shown({ name: `critical-path rank, issues, ${over}`, measured: issues.ranked, unit: '%' }),
    shown({ name: `createPlan, full capacities, ${over}`, measured: full.searched, unit: '%' }),
    shown({ name: `rank of the real durations, full capacities, ${over}`, measured: full.known, unit: '%' }),
  ];
}

const FULL = { tasks: 60, workers: 4, deps: 1.5, keys: 4, capabilities: true, capacity: true };

/** Above the clairvoyant best, in per cent: by the order of the plan, by rank, and by the rank of who knows all. */
async function gapsOf(
  requests: readonly PlanRequest[],
): Promise<{ readonly searched: number; readonly ranked: number; readonly known: number }> {
  const random = new Lehmer(20_261_121);
  const [searched, ranked, known]: number[][] = [[], [], []];
  for (const request of requests) {
    const instance = readRequest(request);
    const order = await searchedOrder(request, instance);
    for (let world = 0; world < WORLDS; world++) {
      const real = { ...instance, duration: instance.duration.map((mean) => mean * surprise(random)) };
      const best = await clairvoyant(request, real);
      searched?.push(listSchedule(real, order).makespan / best);
      ranked?.push(listSchedule(real, rankTasks(instance).order).makespan / best);
      known?.push(listSchedule(real, rankTasks(real).order).makespan / best);
    }
  }
  return { searched: percent(searched), ranked: percent(ranked), known: percent(known) };
}

async function searchedOrder(request: PlanRequest, { ids }: Instance): Promise<Int32Array> {
  const numberOf = new Map(ids.map((id, number) => [id, number]));
  const { order } = await heddle.createPlan(request);
  return Int32Array.from(order, (id) => numberOf.get(id) ?? 0);
}

/** Log-normal, of mean 1. */
const surprise = (random: Lehmer): number => Math.exp(SIGMA * normal(random) - SIGMA ** 2 / 2);

async function clairvoyant(request: PlanRequest, { ids, duration }: Instance): Promise<number> {
  const minutes = new Map(ids.map((id, number) => [id, duration[number]]));
  const tasks = request.tasks.map((task) => ({ ...task, duration: minutes.get(String(task.id)) ?? 0 }));
  return (await heddle.createPlan({ ...request, tasks })).makespan;
}

const percent = (ratios: readonly number[] = []): number =>
  (100 * ratios.reduce((sum, ratio) => sum + ratio - 1, 0)) / ratios.length;
