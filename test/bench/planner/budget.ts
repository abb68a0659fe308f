import { plant } from '../../support/planted.ts';
import { limited, type Row } from '../result.ts';
import { heddle } from './heddle.ts';

/** How well createPlan keeps to 300 ms, and how long it stops everything else in the process. */
export async function budget(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const tasks of [1_000, 10_000, 100_000]) {
    const { request } = plant({
      seed: 9,
      tasks,
      workers: 16,
      deps: 2,
      keys: 4,
      capabilities: true,
      capacity: true,
    });
    await heddle.createPlan(request);
    const { wall, blocked } = await watched(() => heddle.createPlan(request));
    const name = `${tasks.toLocaleString('en')} tasks`;
    if (tasks <= 10_000)
      rows.push(limited({ name: `createPlan, wall time, ${name}`, measured: wall, unit: 'ms', limit: 350 }));
    rows.push(
      limited({ name: `createPlan, event loop stopped, ${name}`, measured: blocked, unit: 'ms', limit: 50 }),
    );
  }
  return rows;
}

/** Wall time, and the longest time in which a timer of one millisecond did not run. */
async function watched(run: () => Promise<unknown>): Promise<{ wall: number; blocked: number }> {
  const begun = performance.now();
  let [last, blocked] = [begun, 0];
  const look = (): void => {
    const now = performance.now();
    blocked = Math.max(blocked, now - last);
    last = now;
  };
  const timer = setInterval(look, 1);
  await run();
  look();
  clearInterval(timer);
  return { wall: performance.now() - begun, blocked };
}
