import type { Rows } from './sparse.ts';

/**
 * A request in numbers. Tasks are numbered in the order of their ids, so that nothing depends on the input's order;
 * workers likewise.
 */
export interface Instance {
  readonly count: number;
  readonly ids: readonly string[];
  /** Minutes; of a running task, those that are left. */
  readonly duration: Float64Array;
  /** Priority as given; higher first. */
  readonly tier: Float64Array;
  /** Minutes from now before which a task cannot start. */
  readonly release: Float64Array;
  /** The slot in which a task runs already (all slots of all pools in one row), or -1. */
  readonly runsIn: Int32Array;
  readonly blockers: Rows;
  readonly dependents: Rows;
  /** Every task after its blockers. */
  readonly topological: Int32Array;
  readonly keys: Rows;
  readonly keyCount: number;
  /** The kind of each task: tasks of one kind run on the same workers and take the same resources. */
  readonly kindOf: Int32Array;
  readonly kinds: readonly TaskKind[];
  readonly pools: readonly WorkerPool[];
  /** Total of each resource, in the order of the demands. */
  readonly capacity: Float64Array;
}

export interface TaskKind {
  /** Pools that have all that such a task requires; the least capable first, to keep the others free. */
  readonly pools: readonly number[];
  /** The number of that list of pools: kinds with the same list have the same number. */
  readonly crew: number;
  readonly demand: Float64Array;
}

/** Workers with the same capabilities: the worker of each slot. */
export interface WorkerPool {
  readonly slots: readonly string[];
  /** The number of its first slot in the row of all slots. */
  readonly first: number;
}
