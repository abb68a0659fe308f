import type { Octokit } from '@octokit/rest';
import { beforeEach, expect, test } from 'vitest';
import { iso } from '../../../src/demo/box/clock.ts';
import type { Box } from '../../../src/demo/box/start.ts';
import type { RepositoryView } from '../../../src/demo/box/verbs.ts';
import { installationClient, type Problems, refusal, tokenClient } from '../../support/box-clients.ts';
import { boxEachTest } from '../../support/boxed.ts';

let box: Box;
let view: RepositoryView;
let app: Octokit['rest'];
let problems: Problems;
const shop = { owner: 'acme', repo: 'shop' };

const boxed = boxEachTest();

beforeEach(async () => {
  ({ box, problems } = boxed());
  view = await box.createsRepository('acme/shop', { collaborators: { alice: 'write' } });
  app = installationClient(box, box.installsApp('acme').id, problems).rest;
});

test('an issue that the App opens is shown as the App’s', async () => {
  const { data } = await app.issues.create({
    ...shop,
    title: 'Plan',
    body: 'One',
    labels: ['parallel:planned'],
  });
  const { data: again } = await app.issues.get({ ...shop, issue_number: data.number });

  expect(again.user?.login).toBe('heddle[bot]');
  expect(again.performed_via_github_app?.slug).toBe('heddle');
  expect(again.labels.map((label) => (typeof label === 'string' ? label : label.name))).toEqual([
    'parallel:planned',
  ]);
});

test('closing keeps the reason, and opening again forgets who closed', async () => {
  const issue = view.person('alice').opensIssue({ title: 'A' });
  const at = { ...shop, issue_number: issue.number };

  const closed = await app.issues.update({ ...at, state: 'closed', state_reason: 'not_planned' });
  expect([closed.data.state_reason, closed.data.closed_by?.login]).toEqual(['not_planned', 'heddle[bot]']);

  const reopened = await app.issues.update({ ...at, state: 'open' });
  expect([reopened.data.state, reopened.data.closed_at]).toEqual(['open', null]);
});

test('odd bodies are refused and change nothing', async () => {
  const issue = view.person('alice').opensIssue({ title: 'A' });
  const url = `${box.url}/api/v3/repos/acme/shop/issues`;
  const headers = { authorization: `Bearer ${box.person('alice').token}` };
  const post = async (body: string) => (await fetch(url, { method: 'POST', headers, body })).status;

  expect(await post('{"title":')).toBe(400);
  expect(await post('{"body":"no title"}')).toBe(422);
  expect(await post('{"title":"x","labels":"one"}')).toBe(422);
  expect(await refusal(app.issues.update({ ...shop, issue_number: issue.number, title: ' ' }))).toBe(422);
  expect(view.repo.issues.size).toBe(1);
});

test('the list is filtered by state, labels, author and time', async () => {
  const alice = view.person('alice');
  const one = alice.opensIssue({ title: 'one', labels: ['parallel', 'ui'] });
  const two = view.person('bob').opensIssue({ title: 'two', labels: ['parallel'] });
  alice.closes(two);
  box.clock.advance(5000);
  const since = iso(box.clock.now());
  alice.comments(one, 'news');
  const numbers = async (filter: object) =>
    (await app.issues.listForRepo({ ...shop, ...filter })).data.map((issue) => issue.number);

  expect(await numbers({})).toEqual([1]);
  expect(await numbers({ state: 'all', labels: 'Parallel' })).toEqual([2, 1]);
  expect(await numbers({ state: 'all', labels: 'parallel,ui' })).toEqual([1]);
  expect(await numbers({ state: 'all', creator: 'bob' })).toEqual([2]);
  expect(await numbers({ state: 'all', since })).toEqual([1]);
});

