import { limited, type Row, shown } from '../result.ts';
import { median } from '../statistics.ts';
import { heddle, readRequest } from './heddle.ts';
import { bareKahn, type Named, PEERS } from './peers.ts';

/** Three dependencies each on any earlier tasks (long chains overflow the stack of a peer); names in no order. */
export function graphOf(count: number): Named & readonly { readonly duration: number }[] {
  const name = (index: number): string => `task-${(index * 7_919) % PRIME}`;
  return Array.from({ length: count }, (_, index) => ({
    id: name(index),
    duration: 1 + (index % 7),
    deps:
      index < 3 ? [] : [2_654_435_761, 40_503, 69_069].map((factor) => name(((index + 7) * factor) % index)),
  }));
}

/** Above the largest size, so that names are different. */
const PRIME = 1_000_003;

export async function speed(): Promise<readonly Row[]> {
  return [
    ...(await sizes()),
    ...(await peers(100_000)),
    limited({
      name: 'planNow, 1,000,000 tasks',
      measured: await planMs(1_000_000, 1),
      unit: 'ms',
      limit: 2_500,
    }),
    eventCost(100_000),
    newTaskCost(100_000),
  ];
}

const LIMITS = new Map([
  [100, 2],
  [100_000, 400],
]);

async function sizes(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const count of [100, 1_000, 10_000, 100_000]) {
    const measured = await planMs(count, count < 10_000 ? 60 : 5);
    const name = `planNow, ${count.toLocaleString('en')} tasks`;
    const limit = LIMITS.get(count);
    rows.push(
      limit === undefined
        ? shown({ name, measured, unit: 'ms' })
        : limited({ name, measured, unit: 'ms', limit }),
    );
  }
  return rows;
}

function planMs(count: number, turns: number): Promise<number> {
  const request = { tasks: graphOf(count), workers: 8 };
  return cpuMs(() => heddle.planNow(request), turns);
}

/** Against what others take for the order alone. */
async function peers(count: number): Promise<Row[]> {
  const tasks = graphOf(count);
  const { blockers, dependents } = readRequest({ tasks, workers: 8 });
  const waits = Int32Array.from(
    { length: count },
    (_, row) => (blockers.start[row + 1] ?? 0) - (blockers.start[row] ?? 0),
  );
  const kahn = { ...dependents, waits };
  const ours = await cpuMs(() => heddle.planNow({ tasks, workers: 8 }), 3);
  const bare = await cpuMs(() => bareKahn(kahn), 20);
  const rows: Row[] = [
    {
      name: `planNow, whole plan, ${count} tasks`,
      measured: ours,
      unit: 'ms',
      against: { what: 'bare pass over numbers, physical limit', value: bare },
      ratio: ours / bare,
      goal: null,
    },
  ];
  for (const [name, run] of Object.entries(PEERS)) {
    const value = await cpuMs(() => run(tasks), 1);
    const against = { what: `${name}, order only`, value };
    rows.push({
      name: `planNow, whole plan, ${count} tasks`,
      measured: ours,
      unit: 'ms',
      against,
      ratio: ours / value,
      goal: 1,
    });
  }
  return rows;
}

/** A start and an end of each task are two events, on the dispatcher that programs and the App use. */
function eventCost(count: number): Row {
  const request = { tasks: graphOf(count), workers: 8 };
  const plan = heddle.planNow(request);
  const turns = Array.from({ length: 5 }, () => {
    const dispatcher = heddle.createDispatcher(request, plan);
    const before = process.cpuUsage();
    const running: string[] = [];
    for (let next = 0; next < count; next++) {
      for (const { id } of dispatcher.start()) running.push(id);
      dispatcher.end(running[next] ?? '', 'succeeded');
    }
    return (1_000 * sinceMs(before)) / (2 * count);
  });
  return limited({
    name: `an event, ${count.toLocaleString('en')} tasks`,
    measured: median(turns),
    unit: 'µs',
    limit: 5,
  });
}

/** Tasks that come while others run, each waiting for one of these and urging what that waits for. */
function newTaskCost(count: number): Row {
  const request = { tasks: graphOf(count), workers: 8 };
  const dispatcher = heddle.createDispatcher(request);
  dispatcher.start();
  const ids = dispatcher.order();
  const more = 10_000;
  const before = process.cpuUsage();
  for (let next = 0; next < more; next++)
    dispatcher.add({ id: next, duration: 1 + (next % 7), deps: [ids[(next * 37) % count] ?? ''] });
  const measured = (1_000 * sinceMs(before)) / more;
  return shown({ name: `one more task, ${count.toLocaleString('en')} tasks`, measured, unit: 'µs' });
}

async function cpuMs(run: () => unknown, turns: number): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const before = process.cpuUsage();
    await run();
    times.push(sinceMs(before));
  }
  return median(times);
}

function sinceMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
