import type { PlanRequest, PlanTask, PlanWorker } from '../../src/domain/plan.ts';

/** What a planted instance has besides durations and workers. */
export interface Planting {
  readonly seed: number;
  readonly tasks: number;
  readonly workers: number;
  /** Dependencies of each task, on average. */
  readonly deps?: number;
  /** Tasks that hold a key, for each ten. */
  readonly keys?: number;
  readonly capabilities?: boolean;
  readonly capacity?: boolean;
}

export interface Planted {
  readonly request: PlanRequest;
  /** Minutes: every worker is busy from the first to the last of them, so nothing is shorter. */
  readonly optimum: number;
}

/**
 * An instance whose best makespan is known at any size: the workers' times are filled to the same end without a gap, and
 * only what that timetable fulfils is then asked for. Tasks are listed in no order.
 */
export function plant(planting: Planting): Planted {
  const random = randomFrom(planting.seed);
  const mean = 12;
  const optimum = Math.max(2, Math.round((planting.tasks / planting.workers) * mean));
  const laid = layOut({ planting, optimum, random });
  const skills = Array.from({ length: planting.workers }, () => SKILLS.filter(() => random() < 0.5));
  const demands = laid.map(() => Math.floor(random() * 5));
  const keys = keysFor(laid, planting, random);
  const tasks = laid.map((one, index): PlanTask => {
    const skill = skills[one.worker] ?? [];
    const required = skill[Math.floor(random() * skill.length)];
    return {
      id: one.id,
      duration: one.end - one.start,
      deps: depsFor({ laid, index, planting, random }),
      exclusiveKeys: keys[index] ?? [],
      ...(planting.capabilities && required !== undefined && random() < 0.6 ? { requires: [required] } : {}),
      ...(planting.capacity ? { demand: { cpu: demands[index] ?? 0 } } : {}),
    };
  });
  const workers = skills.map((capabilities, index): PlanWorker => ({ id: `worker-${index}`, capabilities }));
  const request: PlanRequest = {
    tasks: tasks.toSorted((a, b) => hash(String(a.id)) - hash(String(b.id))),
    workers: planting.capabilities ? workers : planting.workers,
    ...(planting.capacity ? { capacity: { cpu: mostAtOnce(laid, demands) } } : {}),
  };
  return { request, optimum };
}

const SKILLS = ['backend', 'frontend', 'gpu', 'docs'];

interface Laid {
  readonly id: string;
  readonly worker: number;
  readonly start: number;
  readonly end: number;
}

/** Random numbers from 0 to 1 (xorshift). */
function randomFrom(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 88_675_123) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
}

/** Each worker's time, cut at random whole minutes; by start. */
function layOut(given: { planting: Planting; optimum: number; random: () => number }): readonly Laid[] {
  const { planting, optimum, random } = given;
  const laid: Omit<Laid, 'id'>[] = [];
  for (let worker = 0; worker < planting.workers; worker++) {
    const share = Math.floor((planting.tasks + worker) / planting.workers);
    const cuts = new Set<number>([optimum]);
    while (cuts.size < Math.min(share, optimum)) cuts.add(1 + Math.floor(random() * (optimum - 1)));
    let start = 0;
    for (const end of [...cuts].sort((a, b) => a - b)) {
      laid.push({ worker, start, end });
      start = end;
    }
  }
  return laid
    .sort((a, b) => a.start - b.start)
    .map((one, index) => ({ ...one, id: `task-${hash(`${index}`)}-${index}` }));
}

function hash(text: string): number {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + letter.charCodeAt(0) * 7_919) % 100_003;
  return sum;
}

/** Some of the tasks that had ended, mostly such that ended not long before. */
function depsFor(given: {
  laid: readonly Laid[];
  index: number;
  planting: Planting;
  random: () => number;
}): string[] {
  const { laid, index, planting, random } = given;
  const own = laid[index];
  const deps = new Set<string>();
  const wanted = Math.floor((planting.deps ?? 0) * 2 * random() + 0.5);
  for (let turn = 0; turn < wanted && own !== undefined; turn++) {
    const back = 1 + Math.floor(random() ** 2 * Math.min(index, 6 * planting.workers));
    const other = laid[index - back];
    if (other !== undefined && other.end <= own.start) deps.add(other.id);
  }
  return [...deps];
}

/** Each key is held by tasks that do not overlap. */
function keysFor(
  laid: readonly Laid[],
  { keys = 0, tasks }: Planting,
  random: () => number,
): readonly string[][] {
  const held = laid.map((): string[] => []);
  const names = Math.max(1, Math.round(tasks / 20));
  const freeAt = new Map<string, number>();
  for (const [index, one] of laid.entries()) {
    if (random() >= keys / 10) continue;
    const key = `key-${Math.floor(random() * names)}`;
    if ((freeAt.get(key) ?? 0) > one.start) continue;
    freeAt.set(key, one.end);
    held[index]?.push(key);
  }
  return held;
}

function mostAtOnce(laid: readonly Laid[], demands: readonly number[]): number {
  const changes = laid.flatMap(({ start, end }, index) => [
    { time: start, by: demands[index] ?? 0 },
    { time: end, by: -(demands[index] ?? 0) },
  ]);
  let [used, most] = [0, 1];
  for (const { by } of changes.sort((a, b) => a.time - b.time || a.by - b.by)) {
    used += by;
    most = Math.max(most, used);
  }
  return most;
}
