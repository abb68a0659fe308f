import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foresee } from '../../src/decide/foreseeing.ts';
import { previewOf } from '../../src/decide/preview.ts';
import { NOTHING_KNOWN } from '../../src/domain/facts.ts';
import type { RunId } from '../../src/domain/ids.ts';
import type { RunPlan } from '../../src/domain/plan.ts';
import type { Preview } from '../../src/render/plan/preview-view.ts';
import { Imagined, type ImaginedIssue, policyWith } from '../support/imagined.ts';

/* `heddle plan --repo` and `/parallel plan` show what the App is going to do. */

/** As somebody sees it who knows the issues and nothing of what the App did. */
function previewed({ facts }: Imagined): Preview | null {
  const foreseen = foresee({ ...facts, memory: NOTHING_KNOWN });
  return previewOf(foreseen, foreseen.memory.runs);
}

/** Issues that wait for any others, circles included; the last ones may be epics. */
const issues = fc
  .array(
    fc.record({
      blockedBy: fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 2 }),
      files: fc.subarray(['a.ts', 'b.ts', 'src/**', 'src/c.ts'], { maxLength: 2 }),
      epic: fc.constantFrom(0, 0, 20, 21),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((drawn): readonly ImaginedIssue[] => {
    const tasks = drawn.map(({ blockedBy, files, epic }, index) => {
      const number = index + 1;
      const others = blockedBy.filter((other) => other !== number && other <= drawn.length);
      return { number, blockedBy: others, files, plain: epic > 0 };
    });
    const epics = [20, 21].flatMap((number) => {
      const subIssues = drawn.flatMap(({ epic }, index) => (epic === number ? [index + 1] : []));
      return subIssues.length > 0 ? [{ number, subIssues }] : [];
    });
    return [...tasks, ...epics];
  });

/** Before a search has found another order. */
const firstPlan = ({ log }: Imagined, run: RunId): RunPlan | undefined =>
  log.flatMap((effect) =>
    effect.kind === 'update-run' && effect.runId === run ? (effect.patch.plan ?? []) : [],
  )[0];

const plansOf = (
  runs: readonly { readonly scope: object; readonly batches: readonly (readonly number[])[] }[],
) => runs.map(({ scope, batches }) => ({ scope, batches }));

describe('a preview', () => {
  test('has the runs and the batches of the plan that the App then makes', () => {
    fc.assert(
      fc.property(issues, (drawn) => {
        const world = new Imagined(drawn, { policy: policyWith({ approval: 'plan' }) });
        const before = previewed(world);
        world.settle();
        world.wait(2_000);
        const made = world.memory.runs.map(({ id, scope }) => ({
          scope,
          batches: firstPlan(world, id)?.batches,
        }));
        expect(plansOf(before?.runs ?? [])).toEqual(made);
      }),
      { numRuns: 60 },
    );
  });

  test('names the labels that do not count, and what stands in the way elsewhere', () => {
    const world = new Imagined([{ number: 1, blockedBy: [3] }, { number: 2 }, { number: 3, plain: true }]);
    world.relabels(2, 'mallory');
    expect(previewed(world)).toMatchObject({
      refused: [{ issue: 2, actor: 'mallory' }],
      outside: [{ issue: 1, by: [{ ref: { number: 3 }, because: 'open' }] }],
      plan: { order: ['1'] },
    });
  });
});

describe('/parallel plan', () => {
  test('posts the plan with all of its reasons', () => {
    const world = new Imagined([
      { number: 1, files: ['src/cart.js'] },
      { number: 2, blockedBy: [1] },
      { number: 3, files: ['src/cart.js'] },
      { number: 4, blockedBy: [5] },
      { number: 5, plain: true },
    ]);
    world.says('alice', 1, '/parallel plan');
    expect(world.told(1)).toMatchInlineSnapshot(`
      [
        "**The plan for 4 tasks**, at most 3 attempts at once. This comment starts nothing.

      \`\`\`mermaid
      flowchart LR
        i1["⏳ #35;1 Task 1"]:::waiting
        i2["⛔ #35;2 Task 2"]:::waiting
        i3["⏳ #35;3 Task 3"]:::waiting
        i4["⛔ #35;4 Task 4"]:::waiting
        o5(["#35;5"]):::outside
        i1 --> i2
        o5 --> i4
        classDef waiting fill:#d0d7de,stroke:#57606a,color:#1f2328
        classDef running fill:#0969da,stroke:#033d8b,color:#ffffff
        classDef review fill:#8250df,stroke:#512a97,color:#ffffff
        classDef person fill:#bf8700,stroke:#633c01,color:#ffffff
        classDef done fill:#1a7f37,stroke:#044f1e,color:#ffffff
        classDef failed fill:#cf222e,stroke:#82071e,color:#ffffff
        classDef gone fill:#6e7781,stroke:#424a53,color:#ffffff
        classDef outside fill:#ffffff,stroke:#57606a,color:#1f2328,stroke-dasharray:4 3
      \`\`\`

      | Order | Issue | State | Takes | In this plan it waits for |
      | --- | --- | --- | --- | --- |
      | 1 | #1 Task 1 | ready | – | – |
      | 2 | #2 Task 2 | blocked | – | blocked by #1 |
      | 3 | #3 Task 3 | waiting | – | #1 holds key \`src/cart.js\` |
      | 4 | #4 Task 4 | blocked | – | blocked by #5, not planned here |

      ### Batches

      What can run together, in this order. A task starts as soon as its own blockers have landed; it does not wait for its batch.

      1. #1 and #4
      2. #2 and #3

      **Critical path:** #1 → #2.

      There is no estimate yet: nothing was measured here before.

      **Why tasks wait for each other**

      - #2 waits for #1 (text of the issue): “Depends on #​1”
      - #4 waits for #5 (text of the issue): “Depends on #​5”

      **Where tasks may change the same**

      - #1 and #3 don’t run side by side: both change \`src/cart.js\` (#1: the issue names it; #3: the issue names it)

      **What a task holds for itself while it works**

      - #1: \`src/cart.js\`
      - #3: \`src/cart.js\`

      **Next:** comment \`/parallel run\` to start now, or wait: it starts by itself.",
      ]
    `);
  });
});
