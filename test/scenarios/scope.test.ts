import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Issue } from '../../src/demo/box/issue.ts';
import { HELD_AGENT, Story } from '../support/story.ts';

let story: Story;

describe('who may set the label', () => {
  beforeAll(async () => {
    story = await Story.begins({ policy: { merge: { auto: false } } });
  });

  afterAll(async () => {
    await story.ends();
  });

  test('the triage role can label but not start work: one polite comment; a writer who labels again starts it', async () => {
    const issue = story.opens('Paint the door');
    story.shop.person('tess').labels(issue, 'parallel');
    await story.until('a refusal', () => story.said(issue).length > 0);
    await story.settles();
    expect(story.said(issue)).toEqual([
      expect.stringMatching(/@tess, thank you[\s\S]*write permission[\s\S]*What to do/),
    ]);
    expect(story.tracking()).toBeUndefined();
    story.bob.unlabels(issue, 'parallel');
    story.bob.labels(issue, 'parallel');
    await story.pullIsReady(issue);
    expect(story.said(issue)).toHaveLength(1);
    await story.tracked(/Paint the door \| 👀 review .*@bob/);
  });

  test('a stranger who opens an issue that has the label already, by a template, starts nothing', async () => {
    const mallory = story.shop.person('mallory');
    const issue = mallory.opensIssue({ title: 'Mine first', labels: ['parallel'] });
    await story.until('a refusal', () => story.said(issue).length > 0);
    await story.settles();
    expect(story.said(issue)).toEqual([expect.stringContaining('@mallory')]);
    expect(story.pullOf(issue)).toBeUndefined();
  });

  test('permission is looked up when the label is seen, not believed from before', async () => {
    story.shop.grants('carol', 'write');
    const issue = story.opens('Paint the roof');
    story.shop.grants('carol', 'read');
    story.shop.person('carol').labels(issue, 'parallel');
    await story.until('a refusal', () => story.said(issue).length > 0);
    expect(story.state(issue)).toBe('');
  });
});

