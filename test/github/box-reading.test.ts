import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Developer } from '../../src/demo/box/developers.ts';
import type { Issue } from '../../src/demo/box/issue.ts';
import { sha } from '../../src/domain/ids.ts';
import type { Pull } from '../../src/domain/pull.ts';
import { type Boxed, startBoxed } from './boxed.ts';

let world: Boxed;
let ann: Developer;
let tim: Developer;
let one: Issue;
let two: Issue;

beforeAll(async () => {
  world = await startBoxed();
  const shop = world.box.repository('acme/shop');
  ann = shop.person('ann');
  tim = shop.person('tim');
  one = ann.opensIssue({ title: 'First', body: 'Do it' });
  two = ann.opensIssue({ title: 'Second' });
  ann.labels(one, 'parallel');
  tim.labels(two, 'parallel');
  ann.blocks(two, one);
});
afterAll(() => world.box.close());

test('the App knows its own login', async () => {
  expect(await world.github.app.login()).toBe('heddle[bot]');
});

test('a repository is read by its id', () => {
  expect(world.home).toMatchObject({ owner: 'acme', name: 'shop', defaultBranch: 'main', readOnly: false });
});

test('labelled issues come oldest first, with their text', async () => {
  const found = await world.reader.labelledIssues(world.home, 'parallel');
  expect(found.map(({ number, title, body }) => [number, title, body])).toEqual([
    [one.number, 'First', 'Do it'],
    [two.number, 'Second', ''],
  ]);
});

test('the timeline says who set the label', async () => {
  expect(await world.reader.labelEvent(world.home, two.number, 'parallel')).toMatchObject({ actor: 'tim' });
  expect(await world.reader.labelEvent(world.home, two.number, 'bug')).toBeNull();
});

test('blockers come with their state', async () => {
  expect(await world.reader.blockedBy(world.home, two.number)).toEqual([
    { ref: { owner: 'acme', name: 'shop', number: one.number }, state: 'open' },
  ]);
  expect(await world.reader.issue(world.home, two.number)).toMatchObject({ blockedByCount: 1 });
});

test('sub-issues keep the order that people gave them', async () => {
  const epic = ann.opensIssue({ title: 'Epic' });
  ann.addsSubIssue(epic, two);
  ann.addsSubIssue(epic, one);
  const children = await world.reader.subIssues(world.home, epic.number);
  expect(children.map((child) => child.number)).toEqual([two.number, one.number]);
  expect(await world.reader.issue(world.home, epic.number)).toMatchObject({
    subIssueCount: 2,
    hasParent: false,
  });
  expect(await world.reader.issue(world.home, one.number)).toMatchObject({ hasParent: true });
});

test('an issue that is not there is null, a blocker that is not there unreadable', async () => {
  expect(await world.reader.issue(world.home, 999)).toBeNull();
  const ref = { owner: 'acme', name: 'elsewhere', number: 1 };
  expect(await world.reader.blocker(world.home, ref)).toEqual({ ref, state: 'unreadable' });
});

test.each([
  ['ann', 'write'],
  ['tim', 'triage'],
])('%s may %s', async (login, permission) => {
  expect(await world.reader.permission(world.home, login)).toBe(permission);
});

test('somebody unknown may not write', async () => {
  expect(['none', 'read']).toContain(await world.reader.permission(world.home, 'nobody-here'));
});

test('comments since a time come with issue and author', async () => {
  ann.comments(one, '/parallel run');
  const found = await world.reader.comments(world.home, 0);
  expect(found.at(-1)).toMatchObject({
    issue: one.number,
    author: 'ann',
    byBot: false,
    body: '/parallel run',
  });
  expect(await world.reader.comments(world.home, world.box.clock.now() + 60_000)).toEqual([]);
});

test('a file of the default branch comes with its blob, a missing one is null', async () => {
  expect(await world.reader.file(world.home, 'readme.md')).toMatchObject({ text: 'hello\n' });
  expect(await world.reader.file(world.home, '.github/parallel.yml')).toBeNull();
});

