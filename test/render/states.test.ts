import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PullWait, TaskStatus } from '../../src/domain/task.ts';
import { labelOf, lookOf, STATE_LABELS, waitText } from '../../src/render/states.ts';
import { pullWaitText, reasonText } from '../../src/render/waits.ts';
import { duration, list, progressBar, timeText } from '../../src/render/words.ts';
import { HOME } from './builders.ts';
import { status } from './views.ts';

const waiting = (reason: Extract<TaskStatus, { state: 'waiting' }>['reason']): string =>
  reasonText(reason, { home: HOME, asked: 'alice' });

describe('a state', () => {
  test('has a mark, a word and at most one label', () => {
    fc.assert(
      fc.property(status, (each) => {
        expect(lookOf(each).word).not.toBe('');
        expect([...STATE_LABELS, null]).toContain(labelOf(each));
        expect(waitText(each, { home: HOME, requestedBy: 'alice' })).not.toMatch(/\n|undefined/);
      }),
    );
  });

  test('of waiting names its reason and what to do', () => {
    const here = { ...HOME, number: 1 };
    const all = [
      waiting({
        kind: 'blocked',
        by: [
          { ref: here, because: 'open' },
          { ref: { ...here, name: 'api' }, because: 'failed' },
        ],
      }),
      waiting({ kind: 'cycle', path: [1, 2, 1] }),
      waiting({ kind: 'key', key: 'src/a.ts', heldBy: 4 }),
      waiting({ kind: 'slot', limit: 4 }),
      waiting({ kind: 'paused' }),
      waiting({ kind: 'read-only' }),
      waiting({ kind: 'approval' }),
      waiting({ kind: 'edited', by: 'mallory' }),
      waiting({ kind: 'backoff', until: Date.UTC(2030, 0, 2, 3, 4, 5), cause: 'verify' }),
      waiting({ kind: 'config' }),
    ];
    expect(all.join('\n')).toMatchInlineSnapshot(`
      "for #1 and \`acme/api#1\` (failed); @alice, comment \`/parallel retry\` or \`/parallel skip\` there, or close the issue
      in a circle: #1 → #2 → #1; @alice, remove one of these dependencies
      for #4, which works on \`src/a.ts\`
      for a free slot (4 at once)
      because it is paused: for @alice or another person who may write to comment \`/parallel resume\`
      because the repository is archived or disabled: for @alice or another person to change that
      for @alice or another person who may write to comment \`/parallel approve\`
      for @alice: mallory edited the text; \`/parallel approve\` accepts the new text
      until 2030-01-02 03:04:05 UTC, then tries again (the verify commands failed)
      for @alice or another person to fix \`.github/parallel.yml\`"
    `);
  });
});

describe('a pull request', () => {
  test('names what it waits for, and the person who can do something about it', () => {
    const all: readonly PullWait[] = [
      { kind: 'config' },
      { kind: 'draft' },
      { kind: 'look-again', by: 'rita' },
      { kind: 'approvals', missing: 1 },
      { kind: 'approvals', missing: 2 },
      { kind: 'checks', state: 'failure', names: ['lint'] },
      { kind: 'checks', state: 'pending', names: ['lint', 'build'] },
      { kind: 'checks', state: 'unread', names: [] },
      { kind: 'blocked', by: [{ ref: { ...HOME, number: 3 }, because: 'failed' }] },
      { kind: 'paused' },
      { kind: 'merge' },
      { kind: 'merge-refused', message: 'Required status check "lint" is expected.' },
      { kind: 'mergeable' },
    ];
    const texts = all.map((wait) => pullWaitText(wait, { home: HOME, asked: 'alice' }));
    expect(texts.join('\n')).toMatchInlineSnapshot(`
      "for @alice or another person to fix \`.github/parallel.yml\`
      for @alice or another person to mark the draft as ready
      for rita to review again
      for a review by @alice or another person who may write
      for 2 approvals by @alice or another person who may write
      for @alice: the check \`lint\` failed; mend the branch, or run the check again
      for the checks \`lint\` and \`build\`
      for its checks
      for #3 (failed); @alice, comment \`/parallel retry\` or \`/parallel skip\` there, or close the issue
      because it is paused: for @alice or another person who may write to comment \`/parallel resume\`
      for @alice to merge it: it is approved and green
      for @alice: GitHub refuses the merge (Required status check "lint" is expected.); remove the cause, and it is tried again
      for GitHub to say whether it can be merged"
    `);
  });
});

describe('small words', () => {
  test('measure time in two units', () => {
    const all = [0, 400, 1_000, 59_600, 125_000, 3_600_000, 3_780_000, 90_000_000].map(duration);
    expect(all).toEqual(['0 s', 'under 1 s', '1 s', '1 min', '2 min 5 s', '1 h', '1 h 3 min', '1 d 1 h']);
    expect(timeText(Number.NaN)).toBe('an unknown time');
  });

  test('list and cut', () => {
    expect([list([]), list(['a']), list(['a', 'b', 'c']), list(['a', 'b', 'c'], 1)]).toEqual([
      '',
      'a',
      'a, b and c',
      'a and 2 more',
    ]);
  });

  test('show progress, full only when all is done', () => {
    expect([
      progressBar(0, 0, 4),
      progressBar(1, 2, 4),
      progressBar(999, 1_000, 4),
      progressBar(3, 3, 4),
    ]).toEqual(['░░░░ 0 %', '██░░ 50 %', '███░ 99 %', '████ 100 %']);
  });
});