test('a list is paged, and the client follows its links', async () => {
  for (let number = 1; number <= 25; number += 1) view.person('alice').opensIssue({ title: `${number}` });
  const octokit = tokenClient(box, box.person('alice').token, problems);

  const first = await octokit.rest.issues.listForRepo({ ...shop, per_page: 10, direction: 'asc' });
  const all = await octokit.paginate(octokit.rest.issues.listForRepo, {
    ...shop,
    per_page: 10,
    direction: 'asc',
  });

  expect(first.headers.link).toContain('rel="next"');
  expect(first.headers.link).toContain('page=3>; rel="last"');
  expect(all.map((issue) => issue.number)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
});

test('labels are made on the way, replaced and taken off', async () => {
  const issue = view.person('alice').opensIssue({ title: 'A', labels: ['parallel', 'old'] });
  const at = { ...shop, issue_number: issue.number };

  await app.issues.addLabels({ ...at, labels: ['parallel:running'] });
  expect((await app.issues.getLabel({ ...shop, name: 'parallel:running' })).data.color).toBe('ededed');
  await app.issues.setLabels({ ...at, labels: ['parallel', 'parallel:done'] });
  expect(view.labelsOn(issue)).toEqual(['parallel', 'parallel:done']);
  await app.issues.removeLabel({ ...at, name: 'parallel:done' });
  expect(await refusal(app.issues.removeLabel({ ...at, name: 'parallel:done' }))).toBe(404);
  expect(await refusal(app.issues.createLabel({ ...shop, name: 'PARALLEL' }))).toBe(422);
});

test('the timeline says who labelled, who closed, and where the issue is mentioned', async () => {
  const issue = view.person('alice').opensIssue({ title: 'A' });
  view.person('tina').labels(issue, 'parallel');
  view.person('bob').opensIssue({ title: 'B', body: 'Depends on #1, not on `#1` in code' });
  view.person('alice').comments(issue, 'hello');
  view.person('alice').closes(issue);

  const { data } = await app.issues.listEventsForTimeline({ ...shop, issue_number: issue.number });

  expect(data.map((line) => [line.event, 'actor' in line ? line.actor?.login : ''])).toEqual([
    ['labeled', 'tina'],
    ['cross-referenced', 'bob'],
    ['commented', 'alice'],
    ['closed', 'alice'],
  ]);
});

test('a deleted issue is gone, not missing', async () => {
  const issue = view.person('alice').opensIssue({ title: 'A' });
  view.person('alice').deletes(issue);

  expect(await refusal(app.issues.get({ ...shop, issue_number: 1 }))).toBe(410);
  expect(await refusal(app.issues.get({ ...shop, issue_number: 2 }))).toBe(404);
});

test('comments are written, edited, listed across the repository and deleted', async () => {
  const issue = view.person('alice').opensIssue({ title: 'A' });
  const { data } = await app.issues.createComment({ ...shop, issue_number: issue.number, body: 'plan 1' });
  box.clock.advance(2000);
  const since = iso(box.clock.now());
  view.person('bob').comments(issue, '/parallel run');
  await app.issues.updateComment({ ...shop, comment_id: data.id, body: 'plan 2' });

  const recent = await app.issues.listCommentsForRepo({ ...shop, since, sort: 'updated', direction: 'asc' });
  expect(recent.data.map((comment) => comment.body)).toEqual(['/parallel run', 'plan 2']);
  await app.issues.deleteComment({ ...shop, comment_id: data.id });
  expect(view.commentsOn(issue).map((comment) => comment.author)).toEqual(['bob']);
});

test('the same reaction twice is one reaction', async () => {
  const issue = view.person('alice').opensIssue({ title: 'A' });
  const comment = view.person('alice').comments(issue, '/parallel status');
  const eyes = { ...shop, comment_id: comment.id, content: 'eyes' as const };

  expect((await app.reactions.createForIssueComment(eyes)).status).toBe(201);
  expect((await app.reactions.createForIssueComment(eyes)).status).toBe(200);
  const { data } = await app.reactions.listForIssueComment({ ...shop, comment_id: comment.id });
  expect(data.map((reaction) => reaction.user?.login)).toEqual(['heddle[bot]']);
});
