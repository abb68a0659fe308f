import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startTimeOf } from '../../src/runner/process/table.ts';
import { isElsewhere } from '../support/github/elsewhere.ts';
import { Ledger } from '../support/ledger.ts';
import { HELD_AGENT, Story } from '../support/story/story.ts';
import { DYING_SERVER, WholeRun } from '../support/whole-run.ts';

/*
 * The server is killed and started again, and what people find in the end is what they would have found without. Some
 * points of a whole run here, several in one run, as the start of a server is what takes longest; every one of them, each
 * in a run of its own, in test/long.
 */
const undisturbed = WholeRun.goes();

// Another server has one App for all runs: they go one after another.
if (isElsewhere) await undisturbed;
const together = isElsewhere ? describe : describe.concurrent;

/** Many whole runs at once, beside other tests: a busy machine is no failure. */
const PATIENCE = { timeout: 270_000 };

together('a server that is killed leaves the same world as one that is not', PATIENCE, () => {
  test.each([
    [
      'planning and publishing',
      [
        ...['acted react 1', 'after decision 1', 'recorded add-sub-issue 2', 'acted dispatch 1'],
        ...['ended agent 1', 'started bundle 1', 'acting push 1', 'acted push 1', 'acted ready-pull 1'],
      ],
    ],
    [
      'reviewed and landing',
      [
        ...['started agent 3', 'acted comment 1', 'acted request-review 1'],
        ...['acted merge 1', 'acted delete-branch 1', 'acted release-worktree 1', 'acted close-issue 1'],
      ],
    ],
  ])('killed while it is %s, at one event after the other', async (_, dieAt) => {
    const end = await WholeRun.goes({ dieAt }, (run) => expect(run.deaths).toBe(dieAt.length));
    expect(end).toEqual(await undisturbed);
  });

  test('killed at moments that chance picks, while answers to writes get lost', async () => {
    const end = await WholeRun.goes({
      ...(isElsewhere ? {} : { before: losesAnswers }),
      during: (run) => run.killsAtRandom({ seed: 7, times: 3 }),
    });
    expect(end).toEqual(await undisturbed);
  });

  test.skipIf(isElsewhere)('killed again and again while lists lag behind writes', async () => {
    const end = await WholeRun.goes({
      // Longer than the lag: else the last label may come into the list after the first plan.
      env: { HEDDLE_SETTLE_MS: '700' },
      before: ({ box }) => {
        box.faults.listLagMs = 400;
      },
      dieAt: ['acted create-issue 1', 'acted open-pull 1', 'acted check 1', 'acted reply-review 1'],
    });
    expect(end).toEqual(await undisturbed);
  });
});

together('what gets lost on the way is made up for', PATIENCE, () => {
  test('labels: one that waited for a quiet moment when the server died, and one that was set meanwhile', async ({
    onTestFinished,
  }) => {
    const story = await Story.begins({ env: { HEDDLE_QUIET_MS: '2000' } });
    onTestFinished(() => story.ends());
    const ledger = new Ledger(story.dataDir);
    const waiting = await story.asks('Wait for a quiet moment');
    await story.until('the label to be seen', () => ledger.hasSeen(waiting.number));
    await story.server.isKilled();
    const meanwhile = await story.asks('Nobody hears this');
    await story.server.starts();
    for (const issue of [waiting, meanwhile]) await story.becomes('running', issue);
  });

  test.skipIf(isElsewhere)(
    'webhooks: those of the time when the server is down, and all others but the first',
    async () => {
      const end = await WholeRun.goes({
        env: { HEDDLE_RESYNC_SECONDS: '1' },
        before: ({ box }) => {
          for (const event of ['issue_comment', 'pull_request', 'pull_request_review', 'check_run', 'push'])
            box.faults.webhook({ kind: 'lost' }, { event, times: 1_000 });
        },
        dieAt: ['recorded ready-pull 2'],
        downMs: 500,
      });
      expect(end).toEqual(await undisturbed);
    },
  );

  test('what was to be written changes between death and restart: the first one is edited, not doubled', async ({
    onTestFinished,
  }) => {
    const story = await Story.begins({
      agent: HELD_AGENT,
      entry: DYING_SERVER,
      // Long enough for an approval: what has landed shows the check as it has to be, however late it is written.
      env: { HEDDLE_DIE_AT: 'acted check 1', HEDDLE_SETTLE_MS: '1500' },
    });
    onTestFinished(() => story.ends());
    const outside = await story.opens('Somebody else works on this');
    const issue = await story.asks('Wait for it');
    await story.workBegins(issue);
    await story.alice.blocks(issue, outside);
    await story.tracked(`#${outside.number}`);
    await story.lets();
    await story.server.died();
    await story.alice.closes(outside);
    await story.server.starts({ HEDDLE_DIE_AT: '' });
    const pull = await story.pullIsReady(issue);
    await story.bob.approves(pull);
    await story.landed(issue);
    const checks = await story.shop.checksOf(pull.head.sha, 'all');
    const dependencies = checks.filter(({ name }) => name.endsWith('dependencies'));
    expect(dependencies.map(({ conclusion }) => conclusion)).toEqual(['success']);
  });
});

describe('agents that outlive their server', PATIENCE, () => {
  /** Beats until the story lets it end. */
  const beats = 'until [ -e "$STORY_DIR/go-all" ]; do echo $$ >> "$HEDDLE_HOME/beats"; sleep 0.1; done';

  test('are ended before their worktree is used again; the attempt keeps its number and takes a new fence', async () => {
    let home = '';
    const pids = () => pidsIn(home);
    let seen: readonly string[] = [];
    await WholeRun.goes(
      {
        agent: `${beats}; echo "work on $HEDDLE_ISSUE, attempt $HEDDLE_ATTEMPT" >> "work-$HEDDLE_ISSUE.txt"`,
        during: async (run) => {
          home = join(run.story.dataDir, 'homes', String(await run.story.shop.id()), '1');
          await run.story.until('the agent to beat', () => pids().length > 1);
          await run.story.server.isKilled();
          await run.story.until('another agent to beat', () => new Set(pids()).size > 1);
          expect(startTimeOf(Number(pids()[0]))).toBeNull();
          seen = pids();
          await run.story.lets();
        },
      },
      async (run) => {
        expect(run.ledger.fences()).toEqual({ '1/1': 2, '1/2': 1, '2/1': 1, '3/1': 2 });
        expect(run.ledger.attempts()).toEqual((await undisturbed).attempts);
      },
    );
    const [old = ''] = seen;
    expect(seen.slice(0, seen.lastIndexOf(old) + 1).every((pid) => pid === old)).toBe(true);
  });
});

/** Each kind of write comes through once without its answer. */
function losesAnswers({ box }: Story): void {
  const lost = { kind: 'status', status: 502, when: 'after' } as const;
  const post = [
    'issues',
    'comments',
    'labels',
    'sub_issues',
    'reactions',
    'pulls',
    'check-runs',
    'replies',
    'requested_reviewers',
  ];
  for (const name of post) box.faults.request({ method: 'POST', path: new RegExp(`/${name}$`) }, lost);
  box.faults.request({ method: 'PATCH', path: /\/issues\/\d+$/, times: 2 }, lost);
  box.faults.request({ method: 'PUT', path: /\/merge$/ }, lost);
  box.faults.request({ method: 'POST', path: /graphql$/, times: 3 }, lost);
  box.faults.git({ method: 'POST', path: 'git-receive-pack' }, lost);
}

function pidsIn(home: string): readonly string[] {
  const file = join(home, 'beats');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}