test('more issues than fit on a page are all read', async () => {
  for (let number = 0; number < 120; number++)
    ann.labels(ann.opensIssue({ title: `Many ${number}` }), 'many');
  expect(await world.reader.labelledIssues(world.home, 'many')).toHaveLength(120);
});

test('reading the same again costs nothing of the limit', async () => {
  await world.reader.issue(world.home, one.number);
  const before = world.box.calls.all.length;
  await world.reader.issue(world.home, one.number);
  expect(world.box.calls.all.slice(before).map((call) => call.status)).toEqual([304]);
});

test('a pull request comes with its reviews, their comments, and its checks', async () => {
  world.box.repository('acme/shop').ci(() => ({ conclusion: 'success' }));
  const head = await ann.pushes('parallel/1-first', { 'a.ts': 'one\ntwo\n' });
  const opened = await ann.opensPull({ title: 'First', head: 'parallel/1-first', base: 'main' });
  await tim.reviews(opened, {
    event: 'REQUEST_CHANGES',
    body: 'No',
    comments: [{ path: 'a.ts', line: 2, body: 'Why?' }],
  });
  expect(await world.reader.pull(world.home, opened.number)).toMatchObject({
    number: opened.number,
    branch: 'parallel/1-first',
    headSha: head,
    merged: false,
  });
  expect(await world.reader.reviews(world.home, opened.number)).toMatchObject([
    {
      author: 'tim',
      state: 'changes-requested',
      body: 'No',
      commit: head,
      comments: [{ path: 'a.ts', line: 2, body: 'Why?' }],
    },
  ]);
  await expect
    .poll(() => world.reader.checks(world.home, sha(head)))
    .toEqual({ state: 'success', names: [] });
  await expect.poll(async () => (await world.reader.pull(world.home, opened.number)).mergeable).toBe(true);
});

test('pull requests that are asked for together are read as they are, in one call but for those that are closed', async () => {
  const opened = [];
  for (const name of ['one', 'two', 'three']) {
    await ann.pushes(`parallel/${name}`, { [`${name}.ts`]: name });
    opened.push(await ann.opensPull({ title: name, head: `parallel/${name}`, base: 'main' }));
  }
  const [, , third] = opened;
  if (third) await ann.merges(third, 'squash');
  const alone = [];
  for (const { number } of opened) alone.push(await world.reader.pull(world.home, number));
  const before = world.box.calls.all.length;
  const together = await Promise.all(opened.map(({ number }) => world.reader.pull(world.home, number)));
  expect(together.map(withoutMergeable)).toEqual(alone.map(withoutMergeable));
  expect(together[2]).toMatchObject({ state: 'closed', merged: true });
  expect(world.box.calls.all.length - before).toBe(2);
});

const withoutMergeable = (pull: Pull) => ({ ...pull, mergeable: null });

test('the App sees its installations, their repositories, and what could not be delivered to it', async () => {
  const { app, reader } = world.github;
  const since = world.box.clock.now() - 60_000;
  const [id = 0, ...others] = await app.installations();
  expect(others).toEqual([]);
  expect(await reader(id).repositories()).toContainEqual(world.home);
  world.box.faults.webhook({ kind: 'lost' }, { event: 'issues.edited' });
  // Times are told in seconds: this one is to be the last.
  world.box.clock.advance(2_000);
  ann.edits(one, { title: 'First of all' });
  await world.box.idle();
  const { failed, upTo } = await app.deliveries(since);
  expect(failed.at(-1)).toMatchObject({ event: 'issues', repositoryId: world.home.key.repositoryId });
  expect(upTo).toBeGreaterThanOrEqual(failed.at(-1)?.at ?? Number.NaN);
  expect(await app.deliveries(upTo + 60_000)).toEqual({ failed: [], upTo: upTo + 60_000 });
});

test('issues that were updated since are listed, closed ones too', async () => {
  const old = ann.opensIssue({ title: 'Old' });
  world.box.clock.advance(600_000);
  const since = world.box.clock.now() - 1_000;
  const recent = ann.opensIssue({ title: 'Recent' });
  ann.closes(recent);
  const numbers = (await world.reader.issuesSince(world.home, since)).map(({ number }) => number);
  expect(numbers).toContain(recent.number);
  expect(numbers).not.toContain(old.number);
});
