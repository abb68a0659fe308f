import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Developer } from '../../src/demo/box/developers.ts';
import type { Issue } from '../../src/demo/box/issue.ts';
import type { RepositoryView } from '../../src/demo/box/verbs.ts';
import { type Sha, sha } from '../../src/domain/ids.ts';
import { readMarker } from '../../src/domain/marker.ts';
import { type Boxed, startBoxed } from './boxed.ts';

let world: Boxed;
let shop: RepositoryView;
let ann: Developer;
let issue: Issue;

beforeEach(async () => {
  world = await startBoxed();
  shop = world.box.repository('acme/shop');
  ann = shop.person('ann');
  issue = ann.opensIssue({ title: 'First' });
});
afterEach(() => world.box.close());

/** GitHub acts, but its answer is lost. */
const loseAnswer = (path: string, method = 'POST') =>
  world.box.faults.request({ method, path }, { kind: 'closed', when: 'after' });

const comment = { kind: 'comment', issue: 1, body: 'Hello' } as const;

test('a comment whose answer was lost is found again by its marker', async () => {
  loseAnswer('/comments');
  await expect(world.perform('k1', comment)).rejects.toMatchObject({ name: 'Retryable' });
  const found = await world.perform('k1', comment, { retry: true });
  const [only, ...more] = shop.commentsOn(issue);
  expect(found).toEqual({ kind: 'comment', id: only?.id });
  expect(more).toEqual([]);
  expect(readMarker(only?.body ?? '')).toMatchObject({ key: 'k1', issue: 1 });
});

test('a sticky comment is edited in place, and written anew where it was deleted', async () => {
  const first = await world.perform('k1', comment, { mode: 'level' });
  const edited = { ...comment, body: 'Bye' };
  expect(await world.perform('k1', edited, { mode: 'level', previous: first })).toEqual(first);
  expect(shop.commentsOn(issue).map(({ body }) => body.split('\n')[0])).toEqual(['Bye']);
  for (const one of shop.commentsOn(issue)) ann.deletesComment(one);
  const again = await world.perform('k1', edited, { mode: 'level', previous: first });
  expect(again).not.toEqual(first);
  expect(shop.commentsOn(issue)).toHaveLength(1);
});

test('an issue whose answer was lost is not created twice', async () => {
  const tracking = { kind: 'create-issue', title: 'Tracking', body: 'Table', labels: ['tracking'] } as const;
  loseAnswer('/issues');
  await expect(world.perform('t1', tracking)).rejects.toMatchObject({ name: 'Retryable' });
  expect(await world.perform('t1', tracking, { retry: true })).toMatchObject({ kind: 'issue', number: 2 });
  expect([...shop.repo.issues.values()].map(({ title }) => title)).toEqual(['First', 'Tracking']);
});

test('an issue is edited and closed', async () => {
  expect(await world.perform('e', { kind: 'edit-issue', issue: 1, body: 'New' })).toEqual({ kind: 'done' });
  expect(await world.perform('c', { kind: 'close-issue', issue: 1, reason: 'completed' })).toEqual({
    kind: 'done',
  });
  expect(await world.reader.issue(world.home, 1)).toMatchObject({
    state: 'closed',
    body: expect.stringMatching(/^New/),
  });
});

test('labels are added and taken away, other labels stay, one that is gone is no error', async () => {
  ann.labels(issue, 'parallel', 'parallel:queued');
  const labels = {
    kind: 'set-labels',
    issue: 1,
    add: ['parallel:running'],
    remove: ['parallel:queued', 'nothing'],
  } as const;
  expect(await world.perform('l', labels)).toEqual({ kind: 'done' });
  expect([...shop.labelsOn(issue)].sort()).toEqual(['parallel', 'parallel:running']);
});

test('a reaction twice is a reaction once', async () => {
  const { id } = ann.comments(issue, '/parallel run');
  for (const key of ['r', 'r']) await world.perform(key, { kind: 'react', comment: id, content: 'eyes' });
  expect(shop.commentsOn(issue)[0]?.reactions).toHaveLength(1);
});

test('a sub-issue that is linked already is done', async () => {
  const child = ann.opensIssue({ title: 'Child' });
  const link = { kind: 'add-sub-issue', parent: 1, childId: child.id } as const;
  expect(await world.perform('s', link)).toEqual({ kind: 'done' });
  expect(await world.perform('s', link, { retry: true })).toEqual({ kind: 'done' });
  expect(await world.reader.subIssues(world.home, 1)).toHaveLength(1);
});

const opening = {
  kind: 'open-pull',
  branch: 'parallel/1-first',
  base: 'main',
  title: 'First',
  body: 'Closes #1',
} as const;

async function openPull(): Promise<{ number: number; head: Sha }> {
  const head = sha(await ann.pushes(opening.branch, { 'a.ts': 'one\n' }));
  const opened = await world.perform('p', opening);
  return { head, number: opened.kind === 'pull' ? opened.number : Number.NaN };
}

test('a pull request is a draft, and found again when its answer was lost', async () => {
  await ann.pushes(opening.branch, { 'a.ts': 'one\n' });
  loseAnswer('/pulls');
  await expect(world.perform('p', opening)).rejects.toMatchObject({ name: 'Retryable' });
  const found = await world.perform('p', opening, { retry: true });
  expect(found).toMatchObject({ kind: 'pull', number: 2 });
  expect(shop.repo.pulls.size).toBe(1);
  expect(shop.pull(2).draft).toBe(true);
});

