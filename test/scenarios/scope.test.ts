import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isElsewhere } from '../support/github/elsewhere.ts';
import type { Issue } from '../support/github/things.ts';
import { HELD_AGENT, Story } from '../support/story/story.ts';

let story: Story;

describe('who may set the label', () => {
  beforeAll(async () => {
    story = await Story.begins({ policy: { merge: { auto: false } } });
  });

  afterAll(async () => {
    await story.ends();
  });

  test('the triage role can label but not start work: one polite comment; a writer who labels again starts it', async () => {
    const issue = await story.opens('Paint the door');
    await story.shop.person('tess').labels(issue, 'parallel');
    await story.tells(issue);
    await story.settles();
    expect(await story.said(issue)).toEqual([
      expect.stringMatching(/, thank you[\s\S]*write permission[\s\S]*What to do/),
    ]);
    expect(await story.tracking()).toBeUndefined();
    await story.bob.unlabels(issue, 'parallel');
    await story.bob.labels(issue, 'parallel');
    await story.pullIsReady(issue);
    expect(await story.said(issue)).toHaveLength(1);
    await story.tracked(new RegExp(`Paint the door \\| 👀 review .*@${story.bob.login}`));
  });

  // Templates label in the browser only: by the API, labels of somebody who may not label are left out.
  test.skipIf(isElsewhere)(
    'a stranger who opens an issue that has the label already, by a template, starts nothing',
    async () => {
      const mallory = story.box.repository(story.shop.fullName).person('mallory');
      const issue = await story.shop.issue(mallory.opensIssue({ title: 'Mine first', labels: ['parallel'] }));
      await story.tells(issue);
      await story.settles();
      expect(await story.said(issue)).toEqual([expect.stringContaining(`@${mallory.account.login}`)]);
      expect(await story.pullOf(issue)).toBeUndefined();
    },
  );

  test('permission is looked up when the label is seen, not believed from before', async () => {
    await story.shop.grants('tess', 'write');
    const issue = await story.opens('Paint the roof');
    await story.shop.grants('tess', 'triage');
    await story.shop.person('tess').labels(issue, 'parallel');
    await story.tells(issue);
    expect(await story.state(issue)).toBe('');
  });
});

