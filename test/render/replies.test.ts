import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMAND_HELP } from '../../src/render/help.ts';
import { helpReply, type Refusal, refusedReply } from '../../src/render/replies.ts';
import { explainReply, planReply, statusReply } from '../../src/render/run-replies.ts';
import { attempt, dependency, HOME, landed, row, tracking, working } from './builders.ts';
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
      { kind: 'malformed', usage: 'priority high', problem: 'a level is missing' },
      { kind: 'unsupported', verb: 'rebase' },
      { kind: 'not-a-task', issue: 4 },
      { kind: 'no-run' },
      {
        kind: 'nothing-to-do',
        problem: '#4 runs already.',
        nextStep: 'Wait for it, or comment `/parallel cancel` on #4.',
      },
    ];
    expect(all.map((refusal) => refused(refusal)).join('\n')).toMatchInlineSnapshot(`
      "😕 @alice, \`/parallel stauts\` was not carried out: it takes write permission, and you have “read”. Ask somebody with write permission to comment it.
      😕 @alice, \`/parallel stauts\` was not carried out: the comment was edited, and only comments as first written count. Write it again in a new comment.
      😕 @alice, \`/parallel stauts\` was not carried out: there is no command \`stauts\`. Did you mean \`/parallel status\`? \`/parallel help\` lists them all.
      😕 @alice, \`/parallel stauts\` was not carried out: a level is missing. Write it like this: \`/parallel priority high\`
      😕 @alice, \`/parallel stauts\` was not carried out: \`rebase\` is known, but this version can’t do it yet. \`/parallel help\` lists what it can.
      😕 @alice, \`/parallel stauts\` was not carried out: #4 is no task of an open run. Put the label \`parallel\` on the issue first, or comment on one that has it.
      😕 @alice, \`/parallel stauts\` was not carried out: no run is open here. Put the label \`parallel\` on an issue to open one.
      😕 @alice, \`/parallel stauts\` was not carried out: #4 runs already. Wait for it, or comment \`/parallel cancel\` on #4."
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
    const keys = [{ key: 'src/cart.ts', quote: 'change `src/cart.ts`' }];
    const dependencies = [dependency(2, 1, { confidence: 0.9 })];
    expect(
      explainReply({ home: HOME, row: view, dependencies, keys, attempts: [attempt(1)] }),
    ).toMatchInlineSnapshot(`
      "⛔ **#2 Task 2** is blocked: waits for #1 (failed).

      Asked for by alice. Pull request: #8.

      **What it waits for**

      - #2 waits for #1 (text of the issue, 90 % sure): “Depends on #​1”

      **What no other task may change meanwhile**

      - \`src/cart.ts\` (“change \\\`src/cart.ts\\\`”)

      What happened:

      - attempt 1 (implement): succeeded (2 min 5 s)."
    `);
  });

  test('shows the plan before anything is spent', () => {
    const rows = [row(1, { state: 'ready' }), row(2, { state: 'waiting', reason: { kind: 'approval' } })];
    const view = tracking({
      rows,
      batches: [[1], [2]],
      dependencies: [dependency(2, 1)],
      approvalNeeded: true,
    });
    const keys = [{ issue: 1, key: 'src/a.ts', quote: 'src/a.ts' }];
    expect(planReply({ tracking: view, keys })).toMatchInlineSnapshot(`
      "**The plan for 2 tasks.** This comment starts nothing.

      | Order | Issue | State |
      | --- | --- | --- |
      | 1 | #1 Task 1 | ready |
      | 2 | #2 Task 2 | needs approval |

      ### Batches

      What can run together, in this order. A task starts as soon as its own blockers have landed; it does not wait for its batch.

      1. #1
      2. #2

      There is no estimate yet: nothing was measured here before.

      **Why tasks wait for each other**

      - #2 waits for #1 (text of the issue): “Depends on #​1”

      **Why tasks don’t run side by side**

      - #1: \`src/a.ts\`

      **Next:** comment \`/parallel approve\` to start it."
    `);
    expect(planReply({ tracking: tracking(), keys })).toBe(
      'There is nothing to plan: no open issue has the label `parallel`.',
    );
  });
});
