import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import { type TaskView, viewTasks } from '../../src/decide/lookup.ts';
import { sightOf, type TrackingSight } from '../../src/decide/sight.ts';
import type { Effect } from '../../src/domain/effect.ts';
import type { KeyClues, TaskScores } from '../../src/domain/overlap.ts';
import type { Pull } from '../../src/domain/pull.ts';
import type { TaskEnd, TaskStatus } from '../../src/domain/task.ts';
import { keysConflict } from '../../src/plan/conflicts.ts';
import { waitText } from '../../src/render/states.ts';
import { heldKeys } from '../support/held-keys.ts';
import { HOME, Imagined, type ImaginedIssue, policyWith } from '../support/imagined.ts';
import { runs } from '../support/property-runs.ts';

/* Whatever happens, in whatever order: the invariants of a run hold after every event. */

type Event = { readonly kind: (typeof EVENTS)[number]; readonly at: number };
const EVENTS = [
  ...(['succeed', 'succeed', 'fail', 'fail-checks', 'touch-protected', 'refuse-pushes', 'crash'] as const),
  ...(['approve', 'object', 'conflict', 'close-pull', 'merge-by-hand'] as const),
  ...(['close', 'reopen', 'unlabel', 'relabel', 'relabel-by-stranger', 'edit-by-stranger'] as const),
  ...(['retry', 'skip', 'cancel', 'approve-task', 'pause', 'resume'] as const),
  ...(['break-policy', 'mend-policy', 'wait'] as const),
  ...(['survey-anew', 'survey-anew'] as const),
];
const COMMANDS: ReadonlyMap<Event['kind'], string> = new Map([
  ...(['retry', 'skip', 'cancel', 'pause', 'resume'] as const).map((verb) => [verb, verb] as const),
  ['approve-task', 'approve'],
]);
/** By these alone a task that has ended comes back, or ends otherwise. */
const REVIVING: ReadonlySet<Event['kind']> = new Set(['retry', 'skip', 'cancel', 'relabel', 'reopen']);

/** What files and history say: by one source and another, more or less surely. */
const guesses: fc.Arbitrary<KeyClues> = fc
  .record({
    key: fc.constantFrom('a.ts', 'src/b.ts', 'c.ts', 'lib/**'),
    source: fc.constantFrom('co-change', 'identifier'),
    confidence: fc.constantFrom(0.3, 0.7, 0.79, 0.9),
  })
  .map(({ key, ...clue }) => ({ key, clues: [{ ...clue, quote: 'x', via: 'x.ts' }] }));