test('a pull request that a person opened for the branch is taken', async () => {
  await ann.pushes(opening.branch, { 'a.ts': 'one\n' });
  const theirs = await ann.opensPull({ title: 'Mine', head: opening.branch, base: 'main' });
  expect(await world.perform('p', opening)).toMatchObject({ kind: 'pull', number: theirs.number });
});

test('a pull request that the list does not show yet is waited for, not given up', async () => {
  await ann.pushes(opening.branch, { 'a.ts': 'one\n' });
  world.box.faults.listLagMs = 60_000;
  await world.perform('p', opening);
  const again = world.perform('p', opening, { retry: true });
  await expect(again).rejects.toMatchObject({ name: 'Retryable' });
  world.box.faults.listLagMs = 0;
  expect(await world.perform('p', opening, { retry: true })).toMatchObject({ kind: 'pull', number: 2 });
});

test('a pull request for a branch that is gone asks to look again', async () => {
  expect(await world.perform('p', { ...opening, branch: 'nowhere' })).toMatchObject({
    kind: 'refused',
    stale: true,
  });
});

const check = (headSha: Sha, more: object = {}) =>
  ({
    kind: 'check',
    check: {
      name: 'parallel/verify',
      headSha,
      status: 'in_progress',
      conclusion: null,
      title: 't',
      summary: 's',
      text: '',
      ...more,
    },
  }) as const;

test('a check run is edited in place, and found again on its head', async () => {
  const { head } = await openPull();
  loseAnswer('/check-runs');
  await expect(world.perform('v', check(head), { mode: 'level' })).rejects.toMatchObject({
    name: 'Retryable',
  });
  const found = await world.perform('v', check(head), { mode: 'level', retry: true });
  const passed = check(head, { status: 'completed', conclusion: 'success' });
  expect(await world.perform('v', passed, { mode: 'level', previous: found })).toEqual(found);
  expect([...shop.repo.checkRuns.values()].map(({ conclusion }) => conclusion)).toEqual(['success']);
});

test('our own check of what is waited for does not count, our verification does', async () => {
  const { head } = await openPull();
  await world.perform('d', check(head, { name: 'parallel/dependencies' }));
  expect(await world.reader.checks(world.home, head)).toEqual({ state: 'none', names: [] });
  await world.perform('v', check(head, { status: 'completed', conclusion: 'failure' }));
  expect(await world.reader.checks(world.home, head)).toEqual({
    state: 'failure',
    names: ['parallel/verify'],
  });
});

test('a pull request is made ready once, and merged at the head that was looked at', async () => {
  const { number, head } = await openPull();
  const nodeId = (await world.reader.pull(world.home, number)).nodeId;
  const ready = { kind: 'ready-pull', pull: number, nodeId } as const;
  expect(await world.perform('r', ready)).toEqual({ kind: 'done' });
  expect(await world.perform('r', ready)).toEqual({ kind: 'done' });
  const merge = { kind: 'merge', pull: number, sha: head, method: 'squash' } as const;
  const moved = sha(await ann.pushes(opening.branch, { 'b.ts': 'b\n' }));
  expect(await world.perform('m', merge)).toMatchObject({ kind: 'refused', stale: true });
  loseAnswer('/merge', 'PUT');
  await expect(world.perform('m2', { ...merge, sha: moved })).rejects.toMatchObject({ name: 'Retryable' });
  const merged = await world.perform('m2', { ...merge, sha: moved }, { retry: true });
  expect(merged).toEqual({ kind: 'merged', sha: await shop.tip('main') });
});

test('a review is asked for again without harm, and answered once in its thread', async () => {
  const { number } = await openPull();
  const ask = { kind: 'request-review', pull: number, reviewers: ['ann'] } as const;
  expect(await world.perform('a', ask)).toEqual({ kind: 'done' });
  expect(await world.perform('a', ask)).toEqual({ kind: 'done' });
  await ann.reviews(shop.pull(number), {
    event: 'REQUEST_CHANGES',
    body: 'No',
    comments: [{ path: 'a.ts', line: 1, body: 'Why?' }],
  });
  const [review] = await world.reader.reviews(world.home, number);
  const reply = {
    kind: 'reply-review',
    pull: number,
    comment: review?.comments[0]?.id ?? 0,
    body: 'Because',
  } as const;
  loseAnswer('/replies');
  await expect(world.perform('q', reply)).rejects.toMatchObject({ name: 'Retryable' });
  expect(await world.perform('q', reply, { retry: true })).toMatchObject({ kind: 'comment' });
  expect(
    shop.pull(number).threads.flatMap(({ comments }) => comments.map(({ body }) => body.split('\n')[0])),
  ).toEqual(['Why?', 'Because']);
});

test('who has answered a request whose own answer was lost is not asked once more', async () => {
  const { number } = await openPull();
  const pull = shop.pull(number);
  const ask = { kind: 'request-review', pull: number, reviewers: ['ann'] } as const;
  loseAnswer('/requested_reviewers');
  await expect(world.perform('a', ask)).rejects.toMatchObject({ name: 'Retryable' });
  await ann.approves(pull);
  expect(await world.perform('a', ask, { retry: true })).toEqual({ kind: 'done' });
  expect(pull.requestedReviewerIds).toEqual([]);
});

test('a token of the git half is good for one repository and no more than it was asked for', async () => {
  const request = {
    installationId: world.home.key.installationId,
    repositoryId: world.home.key.repositoryId,
  };
  const token = await world.github.token({ ...request, permissions: { contents: 'read' } });
  const minted = world.box.world.tokens.get(token);
  expect(minted).toMatchObject({
    permissions: { contents: 'read' },
    repositoryIds: new Set([request.repositoryId]),
  });
});