describe('the rolling run', () => {
  afterEach(async () => {
    await story.ends();
  });

  test('nothing is planned before the labels are quiet; then all of them are one plan, and a later one joins with the next revision', async () => {
    story = await Story.begins({ agent: HELD_AGENT, env: { HEDDLE_QUIET_MS: '1200' } });
    const first = story.asks('First');
    await story.settles();
    const second = story.asks('Second');
    await story.settles();
    expect(story.tracking()).toBeUndefined();
    const unasked = story.opens('Not asked for');
    await story.workBegins(first, second);
    await story.tracked('plan 1', /#\d+ First/, /#\d+ Second/, `1. #${first.number} and #${second.number}`);
    const third = story.asks('Third');
    await story.workBegins(third);
    const body = await story.tracked('plan 2', /#\d+ Third/);
    expect(body).not.toContain(unasked.title);
    const tracking = [...story.shop.repo.issues.values()].filter(({ title }) => title === 'Parallel work');
    expect(tracking).toHaveLength(1);
  });

  test('when every task has ended the run ends, and the next label opens a new one', async () => {
    story = await Story.begins();
    const stop = story.approvesEverything();
    const first = story.asks('First');
    await story.landed(first);
    const tracking = story.tracking();
    await story.until('the run to end', () => tracking?.state === 'closed');
    const second = story.asks('Second');
    await story.landed(second);
    stop();
    await story.until('another tracking issue', () => story.tracking()?.state === 'closed');
    expect(story.tracking()?.number).not.toBe(tracking?.number);
    expect(story.tracking()?.body).not.toContain(first.title);
  });
});

describe('taking an issue out', () => {
  let issue: Issue;

  beforeAll(async () => {
    story = await Story.begins({ agent: HELD_AGENT });
    story.asks('Stays open');
  });

  afterAll(async () => {
    await story.ends();
  });

  test('without its label the attempt is cancelled: its agent ends, and the state label goes', async () => {
    issue = story.asks('Wanted, then not');
    await story.workBegins(issue);
    story.alice.unlabels(issue, 'parallel');
    await story.tracked(/Wanted, then not \| ↩️ taken out .*label `parallel` was removed/);
    await story.until('the label to go', () => story.state(issue) === '');
    await story.lets(issue);
    await story.settles();
    expect(await story.diary()).not.toContain(`end ${issue.number}`);
    expect(story.pullOf(issue)).toBeUndefined();
  });

  test('labelled again, it comes back as the same task with the next attempt', async () => {
    story.alice.labels(issue, 'parallel');
    const pull = await story.pullIsReady(issue);
    expect(await story.shop.file(pull.head.ref, `work-${issue.number}.txt`)).toContain('attempt 2');
  });

  test('closed, its branch and its pull request are kept', async () => {
    const pull = story.pullOf(issue);
    const tip = pull?.head.sha;
    story.alice.closes(issue);
    await story.tracked(/Wanted, then not \| ↩️ taken out .*was closed/);
    await story.settles();
    expect(await story.shop.tip(pull?.head.ref ?? '')).toBe(tip);
    expect(story.shop.issue(pull?.number ?? 0).state).toBe('open');
  });

  test('deleted, it leaves the run, and the others go on', async () => {
    const gone = story.asks('Deleted');
    await story.workBegins(gone);
    story.alice.deletes(gone);
    await story.tracked(/taken out .*can no longer be read/);
  });
});

describe('an epic', () => {
  afterEach(async () => {
    await story.ends();
  });

  /** Alice opens an epic with these sub-issues and labels it. */
  function asksForEpic(...titles: readonly string[]): { epic: Issue; children: readonly Issue[] } {
    const epic = story.opens('Build the shop', 'The whole of it.');
    const children = titles.map((title) => story.opens(title));
    for (const child of children) story.alice.addsSubIssue(epic, child);
    story.alice.labels(epic, 'parallel');
    return { epic, children };
  }

  test('is a run of its own, of its open sub-issues, under one sticky comment; its text is never touched', async () => {
    story = await Story.begins({ agent: HELD_AGENT });
    const loose = story.asks('Loose');
    const { epic, children } = asksForEpic('Walls', 'Roof', 'Long done');
    const [walls, roof, done] = children as [Issue, Issue, Issue];
    story.alice.closes(done);
    await story.workBegins(walls, roof, loose);
    const sticky = await story.until('the sticky comment', () => story.said(epic)[0]);
    expect(sticky).toContain('Walls');
    expect(sticky).not.toContain('Loose');
    expect(await story.tracked('Loose')).not.toContain('Walls');
    await story.lets();
    const stop = story.approvesEverything();
    await story.landed(walls, roof, loose);
    stop();
    await story.until('the report', () => story.said(epic)[0]?.includes('2 of 2 landed'));
    expect(story.said(epic)).toHaveLength(1);
    expect(epic).toMatchObject({ title: 'Build the shop', body: 'The whole of it.', state: 'open' });
    expect(epic.lastEditedAt).toBeNull();
    expect(await story.diary()).not.toContain(`begin ${done.number}`);
  });

  test('owns its sub-issues, also those labelled themselves; one that comes later joins, one that is taken out leaves', async () => {
    story = await Story.begins({ agent: HELD_AGENT });
    const { epic, children } = asksForEpic('Walls', 'Roof');
    const [walls, roof] = children as [Issue, Issue];
    story.alice.labels(walls, 'parallel');
    await story.workBegins(walls, roof);
    const door = story.opens('Door');
    story.alice.addsSubIssue(epic, door);
    await story.workBegins(door);
    story.alice.removesSubIssue(epic, roof);
    await story.until('the roof to leave', () =>
      /Roof \| ↩️ taken out .*no longer a sub-issue/.test(story.said(epic)[0] ?? ''),
    );
    expect(story.tracking()).toBeUndefined();
    story.alice.unlabels(epic, 'parallel');
    await story.until('the rest to leave', () =>
      /Door \| ↩️ taken out .*removed from the epic/.test(story.said(epic)[0] ?? ''),
    );
  });

  test('with nothing open to do, it says so once', async () => {
    story = await Story.begins();
    const epic = story.opens('Built long ago');
    const child = story.opens('Walls');
    story.alice.addsSubIssue(epic, child);
    story.alice.closes(child);
    story.alice.labels(epic, 'parallel');
    await story.until('an explanation', () => story.said(epic).length > 0);
    await story.settles();
    expect(story.said(epic)).toEqual([expect.stringContaining('none of them is open')]);
  });
});
