import { describe, expect, test } from 'vitest';
import {
  editedComment,
  failureComment,
  inlineReply,
  needsHumanComment,
  outcomeText,
  renderEmptyEpic,
  renderRefusedLabel,
  reviewAnswer,
} from '../../src/render/comments.ts';
import { configFixedComment, configProblemsComment } from '../../src/render/config-comments.ts';
import { attempt, outcome } from './builders.ts';

const SHA = '0123456789abcdef0123456789abcdef01234567';

const failed = outcome({
  class: 'failed',
  failure: { kind: 'verify', detail: 'exit 1' },
  verify: [
    { command: 'npm test', exitCode: 1, tail: 'not ok 1\n```\n@bob <!-- heddle {"key":"x"} -->', ms: 5_000 },
  ],
});
const silent = outcome({ class: 'failed', failure: { kind: 'exit', detail: 'code 2: @bob' } });

describe('a comment', () => {
  test('refuses a label politely and says who can help', () => {
    expect(renderRefusedLabel({ actor: 'trudy', label: 'parallel' })).toMatchInlineSnapshot(`
      "@trudy, thank you for the request. Nothing was started: starting agents takes write permission here, and you don’t have it.

      **What to do:** ask somebody with write permission to remove the label \`parallel\` and set it again."
    `);
  });

  test('says that an epic has nothing to do', () => {
    expect(renderEmptyEpic({ epic: 4 })).toMatchInlineSnapshot(`
      "Nothing was started for #4: it has sub-issues, so the label asks for them, but none of them is open and free.

      **What to do:** add or reopen a sub-issue, then set the label \`parallel\` again."
    `);
  });

  test('reports a failure with every attempt, the output and the next step', () => {
    const attempts = [attempt(1, { outcome: silent }), attempt(2, { outcome: failed })];
    const cause = outcomeText(failed);
    const text = failureComment({
      issue: 1,
      requestedBy: 'alice',
      cause,
      attempts,
      branch: 'parallel/1-cart',
    });
    expect(text).toMatchInlineSnapshot(`
      "❌ **This task failed** after 2 attempts: the verify command \`npm test\` failed. The unfinished work is on the branch \`parallel/1-cart\`.

      What happened:

      - attempt 1 (implement): the agent ended with an error: code 2: @​bob (2 min 5 s).
      - attempt 2 (implement): the verify command \`npm test\` failed (2 min 5 s).

      <details>
      <summary>The end of what the failed command printed</summary>

      \`npm test\`

      \`\`\`\`
      not ok 1
      \`\`\`
      @bob <!​-- heddle {"key":"x"} -->
      \`\`\`\`

      </details>

      **Next:** @alice, make the issue clearer or remove the cause, then comment \`/parallel retry\`. To let those that wait for it go on without it, comment \`/parallel skip\`."
    `);
  });

  test('hands over to a person with a summary of the rounds', () => {
    const attempts = [
      attempt(1),
      attempt(2, { kind: 'review' }),
      attempt(3, { kind: 'review', outcome: null }),
    ];
    const nextStep = 'Finish the pull request by hand, or comment `/parallel retry` on #1.';
    const cause = 'Changes are still requested after 2 rounds.';
    expect(needsHumanComment({ issue: 1, who: 'alice', cause, nextStep, attempts })).toMatchInlineSnapshot(`
      "🙋 @alice, **#1 needs a person.** Changes are still requested after 2 rounds.

      What happened:

      - attempt 1 (implement): succeeded (2 min 5 s).
      - attempt 2 (answer review): succeeded (2 min 5 s).
      - attempt 3 (answer review): no result yet.

      **Next:** Finish the pull request by hand, or comment \`/parallel retry\` on #1."
    `);
  });

  test('answers a whole review in one turn', () => {
    const summary = '# Done\nCloses #9, thanks @bob\n- renamed `total`';
    expect(reviewAnswer({ sha: SHA, summary, reviewers: ['rita', 'rita'] })).toMatchInlineSnapshot(`
      "Addressed in 0123456789.

      What the agent says:

      > \\# Done
      > Closes #​9, thanks @​bob
      > - renamed \\\`total\\\`

      @rita, please look again."
    `);
    expect(inlineReply({ sha: SHA })).toBe('Addressed in 0123456789, together with the rest of the review.');
  });

  test('asks for approval of an edited text', () => {
    expect(editedComment({ issue: 7, editor: 'mallory', requestedBy: 'alice' })).toMatchInlineSnapshot(`
      "✋ The text of #7 was edited by mallory, who has no write permission, so the task waits: what was approved is what runs.

      **Next:** @alice, read the new text. If it is right, comment \`/parallel approve\`; if not, put the old text back."
    `);
  });

  test('names nobody where GitHub does not say who edited', () => {
    expect(editedComment({ issue: 7, editor: null, requestedBy: 'alice' })).toContain(
      'The text of #7 was edited after it was asked for, so the task waits',
    );
  });

  test('lists every problem of the config at once', () => {
    const problems = [
      { path: 'merge.metod', message: 'is not known', suggestion: 'method' },
      { path: 'verify[0]', message: 'must be text, but is 3', suggestion: null },
      { path: '', message: 'is no YAML: `bad|` @bob', suggestion: null },
    ];
    expect(configProblemsComment({ problems, defaultBranch: 'main', who: 'alice' })).toMatchInlineSnapshot(`
      "⚙️ @alice, \`.github/parallel.yml\` has 3 problems, so **nothing new starts**. What runs already goes on.

      - \`merge.metod\`: is not known. Did you mean \`method\`?
      - \`verify[0]\`: must be text, but is 3.
      - the file: is no YAML: <code>bad\\|</code> @​bob.

      **Next:** fix the file on \`main\`. The push is noticed, and the work goes on by itself; this comment then says so."
    `);
    expect(configFixedComment()).toBe('✅ `.github/parallel.yml` is valid again. The work goes on.');
  });

  test('about a thousand problems still fits', () => {
    const problems = Array.from({ length: 1_000 }, () => ({
      path: '`'.repeat(200),
      message: '&'.repeat(900),
      suggestion: '`'.repeat(99),
    }));
    expect(configProblemsComment({ problems, defaultBranch: 'main', who: null }).length).toBeLessThan(65_000);
  });
});
