import type { PlanRequest } from '../../../src/domain/plan.ts';
import { type Planted, plant } from '../../support/planted.ts';
import { limited, type Row, shown } from '../result.ts';
import { heddle, listSchedule, readRequest } from './heddle.ts';

const SEEDS = [1, 2, 3, 4, 5];

/** How far above the planted optimum each way to plan is, with all kinds of constraints. */
export async function quality(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const tasks of [100, 1_000, 10_000, 100_000]) {
    const seeds = tasks > 1_000 ? SEEDS.slice(0, 1) : SEEDS;
    const planted = seeds.map((seed) =>
      plant({
        seed,
        tasks,
        workers: tasks < 1_000 ? 5 : 16,
        deps: 1.5,
        keys: 4,
        capabilities: true,
        capacity: true,
      }),
    );
    rows.push(...(await gapsOf(planted, tasks)));
  }
  return rows;
}

async function gapsOf(planted: readonly Planted[], tasks: number): Promise<readonly Row[]> {
  const searched: number[] = [];
  for (const { request, optimum } of planted)
    searched.push((await heddle.createPlan(request)).makespan / optimum);
  const size = `${tasks.toLocaleString('en')} tasks`;
  const found = { name: `createPlan, 300 ms, ${size}`, measured: percent(searched), unit: '%' } as const;
  const others = Object.entries(POLICIES).map(([name, makespanOf]) =>
    shown({
      name: `${name}, ${size}`,
      measured: percent(planted.map(({ request, optimum }) => makespanOf(request) / optimum)),
      unit: '%',
    }),
  );
  return [tasks <= 1_000 ? limited({ ...found, limit: 0.1 }) : shown(found), ...others];
}

const percent = (ratios: readonly number[]): number =>
  (100 * ratios.reduce((sum, ratio) => sum + ratio - 1, 0)) / ratios.length;

const POLICIES: Readonly<Record<string, (request: PlanRequest) => number>> = {
  planNow: (request) => heddle.planNow(request).makespan,
  'first in, first out': (request) => {
    const instance = readRequest(request);
    const numberOf = new Map(instance.ids.map((id, number) => [id, number]));
    const asListed = Int32Array.from(request.tasks, ({ id }) => numberOf.get(String(id)) ?? 0);
    return listSchedule(instance, asListed).makespan;
  },
  'barrier batches': (request) => {
    const minutes = new Map(request.tasks.map(({ id, duration = 60 }) => [String(id), duration]));
    const longest = (batch: readonly string[]): number =>
      batch.reduce((most, id) => Math.max(most, minutes.get(id) ?? 0), 0);
    return heddle.planNow(request).batches.reduce((sum, batch) => sum + longest(batch), 0);
  },
};
