import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMAND_HELP } from '../../src/render/help.ts';
import type { Refusal } from '../../src/render/refusals.ts';
import { helpReply, refusedReply } from '../../src/render/replies.ts';
import { explainReply, statusReply } from '../../src/render/run-replies.ts';
import { attempt, dependency, foreseenKey, HOME, landed, row, tracking, working } from './builders.ts';
import { hostile } from './hostile.ts';

const refused = (refusal: Refusal, command = '/parallel stauts'): string =>
  refusedReply({ author: 'alice', command, refusal });

describe('the help', () => {
  test('names every command with an example', () => {
    for (const { example } of Object.values(COMMAND_HELP))
      expect(helpReply()).toContain(`| \`/parallel ${example}\` |`);
  });
});

describe('a refusal', () => {
  test('says what to do instead', () => {
    const all: readonly Refusal[] = [
      { kind: 'no-permission', permission: 'read' },
      { kind: 'edited' },
      { kind: 'unknown-verb', word: 'stauts', suggestion: 'status' },
      { kind: 'malformed', verb: 'priority', usage: '/parallel priority low|medium|high|critical [#12]' },
      { kind: 'unsupported', words: ['rebase'] },
      { kind: 'not-a-task', issue: 4, standing: 'unlabelled' },
      { kind: 'not-a-task', issue: 4, standing: 'not-admitted' },
      { kind: 'not-a-task', issue: 4, standing: 'config-invalid' },
      { kind: 'not-a-task', issue: 4, standing: 'over' },
      { kind: 'not-a-task', issue: 4, standing: 'not-planned-yet' },
      { kind: 'names-no-task', verb: 'skip' },
      { kind: 'no-run' },
      { kind: 'none-labelled' },
      { kind: 'config-invalid' },
      { kind: 'paused-already' },
      { kind: 'not-paused' },
      { kind: 'not-failed', issue: 4 },
      { kind: 'ended-already', issue: 4, as: 'landed' },
      { kind: 'ended-already', issue: 4, as: 'withdrawn' },
      { kind: 'text-changed', issue: 4 },
      { kind: 'needs-more', cause: 'Pull request #8 was closed.', nextStep: 'Reopen it.' },
      { kind: 'nothing-to-approve', alone: [] },
      { kind: 'nothing-to-approve', alone: [4, 5] },
    ];
    expect(all.map((refusal) => refused(refusal)).join('\n')).toMatchInlineSnapshot(`
      "😕 @alice, \`/parallel stauts\` was not carried out: it takes write permission, and you have “read”. Ask somebody with write permission to comment it.
      😕 @alice, \`/parallel stauts\` was not carried out: the comment was edited, and only comments as first written count. Write it again in a new comment.
      😕 @alice, \`/parallel stauts\` was not carried out: there is no command \`stauts\`. Did you mean \`/parallel status\`? \`/parallel help\` lists them all.
      😕 @alice, \`/parallel stauts\` was not carried out: it could not be understood. Write it like this: \`/parallel priority low|medium|high|critical [#12]\`. For example: \`/parallel priority high #12\`.
      😕 @alice, \`/parallel stauts\` was not carried out: \`rebase\` is known, but this version can’t do it yet. \`/parallel help\` lists what it can.
      😕 @alice, \`/parallel stauts\` was not carried out: #4 is no task of an open run. Put the label \`parallel\` on the issue first, or comment on one that has it.
      😕 @alice, \`/parallel stauts\` was not carried out: #4 is no task of an open run. Its label was set by somebody who may not write: remove the label \`parallel\`, then set it again yourself.
      😕 @alice, \`/parallel stauts\` was not carried out: #4 is no task of an open run. It waits for \`.github/parallel.yml\` to be fixed on the default branch; then it is planned by itself.
      😕 @alice, \`/parallel stauts\` was not carried out: #4 is no task of an open run. Its run is over; \`/parallel retry\` brings it into the next one.
      😕 @alice, \`/parallel stauts\` was not carried out: #4 is no task of an open run. It is planned in a moment; \`/parallel run\` starts it now.
      😕 @alice, \`/parallel stauts\` was not carried out: this is the tracking issue of a run. Name the task, such as \`/parallel skip #12\`, or comment on the task’s own issue.
      😕 @alice, \`/parallel stauts\` was not carried out: no run is open here. Put the label \`parallel\` on an issue to open one.
      😕 @alice, \`/parallel stauts\` was not carried out: no open issue has the label \`parallel\`. Label one, then say \`/parallel run\`.
      😕 @alice, \`/parallel stauts\` was not carried out: \`.github/parallel.yml\` is invalid, so nothing new starts. Fix the file on the default branch: the push is noticed, and the work goes on by itself.
      😕 @alice, \`/parallel stauts\` was not carried out: it is paused already. \`/parallel resume\` goes on.
      😕 @alice, \`/parallel stauts\` was not carried out: it is not paused. \`/parallel explain\` says what it waits for.
      😕 @alice, \`/parallel stauts\` was not carried out: #4 has not failed. \`/parallel explain #4\` says what it waits for.
      😕 @alice, \`/parallel stauts\` was not carried out: #4 has landed already. Open a new issue for more work.
      😕 @alice, \`/parallel stauts\` was not carried out: #4 is taken out already. Put the label \`parallel\` on it to bring it back.
      😕 @alice, \`/parallel stauts\` was not carried out: the text of #4 was edited after this comment. Read it again, then approve it in a new comment.
      😕 @alice, \`/parallel stauts\` was not carried out: it takes more than an approval. Pull request #8 was closed. Reopen it.
      😕 @alice, \`/parallel stauts\` was not carried out: nothing here waits for an approval. \`/parallel status\` says what each task waits for.
      😕 @alice, \`/parallel stauts\` was not carried out: nothing here waits for an approval of the plan. A new text or a result is approved where it can be read: on #4 and #5."
    `);
  });

  test('quotes what was written without carrying it out', () => {
    fc.assert(
      fc.property(hostile(), hostile(3), (command, word) => {
        const text = refused({ kind: 'unknown-verb', word, suggestion: null }, command);
        expect(text).not.toContain('\n');
        expect(text).not.toContain('<!--');
      }),
    );
  });
});

