import type { Octokit } from '@octokit/rest';
import { beforeEach, expect, test } from 'vitest';
import type { Developer } from '../../../src/demo/box/developers.ts';
import type { Box } from '../../../src/demo/box/start.ts';
import type { RepositoryView } from '../../../src/demo/box/verbs.ts';
import { installationClient, type Problems, refusal } from '../../support/box-clients.ts';
import { boxEachTest } from '../../support/boxed.ts';
import { eventually } from '../../support/eventually.ts';
import type { Listener } from '../../support/listener.ts';

let box: Box;
let listener: Listener;
let view: RepositoryView;
let alice: Developer;
let app: Octokit['rest'];
let problems: Problems;
const shop = { owner: 'acme', repo: 'shop' };
const lines = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n';

const boxed = boxEachTest({ listens: true });

beforeEach(async () => {
  ({ box, listener, problems } = boxed());
  view = await box.createsRepository('acme/shop', { collaborators: { alice: 'write' }, files: { a: lines } });
  alice = view.person('alice');
  app = installationClient(box, box.installsApp('acme').id, problems).rest;
});

async function opened(branch = 'topic', more: { draft?: boolean; body?: string } = {}) {
  if ((await view.tip(branch)) === undefined) await alice.pushes(branch, { [`${branch}.txt`]: 'new\n' });
  const { data } = await app.pulls.create({
    ...shop,
    title: `Add ${branch}`,
    head: branch,
    base: 'main',
    ...more,
  });
  return { ...shop, pull_number: data.number };
}

async function computed(at: { owner: string; repo: string; pull_number: number }) {
  return await eventually(async () => {
    const { data } = await app.pulls.get(at);
    expect(data.mergeable).not.toBeNull();
    return data;
  });
}

test('a new pull request is a pull request, an issue, and not mergeable yet', async () => {
  box.faults.mergeableDelayMs = 100;
  const at = await opened('topic', { draft: true, body: 'Closes #7' });

  const { data: pull } = await app.pulls.get(at);
  expect(pull).toMatchObject({ mergeable: null, mergeable_state: 'unknown', draft: true, commits: 1 });
  expect(pull).toMatchObject({
    additions: 1,
    deletions: 0,
    changed_files: 1,
    user: { login: 'heddle[bot]' },
  });
  const { data: issue } = await app.issues.get({ ...shop, issue_number: at.pull_number });
  expect(issue.pull_request?.url).toBe(pull.url);
  expect(await computed(at)).toMatchObject({ mergeable: true, mergeable_state: 'draft' });
});

test('a second pull request for a branch is refused, and so is one with nothing in it', async () => {
  await opened();
  expect(await refusal(opened())).toBe(422);

  await alice.pushes('same', {});
  await app.git.createRef({ ...shop, ref: 'refs/heads/empty', sha: (await view.tip('main')) ?? '' });
  expect(await refusal(opened('empty'))).toBe(422);
  const missing = app.pulls.create({ ...shop, title: 'X', head: 'nowhere', base: 'main' });
  expect(await refusal(missing)).toBe(422);
});

test('lists are filtered by state, head and base', async () => {
  await opened('one');
  const two = await opened('two');
  await app.pulls.update({ ...two, state: 'closed' });
  const numbers = async (query: object) =>
    (await app.pulls.list({ ...shop, ...query })).data.map((pull) => pull.head.ref);

  expect(await numbers({})).toEqual(['one']);
  expect(await numbers({ state: 'all' })).toEqual(['two', 'one']);
  expect(await numbers({ state: 'all', head: 'acme:two' })).toEqual(['two']);
  expect(await numbers({ base: 'other' })).toEqual([]);
  expect(await numbers({ state: 'all', per_page: 1, page: 2 })).toEqual(['one']);
});

