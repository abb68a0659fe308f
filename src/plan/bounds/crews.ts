import { ints } from '../graph/arrays.ts';
import type { Instance, TaskKind } from '../graph/instance.ts';
import { int } from '../graph/sparse.ts';

/** Tasks that only certain workers can do, and how many slots those have. */
export interface Crew {
  readonly tasks: Int32Array;
  readonly capacity: number;
}

/** Comparing every list of pools with every other takes quadratic time: past this many, each counts for itself. */
const MOST_COMPARED = 500;

/** For every set of workers that some kind of task is bound to, and for all workers. */
export function crewsOf(instance: Instance): readonly Crew[] {
  const { kinds, pools } = instance;
  const sets = [...new Map(kinds.map((kind) => [kind.crew, kind.pools])).values()];
  if (!sets.some((set) => set.length === pools.length)) sets.push([...pools.keys()]);
  const tasksOf = sets.length <= MOST_COMPARED ? comparedTasks(instance) : ownTasks(instance);
  return sets.map((set) => ({
    tasks: tasksOf(set),
    capacity: set.reduce((sum, pool) => sum + (pools[pool]?.slots.length ?? 0), 0),
  }));
}

type TasksOf = (set: readonly number[]) => Int32Array;

/** The tasks that can run nowhere else. */
function comparedTasks({ count, kinds, kindOf }: Instance): TasksOf {
  return (set) => {
    const inside = insideOf(kinds, set);
    const tasks = ints(count);
    let size = 0;
    for (let task = 0; task < count; task++) if (inside[int(kindOf, task)] === true) tasks[size++] = task;
    return tasks.subarray(0, size);
  };
}

/** Whether tasks of each kind can run on no other pools. */
function insideOf(kinds: readonly TaskKind[], set: readonly number[]): readonly boolean[] {
  const within = new Set(set);
  const crews = new Map<number, boolean>();
  return kinds.map(({ crew, pools }) => {
    const inside = crews.get(crew) ?? pools.every((pool) => within.has(pool));
    crews.set(crew, inside);
    return inside;
  });
}

/** The tasks that are bound to just these workers; for all workers, all. */
function ownTasks({ count, kinds, kindOf, pools }: Instance): TasksOf {
  const tasks = new Map<readonly number[] | undefined, number[]>(kinds.map((kind) => [kind.pools, []]));
  for (let task = 0; task < count; task++) tasks.get(kinds[int(kindOf, task)]?.pools)?.push(task);
  return (set) =>
    set.length === pools.length
      ? Int32Array.from({ length: count }, (_, task) => task)
      : Int32Array.from(tasks.get(set) ?? []);
}
