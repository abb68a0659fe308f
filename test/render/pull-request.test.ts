import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderDependenciesCheck, renderVerifyCheck } from '../../src/render/checks.ts';
import { type PullView, renderPull } from '../../src/render/pull-request.ts';
import { runs } from '../support/property-runs.ts';
import { HOME, outcome } from './builders.ts';
import { hostile } from './hostile.ts';

const pull = (rest: Partial<PullView> = {}): PullView => ({
  home: HOME,
  issue: 3,
  title: 'Add a cart',
  tracking: 9,
  blockers: [],
  requestedBy: 'alice',
  summary: null,
  verify: [],
  ...rest,
});

const ran = (exitCode: number | null, tail = 'ok') => ({ command: 'npm test', exitCode, tail, ms: 3_000 });

describe('a pull request', () => {
  test('names its relations, what was done, what was verified and how to answer', () => {
    const blockers = [
      { ...HOME, number: 1 },
      { owner: 'Acme', name: 'Shop', number: 1 },
      { owner: 'acme', name: 'api', number: 2 },
    ];
    const summary = 'Added the cart.\n\nCloses #77 and pings @bob.';
    expect(renderPull(pull({ blockers, summary, verify: [ran(0)] }))).toMatchInlineSnapshot(`
      {
        "body": "Closes #3
      Part of #9
      Depends-On: #1
      Depends-On: acme/api#2

      ### What was done

      In the agent’s own words:

      > Added the cart.
      >
      > Closes #​77 and pings @​bob.

      ### Verified

      - ✅ \`npm test\`: passed in 3 s

      ### Feedback

      @alice, submit a review with “Request changes”: everything in it, inline comments too, goes to the agent in one turn, and each thread is answered. \`/parallel help\` shows the commands.",
        "title": "Add a cart",
      }
    `);
  });

  test('closes and names nothing that an agent or a title asks for', () => {
    fc.assert(
      fc.property(hostile(), hostile(60), (title, summary) => {
        const { title: named, body } = renderPull(pull({ title, summary }));
        expect(`${named}\n${body}`.match(/#\d+/g)).toEqual(['#3', '#9']);
        expect(`${named}\n${body}`).not.toMatch(/@(?!alice\b)[\w-]|<!--|:\/\//);
        expect(named).not.toMatch(/^\s*$|\n/);
        expect(named.length).toBeLessThanOrEqual(72);
      }),
      runs(100),
    );
  });

  test('fits however much an agent has to say', () => {
    const verify = Array.from({ length: 300 }, () => ({ ...ran(1), command: '`'.repeat(500) }));
    expect(renderPull(pull({ summary: '<&>\n'.repeat(20_000), verify })).body.length).toBeLessThan(65_000);
  });
});

describe('the check parallel/verify', () => {
  test('shows what failed first, with the end of its output', () => {
    const verify = [
      { ...ran(0), command: 'npm run lint' },
      ran(1, '\u001b[31mnot ok\u001b[0m\n```\nfence'),
      ran(null, ''),
    ];
    expect(
      renderVerifyCheck(outcome({ verify, class: 'failed', failure: { kind: 'verify', detail: '' } })),
    ).toMatchInlineSnapshot(`
      {
        "summary": "- ✅ \`npm run lint\`: passed in 3 s
      - ❌ \`npm test\`: ended with 1 in 3 s
      - ❌ \`npm test\`: was ended before it was done in 3 s

      **Next:** the output below says why \`npm test\` failed. The agent has no rounds left: a comment on the pull request says who decides what to do.",
        "text": "\`npm test\`

      \`\`\`\`
      not ok
      \`\`\`
      fence
      \`\`\`\`

      \`npm test\`

      \`\`\`
      (it printed nothing)
      \`\`\`

      \`npm run lint\`

      \`\`\`
      ok
      \`\`\`",
        "title": "2 of 3 commands failed",
      }
    `);
  });

  test('claims nothing where nothing was run', () => {
    expect(renderVerifyCheck(outcome())).toMatchInlineSnapshot(`
      {
        "summary": "The repository names no \`verify\` commands, so nothing was run. Add some to \`.github/parallel.yml\`.",
        "text": "",
        "title": "Nothing to verify",
      }
    `);
  });

  test('stays below the limit of GitHub', () => {
    fc.assert(
      fc.property(
        fc.nat(120),
        fc.constantFrom('x', '`', '&', '\u001b[31m', '🎉', 'a b\n'),
        (size, filler) => {
          const verify = Array.from({ length: size }, () => ({
            ...ran(1, filler.repeat(5_000)),
            command: filler.repeat(300),
          }));
          const { summary, text } = renderVerifyCheck(outcome({ verify }));
          expect(Math.max(summary.length, text.length)).toBeLessThan(65_535);
        },
      ),
      runs(30),
    );
  });
});

describe('the check parallel/dependencies', () => {
  test('names what it waits for, and whom it needs', () => {
    const blockers = [
      { ref: { ...HOME, number: 1 }, because: 'open' },
      { ref: { owner: 'acme', name: 'api', number: 2 }, because: 'failed' },
    ] as const;
    expect(renderDependenciesCheck({ home: HOME, blockers, end: null })).toMatchInlineSnapshot(`
      {
        "summary": "This waits for:

      - #1
      - \`acme/api#2\` (failed)

      **Next:** \`acme/api#2\` can’t land without a person: retry it, skip it or close the issue.",
        "text": "",
        "title": "Waits for 2 issues",
      }
    `);
    expect(renderDependenciesCheck({ home: HOME, blockers: [], end: null }).title).toBe('Nothing in the way');
    expect(renderDependenciesCheck({ home: HOME, blockers, end: 'landed' }).title).toBe('Waits no longer');
  });
});