test.each([
  ['merge', ['Merge pull request #1 from acme/topic\n\nAdd topic', 'Initial commit']],
  [
    'squash',
    [expect.stringMatching(/^Change topic.txt \(#1\)\n\nCo-authored-by: alice </), 'Initial commit'],
  ],
  ['rebase', ['Change topic.txt', 'Initial commit']],
] as const)('merging by %s puts it on the base with the right message', async (merge_method, messages) => {
  const at = await opened();
  const { sha } = (await app.pulls.get(at)).data.head;
  const { data } = await app.pulls.merge({ ...at, sha, merge_method });

  expect((await view.log('main')).map(({ message }) => message)).toEqual(messages);
  expect(data.sha).toBe(await view.tip('main'));
  expect(await view.file('main', 'topic.txt')).toBe('new\n');
  const { data: pull } = await app.pulls.get(at);
  expect(pull).toMatchObject({ merged: true, state: 'closed', merge_commit_sha: data.sha, commits: 1 });
  expect(pull.merged_by?.login).toBe('heddle[bot]');
  expect((await app.pulls.checkIfMerged(at)).status).toBe(204);
});

test('a merge names its commit as asked and a squash keeps the author', async () => {
  const at = await opened();
  await app.pulls.merge({ ...at, merge_method: 'squash', commit_title: 'T', commit_message: 'M' });

  const [tip] = await view.log('main');
  expect(tip).toMatchObject({
    message: 'T\n\nM',
    author: { name: 'heddle[bot]' },
    committer: { name: 'GitHub' },
  });
});

test('a merge is refused for a moved head, a draft, a conflict and a forbidden method', async () => {
  const draft = await opened('draft', { draft: true });
  expect(await refusal(app.pulls.merge(draft))).toBe(405);

  await alice.pushes('topic', { a: lines.replace('one', 'A') });
  const at = await opened('topic');
  expect(await refusal(app.pulls.merge({ ...at, sha: '0'.repeat(40) }))).toBe(409);
  view.repo.merging.allowSquash = false;
  expect(await refusal(app.pulls.merge({ ...at, merge_method: 'squash' }))).toBe(405);

  await alice.pushes('main', { a: lines.replace('one', 'B') });
  expect(await computed(at)).toMatchObject({ mergeable: false, mergeable_state: 'dirty', rebaseable: false });
  expect(await refusal(app.pulls.merge(at))).toBe(405);
});

test('a merge into the default branch closes what its keywords name; elsewhere it does not', async () => {
  const [one, two, three] = ['1', '2', '3'].map((title) => alice.opensIssue({ title }));
  const at = await opened('topic', {
    body: `Fixes #${one?.number}, mentions #${two?.number}. \`closes #3\``,
  });
  await app.pulls.merge(at);
  expect([one?.state, two?.state, three?.state]).toEqual(['closed', 'open', 'open']);
  expect(one?.stateReason).toBe('completed');
  expect(two?.timeline.map(({ event }) => event)).toEqual(['cross-referenced']);

  await alice.pushes('base', { b: 'b\n' });
  await alice.pushes('stacked', { c: 'c\n' }, { from: 'base' });
  const body = `Closes #${two?.number}`;
  const stacked = await app.pulls.create({ ...shop, title: 'S', head: 'stacked', base: 'base', body });
  await app.pulls.merge({ ...shop, pull_number: stacked.data.number });
  expect(two?.state).toBe('open');
});

test('a push moves the head, is told as synchronize, and forgets whether it can be merged', async () => {
  const at = await opened();
  await computed(at);
  box.faults.mergeableDelayMs = 200;
  const after = await alice.pushes('topic', { 'topic.txt': 'newer\n' });
  await box.idle();

  expect((await app.pulls.get(at)).data).toMatchObject({ mergeable: null, head: { sha: after }, commits: 2 });
  const told = listener.heard.find(({ action }) => action === 'synchronize')?.payload;
  expect(told).toMatchObject({ after, pull_request: { head: { sha: after } }, sender: { login: 'alice' } });
});

test('merges at the same moment land one after another, and a push in between is not lost', async () => {
  const names = ['one', 'two', 'three'];
  const pulls = [];
  for (const name of names) pulls.push(await opened(name));
  const push = alice.pushes('main', { 'by-hand.txt': 'hand\n' });
  await Promise.all(pulls.map((at) => app.pulls.merge({ ...at, merge_method: 'squash' })));
  await push;

  for (const name of names) expect(await view.file('main', `${name}.txt`)).toBe('new\n');
  expect(await view.file('main', 'by-hand.txt')).toBe('hand\n');
  expect(await view.log('main')).toHaveLength(5);
});

test('a deleted branch closes its pull request, and what was merged by hand is merged', async () => {
  const one = await opened('one');
  await app.git.deleteRef({ ...shop, ref: 'heads/one' });
  expect((await app.pulls.get(one)).data).toMatchObject({ state: 'closed', merged: false });

  const two = await opened('two');
  const tip = (await view.tip('two')) ?? '';
  const actor = { kind: 'person', account: alice.account } as const;
  await box.git.setRef(view.repo, { ref: 'refs/heads/main', sha: tip }, actor);
  expect((await app.pulls.get(two)).data).toMatchObject({
    state: 'closed',
    merged: true,
    merge_commit_sha: tip,
  });
  expect((await app.git.getRef({ ...shop, ref: `pull/${one.pull_number}/head` })).data.object.sha).not.toBe(
    tip,
  );
});

test('what stood on a merged branch stands on its base when the branch goes', async () => {
  view.repo.merging.deleteBranchOnMerge = true;
  const lower = await opened('lower');
  await alice.pushes('upper', { 'upper.txt': 'u\n' }, { from: 'lower' });
  const upper = await app.pulls.create({ ...shop, title: 'U', head: 'upper', base: 'lower' });

  await app.pulls.merge({ ...lower, merge_method: 'squash' });

  const at = { ...shop, pull_number: upper.data.number };
  expect((await app.pulls.get(at)).data).toMatchObject({ state: 'open', base: { ref: 'main' } });
  expect(await computed(at)).toMatchObject({ mergeable: true });
});

test('files, commits and comparisons are what git says', async () => {
  await alice.pushes('topic', { a: lines.replace('four', 'FOUR'), b: 'b\n' });
  const at = await opened();
  await alice.pushes('main', { c: 'c\n' });

  const { data: files } = await app.pulls.listFiles(at);
  expect(
    files.map(({ filename, status, additions, deletions }) => [filename, status, additions, deletions]),
  ).toEqual([
    ['a', 'modified', 1, 1],
    ['b', 'added', 1, 0],
  ]);
  const { data: commits } = await app.pulls.listCommits(at);
  expect(commits.map(({ commit }) => commit.author?.name)).toEqual(['alice']);
  const { data: comparison } = await app.repos.compareCommitsWithBasehead({
    ...shop,
    basehead: 'main...topic',
  });
  expect(comparison).toMatchObject({ status: 'diverged', ahead_by: 1, behind_by: 1, total_commits: 1 });
  const { data: commit } = await app.repos.getCommit({ ...shop, ref: 'topic' });
  expect(commit.stats).toEqual({ additions: 2, deletions: 1, total: 3 });
  expect((await app.repos.listCommits({ ...shop, sha: 'topic' })).data).toHaveLength(2);
});

test('a closed pull request is opened again at its branch’s tip, but not once it is merged', async () => {
  const at = await opened();
  await app.pulls.update({ ...at, state: 'closed' });
  const tip = await alice.pushes('topic', { 'topic.txt': 'newer\n' });
  await app.pulls.update({ ...at, state: 'open' });
  expect(await computed(at)).toMatchObject({ state: 'open', mergeable: true, head: { sha: tip } });

  await app.pulls.merge(at);
  expect(await refusal(app.pulls.update({ ...at, state: 'open' }))).toBe(422);
});

test('an update of the branch merges the base into it', async () => {
  const at = await opened();
  await alice.pushes('main', { c: 'c\n' });
  const { status } = await app.pulls.updateBranch(at);

  expect(status).toBe(202);
  expect(await view.file('topic', 'c')).toBe('c\n');
  expect(await refusal(app.pulls.updateBranch({ ...at, expected_head_sha: '0'.repeat(40) }))).toBe(422);
});

test('titles, bodies and bases change with their webhooks, and labels and comments work', async () => {
  await alice.pushes('release', { r: 'r\n' });
  const at = await opened();
  await app.pulls.update({ ...at, title: 'Better', base: 'release' });
  await app.issues.addLabels({ ...shop, issue_number: at.pull_number, labels: ['parallel'] });
  await app.issues.createComment({ ...shop, issue_number: at.pull_number, body: 'Hello' });
  await box.idle();

  expect((await app.pulls.get(at)).data).toMatchObject({
    title: 'Better',
    base: { ref: 'release' },
    labels: [{ name: 'parallel' }],
    comments: 1,
  });
  const names = listener.names.filter((name) => /^(pull_request|issue_comment)/.test(name));
  expect(names).toEqual([
    'pull_request.opened',
    'pull_request.edited',
    'pull_request.edited',
    'pull_request.labeled',
    'issue_comment.created',
  ]);
  const { data: timeline } = await app.issues.listEventsForTimeline({
    ...shop,
    issue_number: at.pull_number,
  });
  expect(timeline.map((line) => ('event' in line ? line.event : '?'))).toContain('committed');
});

test('reviewers are asked, and neither the author nor a stranger can be', async () => {
  const at = await opened();
  const ask = (...reviewers: string[]) => app.pulls.requestReviewers({ ...at, reviewers });

  expect((await ask('alice')).data.requested_reviewers?.map((one) => one.login)).toEqual(['alice']);
  expect(await refusal(ask('heddle[bot]'))).toBe(422);
  expect(await refusal(ask('mallory'))).toBe(422);
  expect((await app.pulls.listRequestedReviewers(at)).data.users).toHaveLength(1);
  await app.pulls.removeRequestedReviewers({ ...at, reviewers: ['alice'] });
  expect((await app.pulls.listRequestedReviewers(at)).data.users).toEqual([]);
});

test('the base branch’s rules hold a merge back and name the state', async () => {
  view.protects('main', { requiredApprovals: 1, requiredChecks: ['ci'], strict: true });
  const at = await opened();
  expect(await computed(at)).toMatchObject({ mergeable_state: 'blocked' });
  expect(await refusal(app.pulls.merge(at))).toBe(405);

  await alice.approves(view.pull(at.pull_number));
  const { sha } = (await app.pulls.get(at)).data.head;
  await app.checks.create({ ...shop, name: 'ci', head_sha: sha, conclusion: 'success' });
  expect(await computed(at)).toMatchObject({ mergeable_state: 'clean' });

  await alice.pushes('main', { c: 'c\n' });
  expect(await computed(at)).toMatchObject({ mergeable_state: 'behind' });
});
