import type { PlanRequest } from '../../../src/domain/plan.ts';
import { limited, type Row, shown } from '../result.ts';
import { project, projects } from './instances/projects.ts';
import { flexibleJobShop, jobShop, openShop, type Shop, TAILLARD } from './instances/shops.ts';
import { taskGraph, taskGraphs } from './instances/task-graphs.ts';
import { Searches } from './searches.ts';

/**
 * Instances as in the public sets, made by the formulas by which those were made. Only of the job shops are the optima
 * known; elsewhere the reference is the lower bound, or what a search of many times the budget finds, which is itself
 * above the optimum: then the row is a proxy for the goal.
 */
export async function publicKinds(): Promise<readonly Row[]> {
  const searches = new Searches();
  return [
    await taskGraphRow(searches),
    await jobShopRow(searches),
    ...(await shopRows(searches)),
    ...(await projectRows(searches)),
    searches.row(),
  ];
}

async function taskGraphRow(searches: Searches): Promise<Row> {
  let [optimal, all] = [0, 0];
  for (const graph of taskGraphs(2)) {
    const plan = await searches.plan(taskGraph(graph));
    all++;
    if (plan.optimal) optimal++;
  }
  // The row says what is missing: all limits are upper ones.
  const name = `task graphs, 50 to 1,000 tasks: makespan not proved the shortest (of ${all})`;
  return limited({ name, measured: 100 * (1 - optimal / all), unit: '%', limit: 0.5 });
}

async function jobShopRow(searches: Searches): Promise<Row> {
  const gaps: number[] = [];
  for (const { shop, optimum } of TAILLARD)
    gaps.push((await searches.plan(jobShop(shop))).makespan / optimum);
  return limited({
    name: 'job shops ta01 to ta10, above the optimum',
    measured: percent(gaps),
    unit: '%',
    limit: 1.2,
  });
}

async function shopRows(searches: Searches): Promise<readonly Row[]> {
  const open = shopsOf([4, 7, 10, 15, 20].map((size) => [size, size])).map(openShop);
  const flexible = shopsOf(FLEXIBLE).flatMap((shop) =>
    [0.3, 1, shop.machines / 2 - 1].map((others) => flexibleJobShop(shop, others)),
  );
  const gaps: number[] = [];
  for (const request of open) {
    const { makespan, lowerBound } = await searches.plan(request);
    gaps.push(makespan / lowerBound);
  }
  return [
    limited({ name: 'open shops, above the bound', measured: percent(gaps), unit: '%', limit: 1.5 }),
    ...(await proxyRows(searches, { requests: flexible, name: 'flexible job shops', limit: 2.5 })),
  ];
}

const FLEXIBLE: readonly (readonly [number, number])[] = [
  [10, 5],
  [10, 10],
  [15, 10],
];

const shopsOf = (sizes: readonly (readonly number[])[]): readonly Shop[] =>
  sizes.map(([jobs = 1, machines = 1], index) => ({
    jobs,
    machines,
    timeSeed: 1_000_003 * (index + 1),
    machineSeed: 2_000_003 * (index + 1),
  }));

/** How many times the budget the references of a proxy get. */
const LONGER = 8;

async function projectRows(searches: Searches): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [tasks, limit] of [
    [30, 0.2],
    [60, 0.4],
    [120, 2.5],
  ] as const) {
    const requests = projects(tasks, 1)
      .filter((_, index) => index % 5 === 1)
      .map(project);
    rows.push(...(await proxyRows(searches, { requests, name: `projects of ${tasks} tasks`, limit })));
  }
  return rows;
}

/** Where the bound is reached, nobody searches for longer. */
async function proxyRows(
  searches: Searches,
  given: { readonly requests: readonly PlanRequest[]; readonly name: string; readonly limit: number },
): Promise<readonly Row[]> {
  const { requests, name, limit } = given;
  const gaps: number[] = [];
  const overBound: number[] = [];
  for (const request of requests) {
    const { makespan, lowerBound, optimal } = await searches.plan(request);
    const longer = optimal ? makespan : (await searches.plan(request, 300 * LONGER)).makespan;
    gaps.push(makespan / Math.min(makespan, longer));
    overBound.push(makespan / lowerBound);
  }
  const than = `above what ${LONGER} times the budget gives (proxy)`;
  return [
    limited({ name: `${name}, ${than}`, measured: percent(gaps), unit: '%', limit }),
    shown({ name: `${name}, above the bound`, measured: percent(overBound), unit: '%' }),
  ];
}

const percent = (ratios: readonly number[]): number =>
  (100 * ratios.reduce((sum, ratio) => sum + ratio - 1, 0)) / ratios.length;
