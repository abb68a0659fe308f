import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Delivery } from '../../src/demo/box/state.ts';
import { isElsewhere } from '../support/github/elsewhere.ts';
import type { Repository } from '../support/github/repository.ts';
import { Story } from '../support/story/story.ts';

/** The newest webhook of this kind that the box has sent. */
function lastDelivery(story: Story, event: string): Delivery {
  const found = story.box.world.deliveries.findLast((delivery) => delivery.event === event);
  if (!found) throw new Error(`no ${event} was sent`);
  return found;
}

/** How many looks at the repository something leads to, once all is quiet again. */
async function looksAfter(story: Story, happening: () => Promise<unknown>): Promise<number> {
  const before = story.looks();
  await happening();
  await story.settles();
  return story.looks() - before;
}

// Looks are counted in the box's own log.
describe.skipIf(isElsewhere)('deliveries to an App that has nothing to do', () => {
  let story: Story;
  let known: Delivery;

  beforeAll(async () => {
    story = await Story.begins();
    await story.opens('Nobody asks for this');
    await story.settles();
    known = lastDelivery(story, 'issues');
  });

  afterAll(async () => {
    await story.ends();
  });

  test('one with a good signature is taken, and the repository is looked at', async () => {
    const looks = await looksAfter(story, async () => {
      expect(await story.delivers('issues', known.payload)).toBe(200);
    });
    expect(looks).toBeGreaterThan(0);
  });

  test('one with a bad signature is refused, and nobody looks', async () => {
    const looks = await looksAfter(story, async () => {
      expect(await story.delivers('issues', known.payload, { secret: 'guessed' })).toBeGreaterThanOrEqual(
        400,
      );
    });
    expect(looks).toBe(0);
  });

  test('one of an unknown kind is answered and ignored', async () => {
    const looks = await looksAfter(story, async () => {
      expect(await story.delivers('star', { ...Object(known.payload), action: 'created' })).toBe(200);
    });
    expect(looks).toBe(0);
  });

  test('one about what the App did itself is answered and ignored', async () => {
    const looks = await looksAfter(story, async () => {
      const sender = { login: 'heddle[bot]', type: 'Bot' };
      expect(await story.delivers('issues', { ...Object(known.payload), sender })).toBe(200);
    });
    expect(looks).toBe(0);
  });

  test('one that was processed before is dropped when it comes again', async () => {
    const looks = await looksAfter(story, async () => {
      story.box.redeliver(known);
      await story.box.idle();
    });
    expect(looks).toBe(0);
    expect(lastDelivery(story, 'issues')).toMatchObject({ redelivery: true, statusCode: 200 });
  });

  test('what a delivery says is not believed: the label has to be there, set by somebody who may write', async () => {
    const issue = await story.opens('Unlabelled');
    await story.settles();
    const labels = [{ id: 1, name: 'parallel', color: 'ffffff' }];
    const payload = Object(lastDelivery(story, 'issues').payload);
    const forged = { ...payload, action: 'labeled', label: labels[0], issue: { ...payload.issue, labels } };
    expect(await looksAfter(story, () => story.delivers('issues', forged))).toBeGreaterThan(0);
    expect(await story.tracking()).toBeUndefined();
    expect(await story.said(issue)).toEqual([]);
  });
});

describe.skipIf(isElsewhere)('deliveries that go wrong', () => {
  let story: Story;

  beforeAll(async () => {
    story = await Story.begins({ env: { HEDDLE_RESYNC_SECONDS: '2' } });
  });

  afterAll(async () => {
    await story.ends();
  });

  test('they are answered while the look that they ask for still waits for GitHub; the process dies, and both old and redelivered ones count', async () => {
    story.box.faults.request({ path: '/repos/', times: 1_000 }, { kind: 'slow', milliseconds: 120_000 });
    const issue = await story.asks('Work on this');
    await story.box.idle();
    const answered = story.box.world.deliveries.filter(({ statusCode }) => statusCode === 200);
    expect(answered.map(({ event }) => event)).toEqual(['issues', 'issues']);
    expect(story.looks()).toBe(0);
    await story.server.isKilled();
    story.box.faults.clear();
    await story.server.starts();
    for (const delivery of answered) story.box.redeliver(delivery);
    const pull = await story.pullIsReady(issue);
    await story.bob.approves(pull);
    await story.landed(issue);
    expect(await story.shop.pulls()).toHaveLength(1);
  });

  test('doubled and late ones change nothing, and a lost one is made up for by the next look', async () => {
    story.box.faults.webhook({ kind: 'doubled' }, { event: 'issues.labeled' });
    story.box.faults.webhook({ kind: 'reordered' }, { event: 'issues.opened' });
    const first = await story.asks('Announced twice, and in the wrong order');
    await story.pullIsReady(first);
    story.box.faults.webhook({ kind: 'lost' }, { event: 'issues', times: 2 });
    const second = await story.asks('Never announced');
    await story.pullIsReady(second);
    expect(await story.shop.pulls()).toHaveLength(3);
    await story.tracked(first.title, second.title);
  });
});

describe('the first webhook of a repository is lost', () => {
  let story: Story;

  beforeAll(async () => {
    story = await Story.begins({ env: { HEDDLE_RESYNC_SECONDS: '1' } });
  });

  afterAll(async () => {
    await story.ends();
  });

  /** A new repository in which alice asks for work; nothing more happens there. */
  async function asksElsewhere(name: string): Promise<Repository> {
    const policy = { merge: { auto: true, approvals: 0 } };
    const depot = await story.createsRepository(name, { policy });
    await depot.grants('alice', 'write');
    const alice = depot.person('alice');
    const issue = await alice.opensIssue({ title: 'Stack the boxes' });
    await alice.labels(issue, 'parallel');
    return depot;
  }

  const lands = async (depot: Repository): Promise<void> => {
    await story.until('the work to land', async () => (await depot.pulls()).some(({ isMerged }) => isMerged));
  };

  test('because the server was down: the work is found when it starts', async () => {
    await story.server.stops();
    const depot = await asksElsewhere('depot');
    await story.server.starts();
    await lands(depot);
  });

  // What GitHub lists of its deliveries and what it loses are the box's to say.
  test.skipIf(isElsewhere)('and GitHub lists no deliveries: the label is enough', async () => {
    await story.server.stops();
    story.box.faults.request(
      { path: '/app/hook/deliveries', times: 100 },
      { kind: 'status', status: 404, when: 'before' },
    );
    const depot = await asksElsewhere('shed');
    await story.server.starts();
    await lands(depot);
    story.box.faults.clear();
  });

  test.skipIf(isElsewhere)(
    'and it was a command without any label: it is answered, however late',
    async () => {
      await story.server.stops();
      const depot = await story.createsRepository('barn');
      await depot.grants('alice', 'write');
      const issue = await depot.person('alice').opensIssue({ title: 'How does this work?' });
      await depot.person('alice').comments(issue, '/parallel help');
      await story.box.idle();
      await story.passes(3_600_000);
      await story.server.starts();
      await story.until('an answer', async () =>
        (await depot.commentsOn(issue)).some(({ author }) => author === story.site.app.login),
      );
    },
  );

  test.skipIf(isElsewhere)('while the server runs: the work is found at a resync', async () => {
    story.box.faults.webhook({ kind: 'lost' }, { times: 20 });
    const depot = await asksElsewhere('attic');
    expect(await depot.pulls()).toEqual([]);
    await lands(depot);
  });
});