describe('an answer', () => {
  test('shows where the run stands', () => {
    const view = tracking({
      rows: [row(1, landed), row(2, working, { attempt: { number: 1, kind: 'review' } })],
      paused: true,
    });
    expect(statusReply(view, 9)).toMatchInlineSnapshot(`
      "**1 of 2 landed, 1 running.**

      ⏸️ Paused; \`/parallel resume\` goes on.

      | Issue | State | Attempt | Agent | Pull request | Time | Waits for what, and why |
      | --- | --- | --- | --- | --- | --- | --- |
      | #2 Task 2 | 🔵 running | attempt 1 (answer review) | – | – | – | – |

      Everything is in #9."
    `);
  });

  test('explains one task with all of its evidence', () => {
    const by = [{ ref: { ...HOME, number: 1 }, because: 'failed' }] as const;
    const view = row(2, { state: 'waiting', reason: { kind: 'blocked', by } }, { pull: 8 });
    const foreseen = [foreseenKey('src/cart.ts', 1), foreseenKey('src/tax.ts', 0.625)];
    const dependencies = [dependency(2, 1, { confidence: 0.9 })];
    expect(
      explainReply({
        home: HOME,
        row: view,
        dependencies,
        disagreements: [],
        foreseen,
        overlaps: [
          {
            issues: [2, 3],
            keys: [foreseenKey('src/tax.ts', 0.625), foreseenKey('src/tax.ts', 1)],
            level: 'warn',
            confidence: 0.625,
          },
        ],
        comparison: {
          scores: new Map(),
          hits: foreseen.slice(0, 1),
          wrong: foreseen.slice(1),
          missed: ['a`b.ts'],
        },
        gaps: ['the history is shallow'],
        attempts: [attempt(1)],
      }),
    ).toMatchInlineSnapshot(`
      "⛔ **#2 Task 2** is blocked by #1 (failed); @alice, comment \`/parallel retry\` or \`/parallel skip\` there, or close the issue.

      Asked for by alice. Pull request: #8.

      **What it waits for**

      - #2 waits for #1 (text of the issue, 90 % sure): “Depends on #​1”

      **What no other task may change meanwhile**

      - \`src/cart.ts\`: the issue names it

      **What it may change too**

      - \`src/tax.ts\`: its history with \`src/cart.ts\`, 63 % sure

      **Where tasks may change the same**

      - #2 may also change \`src/tax.ts\`, as #3 does: its history with \`src/cart.ts\`, 63 % sure

      **What was foreseen, and what it changed:** 1 of 2 keys came true, 1 changed file was not foreseen.

      - ✅ \`src/cart.ts\`: the issue names it
      - ✖️ not changed: \`src/tax.ts\`: its history with \`src/cart.ts\`, 63 % sure
      - ❔ changed, and not foreseen: \`\`a\`b.ts\`\`

      _What overlaps may be incomplete: the history is shallow._

      What happened:

      - attempt 1 (implement): succeeded (2 min 5 s)."
    `);
  });
});