describe('the rolling run', () => {
  afterEach(async () => {
    await story.ends();
  });

  test('nothing is planned before the labels are quiet; then all of them are one plan, and a later one joins with the next revision', async () => {
    story = await Story.begins({ agent: HELD_AGENT, env: { HEDDLE_QUIET_MS: '4000' } });
    const first = await story.asks('First');
    await story.quiet(2_500);
    const asked = performance.now();
    const second = await story.asks('Second');
    await story.quiet(1_800);
    const early = await story.tracking();
    // A machine that is too busy to look in time sees nothing.
    if (performance.now() - asked < 4_000) expect(early).toBeUndefined();
    const unasked = await story.opens('Not asked for');
    await story.workBegins(first, second);
    await story.tracked('plan 1', /#\d+ First/, /#\d+ Second/, `1. #${first.number} and #${second.number}`);
    const third = await story.asks('Third');
    await story.workBegins(third);
    const body = await story.tracked('plan 2', /#\d+ Third/);
    expect(body).not.toContain(unasked.title);
    const all = await story.shop.issues();
    expect(all.filter(({ title }) => title === 'Parallel work')).toHaveLength(1);
  });

  test('when every task has ended the run ends, and the next label opens a new one', async () => {
    story = await Story.begins();
    const stop = story.approvesEverything();
    const first = await story.asks('First');
    await story.landed(first);
    const tracking = await story.runEnds();
    const second = await story.asks('Second');
    await story.landed(second);
    await stop();
    const another = await story.until('another run to end', async () => {
      const ended = await story.runEnds();
      return ended.number !== tracking.number && ended;
    });
    expect(another.body).not.toContain(first.title);
  });
});

describe('taking an issue out', () => {
  let issue: Issue;

  beforeAll(async () => {
    story = await Story.begins({ agent: HELD_AGENT });
    await story.asks('Stays open');
  });

  afterAll(async () => {
    await story.ends();
  });

  test('without its label the attempt is cancelled: its agent ends, and the state label goes', async () => {
    issue = await story.asks('Wanted, then not');
    await story.workBegins(issue);
    await story.alice.unlabels(issue, 'parallel');
    await story.tracked(/Wanted, then not \| ↩️ taken out .*label `parallel` was removed/);
    await story.becomes('', issue);
    await story.lets(issue);
    await story.settles();
    expect(await story.diary()).not.toContain(`end ${issue.number}`);
    expect(await story.pullOf(issue)).toBeUndefined();
  });

  test('labelled again, it comes back as the same task with the next attempt', async () => {
    await story.alice.labels(issue, 'parallel');
    const pull = await story.pullIsReady(issue);
    expect(await story.shop.file(pull.head.ref, `work-${issue.number}.txt`)).toContain('attempt 2');
  });

  test('closed, its branch and its pull request are kept', async () => {
    const pull = await story.until('its pull request', () => story.pullOf(issue));
    await story.alice.closes(issue);
    await story.tracked(/Wanted, then not \| ↩️ taken out .*was closed/);
    await story.settles();
    expect(await story.shop.tip(pull.head.ref)).toBe(pull.head.sha);
    expect((await story.shop.pull(pull)).state).toBe('open');
  });

  test('deleted, it leaves the run, and the others go on', async () => {
    const gone = await story.asks('Deleted');
    await story.workBegins(gone);
    await story.shop.owner.deletes(gone);
    await story.tracked(/taken out .*can no longer be read/);
  });
});

describe('an epic', () => {
  afterEach(async () => {
    await story.ends();
  });

  /** Alice opens an epic with these sub-issues and labels it. */
  async function asksForEpic(
    ...titles: readonly string[]
  ): Promise<{ readonly epic: Issue; readonly children: readonly Issue[] }> {
    const epic = await story.opens('Build the shop', 'The whole of it.');
    const children: Issue[] = [];
    for (const title of titles) children.push(await story.opens(title));
    for (const child of children) await story.alice.addsSubIssue(epic, child);
    await story.alice.labels(epic, 'parallel');
    return { epic, children };
  }

  test('is a run of its own, of its open sub-issues, under one sticky comment; its text is never touched', async () => {
    story = await Story.begins({ agent: HELD_AGENT });
    const loose = await story.asks('Loose');
    const { epic, children } = await asksForEpic('Walls', 'Roof', 'Long done');
    const [walls, roof, done] = children as [Issue, Issue, Issue];
    await story.alice.closes(done);
    await story.workBegins(walls, roof, loose);
    const sticky = await story.tells(epic, 'Walls');
    expect(sticky).not.toContain('Loose');
    expect(await story.tracked('Loose')).not.toContain('Walls');
    await story.lets();
    const stop = story.approvesEverything();
    await story.landed(walls, roof, loose);
    await stop();
    await story.tells(epic, '2 of 2 landed');
    expect(await story.said(epic)).toHaveLength(1);
    expect(await story.shop.issue(epic)).toEqual(epic);
    expect(await story.diary()).not.toContain(`begin ${done.number}`);
  });

  test('owns its sub-issues, also those labelled themselves; one that comes later joins, one that is taken out leaves; one with nothing open to do says so once', async () => {
    story = await Story.begins({ agent: HELD_AGENT });
    const { epic, children } = await asksForEpic('Walls', 'Roof');
    const [walls, roof] = children as [Issue, Issue];
    await story.alice.labels(walls, 'parallel');
    await story.workBegins(walls, roof);
    const door = await story.opens('Door');
    await story.alice.addsSubIssue(epic, door);
    await story.workBegins(door);
    await story.alice.removesSubIssue(epic, roof);
    await story.tells(epic, /Roof \| ↩️ taken out .*no longer a sub-issue/);
    expect(await story.tracking()).toBeUndefined();
    await story.alice.unlabels(epic, 'parallel');
    await story.tells(epic, /Door \| ↩️ taken out .*removed from the epic/);
    const old = await story.opens('Built long ago');
    const child = await story.opens('Floor');
    await story.alice.addsSubIssue(old, child);
    await story.alice.closes(child);
    await story.alice.labels(old, 'parallel');
    await story.tells(old);
    await story.settles();
    expect(await story.said(old)).toEqual([expect.stringContaining('none of them is open')]);
  });
});
