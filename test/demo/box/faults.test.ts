import type { Octokit } from '@octokit/rest';
import { beforeEach, expect, test } from 'vitest';
import type { Box } from '../../../src/demo/box/start.ts';
import type { RepositoryView } from '../../../src/demo/box/verbs.ts';
import { type Problems, refusal, tokenClient } from '../../support/box-clients.ts';
import { boxEachTest } from '../../support/boxed.ts';

let box: Box;
let view: RepositoryView;
let alice: Octokit['rest'];
let problems: Problems;
const shop = { owner: 'acme', repo: 'shop' };

const boxed = boxEachTest();

beforeEach(async () => {
  ({ box, problems } = boxed());
  view = await box.createsRepository('acme/shop', { collaborators: { alice: 'write' } });
  alice = tokenClient(box, box.person('alice').token, problems).rest;
});

test('an outage before acting leaves the world as it was', async () => {
  box.faults.request(
    { method: 'POST', path: '/issues', times: 2 },
    { kind: 'status', status: 502, when: 'before' },
  );

  expect(await refusal(alice.issues.create({ ...shop, title: 'A' }))).toBe(502);
  expect(await refusal(alice.issues.create({ ...shop, title: 'A' }))).toBe(502);
  await alice.issues.create({ ...shop, title: 'A' });

  expect(view.repo.issues.size).toBe(1);
});

test('a lost answer hides what was done', async () => {
  box.faults.request({ method: 'POST' }, { kind: 'status', status: 500, when: 'after' });
  expect(await refusal(alice.issues.create({ ...shop, title: 'A' }))).toBe(500);

  box.faults.request({ method: 'POST' }, { kind: 'closed', when: 'after' });
  await expect(alice.issues.create({ ...shop, title: 'B' })).rejects.toThrow();

  expect([...view.repo.issues.values()].map((issue) => issue.title)).toEqual(['A', 'B']);
});

test('limits say when to come back', async () => {
  box.faults.request({ path: '/issues' }, { kind: 'secondaryLimit', retryAfter: 7 });
  box.faults.request({ path: '/issues' }, { kind: 'tooMany', retryAfter: 3 });
  const answer = async () => {
    const response = await fetch(`${box.url}/api/v3/repos/acme/shop/issues`);
    return [response.status, response.headers.get('retry-after')];
  };

  expect(await answer()).toEqual([403, '7']);
  expect(await answer()).toEqual([429, '3']);
  expect((await answer())[0]).toBe(200);
});

test('a slow answer comes late but comes', async () => {
  box.faults.request({}, { kind: 'slow', milliseconds: 120 });
  const startedAt = Date.now();

  await alice.repos.get(shop);

  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(115);
});

test('lists lag behind writes while reads by number are fresh', async () => {
  view.person('alice').opensIssue({ title: 'old' });
  box.faults.listLagMs = 60_000;
  const { data: issue } = await alice.issues.create({ ...shop, title: 'new' });
  await alice.issues.createComment({ ...shop, issue_number: issue.number, body: 'hello' });
  const titles = async () => (await alice.issues.listForRepo(shop)).data.map((one) => one.title);
  const comments = async () => (await alice.issues.listCommentsForRepo(shop)).data.length;

  expect(await titles()).toEqual(['old']);
  expect(await comments()).toBe(0);
  expect((await alice.issues.get({ ...shop, issue_number: issue.number })).data.title).toBe('new');
  box.clock.advance(60_001);
  expect(await titles()).toEqual(['new', 'old']);
  expect(await comments()).toBe(1);
});

test('what has not changed is answered 304 and costs nothing', async () => {
  view.person('alice').opensIssue({ title: 'A' });
  const first = await alice.issues.listForRepo(shop);
  const again = { ...shop, headers: { 'if-none-match': first.headers.etag } };
  const remaining = async () => (await alice.rateLimit.get()).data.rate.remaining;
  const before = await remaining();

  expect(await refusal(alice.issues.listForRepo(again))).toBe(304);
  expect(await remaining()).toBe(before);
  view.person('alice').opensIssue({ title: 'B' });
  expect((await alice.issues.listForRepo(again)).data.length).toBe(2);
  expect(await remaining()).toBe(before - 1);
  expect(box.calls.notModified().map((call) => call.route)).toEqual(['/repos/:owner/:repo/issues']);
});

test('a spent rate limit refuses until the hour is over', async () => {
  box.rates.limit = 2;
  await alice.repos.get(shop);
  await alice.repos.get(shop);

  expect(await refusal(alice.repos.get(shop))).toBe(403);
  box.clock.advance(3_600_001);
  expect((await alice.repos.get(shop)).headers['x-ratelimit-remaining']).toBe('1');
});

test('GraphQL has a limit of its own, and says in its body that it is spent', async () => {
  box.rates.limit = 1;
  const { token } = box.person('alice');
  const ask = async () => {
    const headers = { authorization: `Bearer ${token}` };
    const body = JSON.stringify({ query: '{ viewer { login } }' });
    const response = await fetch(`${box.url}/api/graphql`, { method: 'POST', headers, body });
    return [response.status, response.headers.get('x-ratelimit-resource'), await response.json()];
  };

  expect(await ask()).toEqual([200, 'graphql', { data: { viewer: { login: 'alice' } } }]);
  expect(await ask()).toEqual([
    200,
    'graphql',
    { errors: [expect.objectContaining({ type: 'RATE_LIMITED' })] },
  ]);
  expect((await alice.repos.get(shop)).headers['x-ratelimit-resource']).toBe('core');
});

test('the call log names the route, the actor and the answer', async () => {
  const { data } = await alice.issues.create({ ...shop, title: 'A' });
  await refusal(alice.issues.get({ ...shop, issue_number: 99 }));

  expect(
    box.calls.counted().map(({ method, route, status, actor }) => [method, route, status, actor]),
  ).toEqual([
    ['POST', '/repos/:owner/:repo/issues', 201, 'alice'],
    ['GET', '/repos/:owner/:repo/issues/:number', 404, 'alice'],
  ]);
  const byId = await fetch(`${box.url}/api/v3/repositories/${view.repo.id}/issues/${data.number}`);
  expect(byId.status).toBe(200);
});
