import fc from 'fast-check';
import { KEY_SOURCES, type Overlap, type PredictedKey } from '../../src/domain/overlap.ts';
import type { BlockedBy, PullWait, TaskEnd, TaskStatus, WaitReason } from '../../src/domain/task.ts';
import type { TaskRow, TrackingView } from '../../src/render/tracking-view.ts';
import { dependency, row, tracking } from './builders.ts';
import { hostile } from './hostile.ts';

const issue = fc.integer({ min: 1, max: 40 });

const blockers: fc.Arbitrary<readonly BlockedBy[]> = fc.array(
  fc.record({
    ref: fc.record({
      owner: fc.constantFrom('acme', 'o|`'),
      name: fc.constantFrom('shop', 'other'),
      number: issue,
    }),
    because: fc.constantFrom('open', 'failed', 'cancelled', 'withdrawn', 'needs-human', 'unreadable'),
  }),
  { minLength: 1, maxLength: 9 },
);

const pullWait: fc.Arbitrary<PullWait> = fc.oneof(
  fc.constantFrom<PullWait>(
    { kind: 'config' },
    { kind: 'draft' },
    { kind: 'paused' },
    { kind: 'read-only' },
    { kind: 'merge' },
    { kind: 'mergeable' },
  ),
  fc.record({ kind: fc.constant('look-again' as const), by: hostile(4) }),
  fc.record({ kind: fc.constant('approvals' as const), missing: fc.integer({ min: 1, max: 6 }) }),
  fc.record({
    kind: fc.constant('checks' as const),
    state: fc.constantFrom('failure', 'pending', 'unread'),
    names: fc.array(hostile(4), { maxLength: 9 }),
  }),
  fc.record({ kind: fc.constant('blocked' as const), by: blockers }),
  fc.record({ kind: fc.constant('merge-refused' as const), message: hostile(8) }),
);

const reason: fc.Arbitrary<WaitReason> = fc.oneof(
  fc.record({
    kind: fc.constant('blocked' as const),
    by: blockers,
  }),
  fc.record({ kind: fc.constant('cycle' as const), path: fc.array(issue, { maxLength: 30 }) }),
  fc.record({ kind: fc.constant('key' as const), key: hostile(6), heldBy: issue }),
  fc.record({ kind: fc.constant('slot' as const), limit: fc.nat(9) }),
  fc.record({ kind: fc.constant('edited' as const), by: fc.option(hostile(4)) }),
  fc.record({ kind: fc.constant('backoff' as const), until: fc.nat(), cause: hostile(6) }),
  fc.constantFrom<WaitReason>({ kind: 'paused' }, { kind: 'approval' }, { kind: 'config' }),
);

const ENDS: readonly TaskEnd[] = ['landed', 'failed', 'cancelled', 'skipped', 'withdrawn'];

export const status: fc.Arbitrary<TaskStatus> = fc.oneof(
  fc.record({ state: fc.constant('waiting' as const), reason }),
  fc.constant<TaskStatus>({ state: 'ready' }),
  fc.record({
    state: fc.constant('running' as const),
    phase: fc.constantFrom('queued', 'working', 'publishing'),
  }),
  fc.record({ state: fc.constant('review' as const), wait: pullWait }),
  fc.record({ state: fc.constant('landing' as const), wait: fc.option(pullWait) }),
  fc.record({
    state: fc.constant('needs-human' as const),
    need: fc.record({
      at: fc.constant(0),
      who: fc.constantFrom('alice', 'x y@z'),
      cause: hostile(8),
      nextStep: fc.constant('Comment `/parallel retry` on #4.'),
    }),
  }),
  fc.record({ state: fc.constantFrom(...ENDS), cause: hostile(8) }),
);

const anyRow: fc.Arbitrary<TaskRow> = fc
  .record({
    title: hostile(),
    status,
    agent: fc.option(hostile(3)),
    pull: fc.option(issue),
    minutes: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
  })
  .map(({ status, ...rest }) => row(1, status, rest));

const predicted = fc.record({
  key: hostile(4),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  level: fc.constantFrom('exclusive', 'warn', 'ignore'),
  clues: fc.array(
    fc.record({
      source: fc.constantFrom(...KEY_SOURCES),
      quote: hostile(4),
      via: fc.option(hostile(4)),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
}) satisfies fc.Arbitrary<PredictedKey>;

/** Two tasks that may change the same, by hostile words. */
const overlap: fc.Arbitrary<Overlap> = fc.record({
  issues: fc.tuple(issue, issue),
  keys: fc.tuple(predicted, predicted),
  level: fc.constantFrom('exclusive', 'warn'),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** Any run, with hostile words wherever people or agents may write. */
export const anyTracking = (maxRows = 30): fc.Arbitrary<TrackingView> =>
  fc
    .record({
      rows: fc.array(anyRow, { maxLength: maxRows }),
      edges: fc.array(fc.tuple(issue, issue, hostile(8), fc.boolean()), { maxLength: 40 }),
      overlaps: fc.array(overlap, { maxLength: 9 }),
      gaps: fc.array(hostile(8), { maxLength: 5 }),
      configInvalid: fc.boolean(),
      ended: fc.boolean(),
      minutes: fc.option(fc.double({ min: 0, max: 1e5, noNaN: true })),
    })
    .map(({ rows, edges, overlaps, gaps, configInvalid, ended, minutes }) => {
      const dependencies = edges.map(([from, to, quote, outside]) =>
        dependency(from, to, {
          quote,
          ...(outside ? { to: { owner: 'other', name: 're"po]', number: to } } : {}),
        }),
      );
      return tracking({
        rows: rows.map((each, index) => ({ ...each, issue: index + 1 })),
        dependencies,
        overlaps,
        gaps,
        cycles: dependencies.length > 2 ? [{ path: [1, 2, 1], evidence: dependencies }] : [],
        batches: [rows.map((_, index) => index + 1)],
        measured: { wallMinutes: minutes, sumMinutes: minutes },
        configInvalid,
        ended,
      });
    });
