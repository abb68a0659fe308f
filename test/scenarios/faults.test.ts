import { beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../src/demo/box/faults.ts';
import { isElsewhere } from '../support/github/elsewhere.ts';
import type { Issue } from '../support/github/things.ts';
import { type Ending, endingOf } from '../support/story/ending.ts';
import { HELD_AGENT, Story, type StoryOptions } from '../support/story/story.ts';

/*
 * One short run, told again and again: a task, one that builds on it, a question, approvals. Whatever goes wrong between
 * the App and GitHub meanwhile, the world is the same in the end.
 */

interface Telling {
  readonly env?: StoryOptions['env'];
  /** Before anything is asked for. */
  readonly before?: (story: Story) => unknown;
  /** Once the issues have their labels. */
  readonly during?: (story: Story, first: Issue) => unknown;
}

/** Its work is the same at every attempt. */
const AGENT = 'echo "work on $HEDDLE_ISSUE" > "work-$HEDDLE_ISSUE.txt"';
const POLICY = { verify: ['test -s README.md'] };
const RESYNC = { HEDDLE_RESYNC_SECONDS: '1' };

/** Tells the story to its end, and answers what is left. Every fault that was armed must have been met. */
async function telling({ env, before, during }: Telling = {}): Promise<Ending> {
  const story = await Story.begins({ agent: AGENT, policy: POLICY, env: { ...RESYNC, ...env } });
  try {
    await before?.(story);
    const first = await story.asks('Lay the ground');
    const second = await story.asks('Build on it', `Depends on #${first.number}`);
    await story.alice.comments(second, '/parallel help');
    const stop = story.approvesEverything();
    await during?.(story, first);
    await story.landed(first, second);
    await story.runEnds();
    await stop();
    await story.settles();
    expect(story.box.faults.unmet).toBe(0);
    return await endingOf(story, ['work-1.txt', 'work-2.txt']);
  } finally {
    await story.ends();
  }
}

/** Arms a fault once for each kind of request, `POST /issues$`. */
function each({ box }: Story, fault: Fault, kinds: readonly string[]): void {
  for (const kind of kinds) {
    const [method = '', path = ''] = kind.split(' ');
    box.faults.request({ method, path: new RegExp(path) }, fault);
  }
}

function git({ box }: Story, fault: Fault, ...paths: readonly string[]): void {
  for (const path of paths) box.faults.git({ path }, fault);
}

const lost: Fault = { kind: 'status', status: 502, when: 'after' };
const cut: Fault = { kind: 'closed', when: 'after' };
const away: Fault = { kind: 'status', status: 503, when: 'before' };
const refused: Fault = { kind: 'closed', when: 'before' };
const expired: Fault = { kind: 'status', status: 401, when: 'before' };

const together = isElsewhere ? describe.skip : describe.concurrent;

/** Several runs at once, beside other tests: a busy machine is no failure. */
const PATIENCE = { timeout: 180_000 };

together('the world is the same in the end', PATIENCE, () => {
  let quiet: Ending;

  beforeAll(async () => {
    quiet = await telling();
    expect(quiet.pulls['parallel/1-lay-the-ground']).toMatchObject([{ isMerged: true }]);
    expect(quiet.issues['Build on it']).toMatchObject([{ comments: [expect.anything(), expect.anything()] }]);
  });

  test('when writes are done, but their answers are lost, and git breaks off before and after it is done', async () => {
    const ending = await telling({
      before: (story) => {
        each(story, lost, [
          'POST /issues$',
          'POST /comments$',
          'POST /pulls$',
          'POST /labels$',
          'PUT /merge$',
        ]);
        each(story, cut, ['POST /check-runs$', 'POST /reactions$', 'POST /graphql$', 'POST /graphql$']);
        each(story, cut, ['POST /sub_issues$', 'PATCH /issues/', 'DELETE /labels/']);
        git(story, away, 'info/refs', 'git-upload-pack');
        git(story, refused, 'git-upload-pack');
        git(story, cut, 'git-receive-pack');
        git(story, refused, 'git-receive-pack');
      },
    });
    expect(ending).toEqual(quiet);
  });

  test('when reads and writes fail before anything is done, and GitHub asks for pauses and is slow', async () => {
    const ending = await telling({
      before: (story) => {
        each(story, refused, ['POST /issues$', 'POST /pulls$', 'POST /comments$', 'GET /comments$']);
        each(story, away, ['PUT /merge$', 'GET /repositories/', 'GET /timeline$', 'POST /graphql$']);
        each(story, away, ['GET /contents/', 'GET /permission$', 'POST /access_tokens$', 'GET /reviews$']);
        each(story, { kind: 'tooMany', retryAfter: 1 }, ['GET /permission$', 'POST /pulls$']);
        each(story, { kind: 'secondaryLimit', retryAfter: 1 }, ['POST /issues$', 'PUT /merge$']);
        each(story, { kind: 'slow', milliseconds: 600 }, [
          'GET /timeline$',
          'POST /check-runs$',
          'GET /reviews$',
        ]);
      },
    });
    expect(ending).toEqual(quiet);
  });

  test('when webhooks come twice, late and in another order, and then not at all', async () => {
    const ending = await telling({
      before: ({ box: { faults } }) => {
        faults.webhook({ kind: 'reordered' }, { event: 'issues.opened' });
        faults.webhook({ kind: 'delayed', milliseconds: 800 }, { event: 'issues.labeled' });
        faults.webhook({ kind: 'doubled' }, { event: 'issues' });
        faults.webhook({ kind: 'doubled' }, { event: 'issue_comment' });
      },
      during: async (story) => {
        await story.until('a run', () => story.tracking());
        expect(story.box.faults.unmet).toBe(0);
        story.box.setWebhook(undefined);
      },
    });
    expect(ending).toEqual(quiet);
  });

  test('when lists lag behind writes whose answers are lost', async () => {
    const ending = await telling({
      env: { HEDDLE_SETTLE_MS: '900' },
      before: (story) => {
        story.box.faults.listLagMs = 500;
        each(story, lost, ['POST /issues$', 'POST /comments$', 'POST /pulls$', 'POST /check-runs$']);
      },
    });
    expect(ending).toEqual(quiet);
  });

  test('when tokens end long before their time, and the repository gets another name', async () => {
    const ending = await telling({
      before: (story) => {
        each(story, expired, ['GET /permission$', 'POST /pulls$']);
        git(story, expired, 'git-upload-pack', 'git-receive-pack');
      },
      during: async (story, first) => {
        await story.pullIsReady(first);
        const { tokens } = story.box.world;
        for (const [token, { kind }] of tokens) if (kind === 'installation') tokens.delete(token);
        story.box.renames('acme/shop', 'store');
      },
    });
    expect(ending).toEqual(quiet);
  });

  test('when GitHub is away as the server starts: webhooks are kept until it is back', async () => {
    const ending = await telling({
      before: async (story) => {
        await story.server.stops();
        story.box.faults.request({ times: 10_000 }, refused);
        await story.server.starts();
        expect(story.server.lastWords).toContain('webhooks are kept');
      },
      during: async ({ box }) => {
        await box.idle();
        expect(box.world.deliveries.at(-1)?.statusCode).toBe(200);
        box.faults.clear();
      },
    });
    expect(ending).toEqual(quiet);
  });

  test('when the App is suspended for a while, then taken away and installed anew', async () => {
    const ending = await telling({
      during: async (story) => {
        const { box } = story;
        const [installation] = box.world.installations.values();
        if (!installation) throw new Error('the App is not installed');
        await story.until('a run', () => story.tracking());
        box.suspends(installation);
        await story.quiet(500);
        box.suspends(installation, false);
        await story.until('a pull request', async () => (await story.shop.pulls()).length > 0);
        box.uninstalls(installation);
        await story.quiet(500);
        box.installsApp('acme');
      },
    });
    expect(ending).toEqual(quiet);
  });
});

test.skipIf(isElsewhere)('a label that lists do not show yet when its webhook comes is found', async () => {
  const story = await Story.begins({ env: { HEDDLE_RESYNC_SECONDS: '3600', HEDDLE_SETTLE_MS: '900' } });
  try {
    story.box.faults.listLagMs = 700;
    await story.tracked((await story.asks('Hidden at first')).title);
  } finally {
    await story.ends();
  }
});

test.skipIf(isElsewhere)('an issue that is transferred leaves the run, and the others go on', async () => {
  const story = await Story.begins({ agent: HELD_AGENT, env: RESYNC });
  try {
    const attic = await story.box.createsRepository('acme/attic');
    const [leaving, staying] = [await story.asks('Leave'), await story.asks('Stay')];
    await story.workBegins(leaving, staying);
    story.box.transfers(story.box.repository('acme/shop').issue(leaving.number), 'acme/attic');
    await story.tracked(/#1 .*taken out.*moved/);
    await story.lets();
    const stop = story.approvesEverything();
    await story.landed(staying);
    await story.runEnds();
    await stop();
    expect(await story.shop.pulls()).toHaveLength(1);
    expect([...attic.repo.issues.values()].map((issue) => attic.commentsOn(issue))).toEqual([[]]);
  } finally {
    await story.ends();
  }
});

test.skipIf(isElsewhere)(
  'without GraphQL the work is done all the same; a text of somebody else waits for an approval where it may have been edited',
  async () => {
    const story = await Story.begins({ agent: AGENT, env: RESYNC });
    try {
      story.box.faults.request(
        { method: 'POST', path: /graphql$/, times: 10_000 },
        { kind: 'status', status: 404, when: 'before' },
      );
      const own = await story.asks('By somebody who may write');
      await story.alice.comments(own, 'The sooner the better');
      const others = await story.shop.person('olive').opensIssue({ title: 'By somebody who may not' });
      await story.server.stops();
      await story.alice.labels(others, 'parallel');
      await story.passes(5_000);
      await story.shop.person('olive').comments(others, 'Thank you');
      await story.server.starts();
      await story.until('a pull request', () => story.pullOf(own));
      await story.tracked(/\| #2 .*approve/);
      expect(await story.pullOf(others)).toBeUndefined();
      await story.passes(5_000);
      await story.says(others, '/parallel approve');
      await story.until('a pull request', () => story.pullOf(others));
    } finally {
      await story.ends();
    }
  },
);
