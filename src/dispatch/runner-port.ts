import type { ActionResult } from '../domain/effect.ts';
import type { Sha } from '../domain/ids.ts';
import type { AttemptOrder, AttemptOutcome } from '../domain/outcome.ts';

/** The runner, as dispatch uses it. It never rejects but for a fault of its own. */
export interface RunnerPort {
  run(
    order: AttemptOrder,
    context: {
      readonly signal: AbortSignal;
      readonly progress: (line: string) => void;
      readonly started: () => void;
    },
  ): Promise<AttemptOutcome>;
  release(request: {
    readonly repositoryId: number;
    readonly issue: number;
    readonly published: Sha;
  }): Promise<ActionResult>;
}
