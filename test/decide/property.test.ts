import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import { heldKeys } from '../../src/decide/keys-held.ts';
import { viewTasks } from '../../src/decide/lookup.ts';
import { sightOf } from '../../src/decide/sight.ts';
import type { Effect } from '../../src/domain/effect.ts';
import type { Pull } from '../../src/domain/pull.ts';
import type { TaskStatus } from '../../src/domain/task.ts';
import { keysConflict } from '../../src/plan/conflicts.ts';
import { Imagined, type ImaginedIssue, policyWith } from '../support/imagined.ts';

/* Whatever happens, in whatever order: the invariants of a run hold after every event. */

type Event = { readonly kind: (typeof EVENTS)[number]; readonly at: number };
const EVENTS = [
  'succeed',
  'fail',
  'approve',
  'object',
  'conflict',
  'close',
  'unlabel',
  'retry',
  'skip',
  'cancel',
  'wait',
  'crash',
] as const;

const issues: fc.Arbitrary<readonly ImaginedIssue[]> = fc
  .array(
    fc.record({
      waits: fc.array(fc.nat(9), { maxLength: 2 }),
      files: fc.subarray(['a.ts', 'src/b.ts', 'src/**'], { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((drafts) =>
    drafts.map(({ waits, files }, index) => ({
      number: index + 1,
      // Mostly backwards; an edge forwards now and then closes a circle.
      blockedBy: [...new Set(waits.map((wait) => (wait % drafts.length) + 1))].filter(
        (blocker) => blocker < index + 1 || wait9(waits),
      ),
      files,
    })),
  );
const wait9 = (waits: readonly number[]): boolean => waits.includes(9);
const events: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...EVENTS), at: fc.nat(20) }),
  { maxLength: 40 },
);

describe('a run under random graphs, failures and orders of events', () => {
  test('nothing starts before its blockers have landed, no two hold one key, and everything ends or waits for somebody', () => {
    fc.assert(
      fc.property(issues, events, (graph, script) => {
        const world = begin(graph);
        for (const event of script) {
          const before = world.log.length;
          happen(world, event);
          checkStarts(world, graph, world.log.slice(before));
          checkKeys(world);
          checkRest(world);
        }
        finish(world);
        checkEnds(world);
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 100) },
    );
  });
});

function begin(graph: readonly ImaginedIssue[]): Imagined {
  const world = new Imagined(graph, {
    policy: policyWith({ merge: { auto: true }, rounds: { retry: 1, review: 1, conflict: 1 } }),
  });
  world.settle();
  world.wait(2_000);
  return world;
}

function happen(world: Imagined, { kind, at }: Event): void {
  const running = world.running();
  const attempt = running[at % Math.max(1, running.length)];
  const open = [...world.world.pulls.values()].filter((pull) => pull.state === 'open' && !pull.draft);
  const pull = open[at % Math.max(1, open.length)];
  const reviewed = pull && Number(/^parallel\/(\d+)/.exec(pull.branch)?.[1]);
  const any = (at % world.world.issues.size) + 1;
  if (kind === 'succeed' && attempt) world.succeeds(attempt);
  if (kind === 'fail' && attempt) world.fails(attempt, at % 2 ? 'verify' : 'exit');
  if (kind === 'approve' && reviewed) world.reviews(reviewed, 'approved');
  if (kind === 'object' && reviewed) world.reviews(reviewed, 'changes-requested');
  if (kind === 'conflict' && reviewed) world.conflicts(reviewed);
  if (kind === 'close') world.closes(any);
  if (kind === 'unlabel') world.unlabels(any);
  if (kind === 'retry' || kind === 'skip' || kind === 'cancel') world.says('alice', any, `/parallel ${kind}`);
  if (kind === 'wait') world.wait(60_000);
  if (kind === 'crash') world.loses(running);
  for (const cancelled of world.running().filter((each) => each.cancelRequested))
    world.isCancelled(cancelled);
}

/** Everybody does what is asked of them until nothing moves any more. */
function finish(world: Imagined): void {
  for (let round = 0; round < 120 && world.memory.runs.length > 0; round++) {
    const [attempt] = world.running();
    const pull = [...world.world.pulls.values()].find(
      (each) => each.state === 'open' && !each.draft && !isApproved(each),
    );
    if (attempt) world.succeeds(attempt);
    else if (pull) world.reviews(Number(/^parallel\/(\d+)/.exec(pull.branch)?.[1]), 'approved');
    else world.wait(3_600_000);
  }
}

const isApproved = ({ reviews, headSha }: Pull): boolean =>
  reviews.at(-1)?.state === 'approved' && reviews.at(-1)?.commit === headSha;

/** The first attempt of a task is decided only when every blocker has landed, was skipped, or its issue is closed. */
function checkStarts(world: Imagined, graph: readonly ImaginedIssue[], effects: readonly Effect[]): void {
  for (const effect of effects) {
    if (effect.kind !== 'add-attempt' || effect.attempt.number !== 1) continue;
    const { blockedBy = [] } = graph.find((issue) => issue.number === effect.attempt.issue) ?? { number: 0 };
    for (const blocker of blockedBy) {
      const ended = world.memory.tasks.find((task) => task.issue === blocker)?.ended?.as;
      const closed = world.world.issues.get(blocker)?.issue.state === 'closed';
      expect(
        closed || ended === 'landed' || ended === 'skipped',
        `#${effect.attempt.issue} started before #${blocker}`,
      ).toBe(true);
    }
  }
}

function checkKeys(world: Imagined): void {
  const held = heldKeys(world.facts, viewTasks(world.facts));
  for (const one of held) {
    for (const other of held) expect(one.by === other.by || !keysConflict(one.key, other.key)).toBe(true);
  }
  expect(world.running().length).toBeLessThanOrEqual(world.settings.workers);
}

/** Deciding again on the same facts gives nothing new. */
function checkRest(world: Imagined): void {
  expect(decide(world.facts).effects).toEqual([]);
}

/** What is still open waits for a named person, or for something that does. */
function checkEnds(world: Imagined): void {
  const sight = sightOf(world.facts);
  for (const view of sight.views) {
    if (view.task.ended) continue;
    const status = sight.statuses.get(view);
    expect(
      status && waitsForSomebody(status),
      `#${view.task.issue} waits for nobody: ${JSON.stringify(status)}`,
    ).toBe(true);
  }
}

function waitsForSomebody(status: TaskStatus): boolean {
  if (status.state === 'needs-human') return status.need.who !== '';
  if (status.state === 'landing') return status.wait !== null;
  if (status.state !== 'waiting') return false;
  const { reason } = status;
  if (reason.kind === 'blocked') return reason.by.every(({ because }) => because !== 'unreadable');
  return reason.kind === 'cycle' || reason.kind === 'key';
}
