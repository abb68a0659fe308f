import type { PlanRequest, PlanTask } from '../../../../src/domain/plan.ts';
import { Lehmer } from './lehmer.ts';

export interface Shop {
  readonly jobs: number;
  readonly machines: number;
  readonly timeSeed: number;
  readonly machineSeed: number;
}

/** An operation: minutes on a machine. */
interface Operation {
  readonly minutes: number;
  readonly machine: number;
}

/** A job shop by the formula of Taillard (1993): a machine is a key, and there is a worker for everybody. */
export function jobShop(shop: Shop): PlanRequest {
  const tasks = operationsOf(shop).flatMap((operations, job) =>
    operations.map(({ minutes, machine }, step): PlanTask => {
      const deps = step === 0 ? [] : [idOf(job, step - 1)];
      return { id: idOf(job, step), duration: minutes, exclusiveKeys: [`machine ${machine}`], deps };
    }),
  );
  return { tasks, workers: tasks.length };
}

/** An open shop: the same operations, in any order within a job, which is a key too. */
export function openShop(shop: Shop): PlanRequest {
  const tasks = operationsOf(shop).flatMap((operations, job) =>
    operations.map(({ minutes, machine }, step): PlanTask => {
      const exclusiveKeys = [`machine ${machine}`, `job ${job}`];
      return { id: idOf(job, step), duration: minutes, exclusiveKeys };
    }),
  );
  return { tasks, workers: tasks.length };
}

/**
 * A job shop where machines are workers, and an operation can also run on some others than its own, in the same time
 * (after Hurink, Jurisch and Thole 1994). `others`: how many, on average.
 */
export function flexibleJobShop(shop: Shop, others: number): PlanRequest {
  const random = new Lehmer(shop.timeSeed + 1);
  const abilities = Array.from({ length: shop.machines }, (_, machine) => [`machine ${machine}`]);
  const tasks = operationsOf(shop).flatMap((operations, job) =>
    operations.map(({ minutes, machine }, step): PlanTask => {
      const id = idOf(job, step);
      for (const [other, list] of abilities.entries())
        if (other === machine || random.next() < others / (shop.machines - 1)) list.push(id);
      return { id, duration: minutes, requires: [id], deps: step === 0 ? [] : [idOf(job, step - 1)] };
    }),
  );
  return { tasks, workers: abilities.map((capabilities, id) => ({ id: `machine ${id}`, capabilities })) };
}

const idOf = (job: number, step: number): string => `job ${job} step ${step}`;

/** Minutes from 1 to 99; the machines of each job in an order drawn by exchanging. */
function operationsOf({ jobs, machines, timeSeed, machineSeed }: Shop): readonly (readonly Operation[])[] {
  const times = new Lehmer(timeSeed);
  const orders = new Lehmer(machineSeed);
  const minutes = Array.from({ length: jobs }, () =>
    Array.from({ length: machines }, () => times.between(1, 99)),
  );
  return minutes.map((ofJob) => {
    const order = ofJob.map((_, machine) => machine);
    for (let place = 0; place < machines; place++) {
      const other = orders.between(place, machines - 1);
      const [one = 0, two = 0] = [order[place], order[other]];
      order[place] = two;
      order[other] = one;
    }
    return ofJob.map((time, step) => ({ minutes: time, machine: order[step] ?? 0 }));
  });
}

/** Taillard's ten shops of 15 jobs and 15 machines (ta01 to ta10), and their shortest makespans. */
export const TAILLARD: readonly { readonly shop: Shop; readonly optimum: number }[] = (
  [
    [840_612_802, 398_197_754, 1_231],
    [1_314_640_371, 386_720_536, 1_244],
    [1_227_221_349, 316_176_388, 1_218],
    [342_269_428, 1_806_358_582, 1_175],
    [1_603_221_416, 1_501_949_241, 1_224],
    [1_357_584_978, 1_734_077_082, 1_238],
    [44_531_661, 1_374_316_395, 1_227],
    [302_545_136, 2_092_186_050, 1_217],
    [1_153_780_144, 1_393_392_374, 1_274],
    [73_896_786, 1_544_979_948, 1_241],
  ] as const
).map(([timeSeed, machineSeed, optimum]) => ({
  shop: { jobs: 15, machines: 15, timeSeed, machineSeed },
  optimum,
}));
