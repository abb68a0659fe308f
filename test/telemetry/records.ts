import { NO_USAGE } from '../../src/domain/outcome.ts';
import type { AttemptRecord, Records } from '../../src/domain/record.ts';

const NO_SCORE = { predicted: 0, expected: 0, hits: 0, real: 0, found: 0 };
export const MINUTE = 60_000;

export const aRecord = (given: Partial<AttemptRecord> = {}): AttemptRecord => ({
  purpose: 'implement',
  profile: { provider: 'exec', taskKind: 'feature', complexity: 'medium', labels: [] },
  predicted: { p50: 10, p90: 20, mean: 12, samples: 5 },
  startedAt: 0,
  finishedAt: 10 * MINUTE,
  class: 'succeeded',
  failure: null,
  minutes: 10,
  usage: NO_USAGE,
  ...given,
});

export const recordsOf = (attempts: readonly AttemptRecord[], given: Partial<Records> = {}): Records => ({
  runs: [],
  tasks: [],
  attempts,
  repositories: 1,
  overlap: { held: NO_SCORE, foreseen: NO_SCORE },
  ...given,
});
