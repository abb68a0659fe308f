import type { Instance } from '../graph/instance.ts';
import type { Ranking } from '../graph/ranks.ts';
import type { Solution } from '../schedule/solution.ts';

/** What a search is given. */
export interface SearchTask {
  readonly instance: Instance;
  readonly ranking: Ranking;
  readonly bound: number;
  /** Where it starts: what it finds is never longer. */
  readonly first: Solution;
  readonly seed: number;
}

/** A search that goes on step by step. */
export interface Search {
  readonly best: Solution;
  /** Elementary operations so far: the same for the same task and seed on every machine. */
  readonly work: number;
  /** `progress`: which part of the work that it may do is done. */
  step(progress: number): void;
}
