import { describe, expect, test } from 'vitest';
import { renderTracking } from '../../src/render/tracking.ts';
import { dependency, landed, row, tracking, working } from './builders.ts';

describe('the tracking text', () => {
  test('says where a run stands, what waits for what, and what it took', () => {
    const view = tracking({
      rows: [
        row(1, landed, {
          title: 'Add a cart',
          attempt: { number: 1, kind: 'implement' },
          agent: 'exec',
          pull: 9,
          minutes: 2.5,
        }),
        row(2, working, {
          title: 'Add "checkout" | pay',
          attempt: { number: 2, kind: 'implement' },
          agent: 'exec',
        }),
        row(3, {
          state: 'waiting',
          reason: {
            kind: 'blocked',
            by: [{ ref: { owner: 'acme', name: 'shop', number: 2 }, because: 'open' }],
          },
        }),
        row(4, {
          state: 'needs-human',
          need: {
            at: 0,
            who: 'alice',
            cause: 'Changes are still requested after 3 rounds.',
            nextStep: 'Comment `/parallel retry` on #4.',
          },
        }),
      ],
      dependencies: [dependency(3, 2)],
      batches: [[1, 2], [3]],
      expectedMinutes: 10,
      sequentialMinutes: 25,
      expectedSpan: { p50: 9, p90: 14 },
      done: { even: 1_900_000_000_000, nineInTen: 1_900_000_600_000 },
      measured: { wallMinutes: 2.5, sumMinutes: 2.5 },
    });
    expect(renderTracking(view)).toMatchInlineSnapshot(`
      {
        "body": "**1 of 4 landed, 1 running, 1 waits for @alice, 1 blocked.**

      \`█████░░░░░░░░░░░░░░░ 25 %\`

      \`\`\`mermaid
      flowchart LR
        i1["✅ #35;1 Add a cart"]:::done
        i2["🔵 #35;2 Add #34;checkout#34; #124; pay"]:::running
        i3["⛔ #35;3 Task 3"]:::waiting
        i4["🙋 #35;4 Task 4"]:::person
        i2 --> i3
        classDef waiting fill:#d0d7de,stroke:#57606a,color:#1f2328
        classDef running fill:#0969da,stroke:#033d8b,color:#ffffff
        classDef review fill:#8250df,stroke:#512a97,color:#ffffff
        classDef person fill:#bf8700,stroke:#633c01,color:#ffffff
        classDef done fill:#1a7f37,stroke:#044f1e,color:#ffffff
        classDef failed fill:#cf222e,stroke:#82071e,color:#ffffff
        classDef gone fill:#6e7781,stroke:#424a53,color:#ffffff
        classDef outside fill:#ffffff,stroke:#57606a,color:#1f2328,stroke-dasharray:4 3
      \`\`\`

      ### Tasks · plan 1

      | Issue | State | Attempt | Agent | Pull request | Time | Waits for what, and why |
      | --- | --- | --- | --- | --- | --- | --- |
      | #1 Add a cart | ✅ landed | attempt 1 (implement) | exec | #9 | 2 min 30 s | – |
      | #2 Add "checkout" \\| pay | 🔵 running | attempt 2 (implement) | exec | – | – | – |
      | #3 Task 3 | ⛔ blocked | – | – | – | – | waits for #2 |
      | #4 Task 4 | 🙋 needs a person | – | – | – | – | waits for @alice: Changes are still requested after 3 rounds. Next: Comment \`/parallel retry\` on #4. |

      ### Batches

      What can run together, in this order. A task starts as soon as its own blockers have landed; it does not wait for its batch.

      1. #1 and #2
      2. #3

      ### Times

      - expected: 10 min side by side (as likely less as more than 9 min, nine times in ten less than 14 min), 25 min one after another (an estimate from earlier tasks)
      - agents are done at about 2030-03-17 17:47 UTC, nine times in ten by 2030-03-17 17:57 UTC (an estimate from earlier tasks; reviews and merges come on top)
      - measured: 2 min 30 s on the clock for 2 min 30 s of work, **1.0× as fast** as one after another

      <details>
      <summary>Why tasks wait for each other (1 dependency)</summary>

      - #3 waits for #2 (text of the issue): “Depends on #​2”

      </details>

      <details>
      <summary>Commands</summary>

      Write one of these at the start of a line in a new comment. You need write permission.

      | Comment | What it does |
      | --- | --- |
      | \`/parallel help\` | shows this list |
      | \`/parallel plan\` | shows the plan and starts nothing |
      | \`/parallel run\` | starts now, without the quiet time |
      | \`/parallel status\` | says where the run stands |
      | \`/parallel explain #12\` | says why a task is where it is |
      | \`/parallel pause\` | starts nothing new; what runs may finish |
      | \`/parallel resume\` | goes on after a pause |
      | \`/parallel cancel #12\` | ends the task; its branch is kept |
      | \`/parallel retry #12\` | tries the task again with a fresh count of rounds |
      | \`/parallel skip #12\` | leaves the task out; those that wait for it go on |
      | \`/parallel approve\` | accepts the plan; on a task, its edited text or its change of protected paths |
      | \`/parallel priority high #12\` | sets low, medium, high or critical |
      | \`/parallel depends-on #12\` | waits for that issue, whatever the texts say |
      | \`/parallel independent-of #12\` | does not wait for that issue, whatever the texts say |

      </details>",
        "title": "Parallel work",
      }
    `);
  });

  test('shows a circle with its path and the words that made it', () => {
    const evidence = [
      dependency(1, 2),
      dependency(2, 1, { quote: 'After #1 <!-- heddle {"key":"x"} --> @bob' }),
    ];
    const status = { state: 'waiting', reason: { kind: 'cycle', path: [1, 2, 1] } } as const;
    const { body } = renderTracking(
      tracking({ rows: [row(1, status), row(2, status)], cycles: [{ path: [1, 2, 1], evidence }] }),
    );
    expect(body.slice(body.indexOf('### Problems'), body.indexOf('<details>'))).toMatchInlineSnapshot(`
      "### Problems

      These issues wait for each other in a circle, so none of them can start. Remove one of the dependencies named here, or comment \`/parallel independent-of #N\` on the issue that is not to wait; the other tasks go on.

      - 🔁 **#1 → #2 → #1**
        - #1 waits for #2 (text of the issue): “Depends on #​2”
        - #2 waits for #1 (text of the issue): “After #​1 &lt;!-- heddle {"key":"x"} --&gt; @​bob”

      "
    `);
  });

  test('ends with a report that measures and never invents', () => {
    const rows = [
      row(1, landed, { pull: 7 }),
      row(2, { state: 'failed', cause: 'the agent changed nothing' }),
      row(3, { state: 'withdrawn', cause: 'the label `parallel` was removed from #3' }),
    ];
    const { body } = renderTracking(
      tracking({ rows, ended: true, measured: { wallMinutes: 4, sumMinutes: 10 } }),
    );
    expect(body.slice(body.indexOf('### Report'), body.indexOf('<details>'))).toMatchInlineSnapshot(`
      "### Report

      **1 of 3 tasks landed.** Measured: 4 min on the clock for 10 min of work, **2.5× as fast** as one after another.

      **Landed**

      - ✅ #1 Task 1 in #7

      **Did not land**

      - ❌ #2 Task 2: failed: the agent changed nothing. Next: make the issue clearer or remove the cause, then comment \`/parallel retry\` on #2.
      - ↩️ #3 Task 3: taken out: the label \`parallel\` was removed from #​3. Next: to bring it back, put the label \`parallel\` on #3, and reopen it if it is closed; its branch was kept.

      "
    `);
  });

  test('claims no speed-up where nothing has landed', () => {
    const rows = [row(1, { state: 'failed', cause: 'no' })];
    const { body } = renderTracking(
      tracking({ rows, ended: true, measured: { wallMinutes: 4, sumMinutes: 10 } }),
    );
    expect(body).not.toContain('as fast');
  });

  test('says what took the time where side by side was slower than one after another', () => {
    const rows = [row(1, { state: 'landed', cause: 'merged' })];
    const { body } = renderTracking(
      tracking({ rows, ended: true, measured: { wallMinutes: 50, sumMinutes: 1 } }),
    );
    expect(body).toContain(
      '**0.020× as fast** as one after another: most of the time went by in pauses, reviews and merges',
    );
  });

  test('names the epic that it belongs to, and asks for approval where the plan needs it', () => {
    const rows = [row(5, { state: 'waiting', reason: { kind: 'approval' } })];
    const { title, body } = renderTracking(
      tracking({ scope: { kind: 'epic', issue: 12 }, rows, approvalNeeded: true, paused: true }),
    );
    expect(title).toBe('Parallel work on #12');
    expect(body.slice(0, body.indexOf('```mermaid'))).toMatchInlineSnapshot(`
      "**0 of 1 landed, 1 waits for approval.**

      \`░░░░░░░░░░░░░░░░░░░░ 0 %\`

      > ✋ **This plan waits for approval.** Read it, then comment \`/parallel approve\`.

      > ⏸️ **Paused.** What runs may finish, nothing new starts. \`/parallel resume\` goes on.

      "
    `);
  });

  test('lists the tasks that GitHub has no room to link', () => {
    const { body } = renderTracking(tracking({ rows: [row(1, working)], notLinked: [101, 102] }));
    expect(body).toContain('links at most 100 sub-issues. Part of this run, but not linked: #101 and #102.');
  });

  test('gives up the evidence first, then the graph, then the rows of what has ended', () => {
    const rows = (size: number) =>
      Array.from({ length: size }, (_, index) =>
        row(index + 1, index < size / 2 ? landed : working, { title: 'x'.repeat(70) }),
      );
    const chain = (size: number) =>
      rows(size)
        .slice(1)
        .map(({ issue }) => dependency(issue, issue - 1, { quote: 'y'.repeat(150) }));
    const bodyOf = (size: number) =>
      renderTracking(tracking({ rows: rows(size), dependencies: chain(size) })).body;
    expect(bodyOf(50)).toContain('“yyy');
    expect(bodyOf(190)).toContain('```mermaid');
    expect(bodyOf(190)).not.toContain('“yyy');
    expect(bodyOf(400)).not.toContain('```mermaid');
    expect(bodyOf(400)).toContain('| #400 x');
    expect(bodyOf(800)).toContain('✅ landed (400): #1, #2');
    expect(bodyOf(800)).not.toContain('| #1 x');
    for (const size of [50, 190, 400, 800, 3000]) expect(bodyOf(size).length).toBeLessThan(65_000);
  });
});
