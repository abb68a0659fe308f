import type { Memory, World } from '../domain/facts.ts';
import type { RepositoryKey } from '../domain/ids.ts';

/** What a pass knows when it acts. */
export interface Situation {
  readonly key: RepositoryKey;
  readonly world: World;
  readonly memory: Memory;
}