const issues: fc.Arbitrary<readonly ImaginedIssue[]> = fc
  .array(
    fc.record({
      waits: fc.array(fc.nat(9), { maxLength: 2 }),
      files: fc.subarray(['a.ts', 'src/b.ts', 'src/**'], { maxLength: 2 }),
      clues: fc.array(guesses, { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((drafts) =>
    drafts.map(({ waits, files, clues }, index) => ({
      number: index + 1,
      // Mostly backwards; an edge forwards now and then closes a circle.
      blockedBy: [...new Set(waits.map((wait) => (wait % drafts.length) + 1))].filter(
        (blocker) => blocker < index + 1 || wait9(waits),
      ),
      files,
      clues,
    })),
  );
const wait9 = (waits: readonly number[]): boolean => waits.includes(9);
const events: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...EVENTS), at: fc.nat(20) }),
  { maxLength: 40 },
);
const policies = fc
  .record({
    approval: fc.constantFrom('none', 'none', 'plan'),
    concurrency: fc.constantFrom('auto', 1),
    merge: fc.record({ auto: fc.constantFrom(true, true, false) }),
    rounds: fc.constantFrom({ retry: 1, review: 1, conflict: 1 }, { retry: 0, review: 0, conflict: 0 }),
  })
  .map(policyWith);

describe('a run under random graphs, failures and orders of events', () => {
  test('nothing starts before its blockers have landed, no two hold one key, and everything ends once or waits for somebody', () => {
    fc.assert(
      fc.property(issues, policies, events, (graph, policy, script) => {
        const world = new Imagined(graph, { policy });
        world.settle();
        world.wait(2_000);
        for (const event of script) {
          const [logged, ends] = [world.log.length, finalEnds(world)];
          happen(world, event, policy);
          checkStarts(world, graph, world.log.slice(logged));
          checkKeys(world, graph);
          checkClaims(world, world.log.slice(logged));
          checkLearnt(world);
          checkEnded(world, ends, event);
          checkChecks(world);
          checkRest(world);
          checkSlots(world);
        }
        finish(world);
        checkWaits(world);
      }),
      runs(25),
    );
  });
});

function happen(world: Imagined, event: Event, policy: ReturnType<typeof policyWith>): void {
  const any = (event.at % world.world.issues.size) + 1;
  const command = COMMANDS.get(event.kind);
  if (command !== undefined) world.says('alice', any, `/parallel ${command}`);
  ofAgents(world, event);
  ofPulls(world, event);
  ofIssues(world, event, any);
  if (event.kind === 'break-policy') world.breaksPolicy();
  if (event.kind === 'mend-policy') world.mendsPolicy(policy);
  if (event.kind === 'wait') world.wait(60_000);
  if (event.kind === 'survey-anew') world.finds(any, event.at % 3 ? [saying(event.at)] : []);
  for (const cancelled of world.running().filter((each) => each.cancelRequested))
    world.isCancelled(cancelled);
}

/** What agents really change: foreseen by somebody or not. */
const CHANGES: readonly (readonly string[])[] = [
  [],
  ['a.ts'],
  ['c.ts', 'src/b.ts'],
  ['lib/x.ts', 'src/z.ts'],
];

const saying = (at: number): KeyClues => ({
  key: at % 2 ? 'c.ts' : 'src/b.ts',
  clues: [{ source: 'co-change', quote: 'x', via: 'x.ts', confidence: 0.9 }],
});

function ofAgents(world: Imagined, { kind, at }: Event): void {
  const running = world.running();
  const attempt = running[at % Math.max(1, running.length)];
  if (kind === 'crash') world.loses(running);
  if (kind === 'refuse-pushes') world.refusesPushes = !world.refusesPushes;
  if (!attempt) return;
  if (kind === 'succeed') world.succeeds(attempt, CHANGES[at % CHANGES.length]);
  if (kind === 'touch-protected') world.succeeds(attempt, ['CODEOWNERS']);
  if (kind === 'fail') world.fails(attempt, at % 2 ? 'verify' : 'exit');
  if (kind === 'fail-checks') world.failsChecks(attempt);
}

function ofPulls(world: Imagined, { kind, at }: Event): void {
  const open = [...world.world.pulls.values()].filter((pull) => pull.state === 'open');
  const ready = open.filter((pull) => !pull.draft);
  const [reviewed, any] = [ready, open].map((pulls) => issueOf(pulls[at % Math.max(1, pulls.length)]));
  if (kind === 'approve' && reviewed) world.reviews(reviewed, 'approved');
  if (kind === 'object' && reviewed) world.reviews(reviewed, 'changes-requested');
  if (kind === 'conflict' && reviewed) world.conflicts(reviewed);
  if (kind === 'merge-by-hand' && reviewed) world.mergesByHand(reviewed);
  if (kind === 'close-pull' && any) world.closesPull(any);
}

function ofIssues(world: Imagined, { kind }: Event, issue: number): void {
  if (kind === 'close') world.closes(issue);
  if (kind === 'reopen') world.reopens(issue);
  if (kind === 'unlabel') world.unlabels(issue);
  if (kind === 'relabel') world.relabels(issue, 'alice');
  if (kind === 'relabel-by-stranger') world.relabels(issue, 'mallory');
  if (kind === 'edit-by-stranger') world.edits(issue, 'mallory');
}

const issueOf = (pull: Pull | undefined): number | null =>
  Number(/^parallel\/(\d+)/.exec(pull?.branch ?? '')?.[1] ?? 0) || null;

/** Agents work and reviewers approve until nothing moves any more; nobody does what takes a decision. */
function finish(world: Imagined): void {
  for (let round = 0; round < 120 && world.memory.runs.length > 0; round++) {
    const [attempt] = world.running();
    const pull = [...world.world.pulls.values()].find(
      (each) => each.state === 'open' && !each.draft && !isApproved(each),
    );
    const reviewed = issueOf(pull);
    if (attempt) world.succeeds(attempt);
    else if (reviewed) world.reviews(reviewed, 'approved');
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

/** From the first attempt until the end of the task, and for the agents at work also by the issues' own words. */
function checkKeys(world: Imagined, graph: readonly ImaginedIssue[]): void {
  const running = world.running();
  const named = running.flatMap(({ issue }) =>
    (graph.find((each) => each.number === issue)?.files ?? []).map((key) => ({ key, by: issue })),
  );
  const taken = heldKeys(world.facts, viewTasks(world.facts)).filter(({ strayed }) => !strayed);
  for (const held of [named, taken]) {
    for (const one of held)
      for (const other of held) expect(one.by === other.by || !keysConflict(one.key, other.key)).toBe(true);
  }
  expect(running.length).toBeLessThanOrEqual(world.settings.workers);
}

/** A task takes its keys, named and predicted, only while nobody has them, holds them, or has strayed into them. */
function checkClaims(world: Imagined, effects: readonly Effect[]): void {
  const held = heldKeys(world.facts, viewTasks(world.facts));
  for (const effect of effects) {
    if (effect.kind !== 'add-attempt' || !effect.attempt.forecast) continue;
    const { issue, forecast } = effect.attempt;
    for (const { key, by } of held)
      expect(by === issue || !forecast.keys.some((mine) => keysConflict(mine, key)), `#${issue} ${key}`).toBe(
        true,
      );
  }
}

/** What was learnt is the sum of the last comparison of every task there ever was. */
function checkLearnt(world: Imagined): void {
  const last = new Map<string, TaskScores>();
  for (const effect of world.log)
    if (effect.kind === 'score-task')
      last.set(`${effect.scored.runId}/${effect.scored.issue}`, effect.scored);
  const hits = [...last.values()].map(({ scores }) => scores.get('foreseen')?.hits ?? 0);
  expect(world.memory.learnt.get('foreseen')?.hits ?? 0).toBe(hits.reduce((sum, each) => sum + each, 0));
}

/** Of tasks that have ended, but for those that were asked for anew: these come back when the quiet time is over. */
function finalEnds(world: Imagined): ReadonlyMap<string, TaskEnd | null> {
  const asked = world.memory.admissions.filter((each) => !each.joined).map(({ issue }) => `/${issue}`);
  const isAsked = (task: string): boolean => asked.some((issue) => task.endsWith(issue));
  return new Map([...endsOf(world)].map(([task, end]) => [task, isAsked(task) ? null : end]));
}

const endsOf = (world: Imagined): ReadonlyMap<string, TaskEnd | null> =>
  new Map(
    [...world.past, ...world.memory.tasks].map((task) => [
      `${task.runId}/${task.issue}`,
      task.ended?.as ?? null,
    ]),
  );

/** An end is final unless a person says otherwise, nothing is lost, and a run is over only when all of its tasks are. */
function checkEnded(world: Imagined, before: ReadonlyMap<string, TaskEnd | null>, { kind }: Event): void {
  const now = endsOf(world);
  for (const [task, end] of before) {
    expect(now.has(task)).toBe(true);
    if (end !== null && !REVIVING.has(kind)) expect(now.get(task), task).toBe(end);
  }
  expect(world.past.filter((task) => task.ended === null)).toEqual([]);
}

/** No check run waits for ever: what has ended waits for nothing. */
function checkChecks(world: Imagined): void {
  const ends = endsOf(world);
  for (const { key, status } of world.checks()) {
    const task = key.split('/').slice(0, 2).join('/');
    expect(status === 'in_progress' && ends.get(task) !== null, key).toBe(false);
  }
}

/** Deciding again on the same facts gives nothing new. */
function checkRest(world: Imagined): void {
  expect(decide(world.facts).effects).toEqual([]);
}

/** What waits for a slot waits because all are taken: nothing that could start is left lying. */
function checkSlots(world: Imagined): void {
  const { statuses } = sightOf(world.facts);
  const limits = [...statuses.values()].flatMap((status) =>
    status.state === 'waiting' && status.reason.kind === 'slot' ? [status.reason.limit] : [],
  );
  for (const limit of limits) expect(world.running().length).toBeGreaterThanOrEqual(limit);
}

/** What is still open names the person for whom it waits, or a task that does so in the end. */
function checkWaits(world: Imagined): void {
  const sight = sightOf(world.facts);
  for (const view of sight.views.filter(({ task }) => !task.ended)) {
    const words = wordsOf(sight, view);
    expect(namesSomebody(sight, view, new Set()), `#${view.task.issue} ${words}`).toBe(true);
  }
}

function namesSomebody(sight: TrackingSight, view: TaskView, seen: Set<TaskView>): boolean {
  if (wordsOf(sight, view).includes('@alice')) return true;
  seen.add(view);
  const blockers = othersInTheWay(sight.statuses.get(view));
  const next = sight.views.filter(({ task }) => blockers.includes(task.issue) && !task.ended);
  return next.some((each) => !seen.has(each) && namesSomebody(sight, each, seen));
}

/** The tasks for which this one waits, by their issues. */
function othersInTheWay(status: TaskStatus | undefined): readonly number[] {
  if (status?.state === 'landing' && status.wait?.kind === 'blocked')
    return status.wait.by.map(({ ref }) => ref.number);
  if (status?.state !== 'waiting') return [];
  const { reason } = status;
  if (reason.kind === 'blocked') return reason.by.map(({ ref }) => ref.number);
  return reason.kind === 'key' ? [reason.heldBy] : [];
}

function wordsOf(sight: TrackingSight, view: TaskView): string {
  const status = sight.statuses.get(view);
  return status ? waitText(status, { home: HOME, requestedBy: view.task.requestedBy }) : '';
}
