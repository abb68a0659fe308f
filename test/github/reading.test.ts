import nock from 'nock';
import { afterEach, expect, test, vi } from 'vitest';
import { Retryable, Terminal } from '../../src/domain/errors.ts';
import { API, allowTokens, home, issueJson, playWire } from './wire.ts';

afterEach(() => {
  vi.useRealTimers();
});

const json = { 'content-type': 'application/json' };

test('an answer that has not changed costs nothing the second time', async () => {
  const { github, calls } = playWire();
  allowTokens();
  nock(API).get('/repos/acme/shop/issues/3').reply(200, issueJson(3), { etag: '"a"' });
  nock(API).get('/repos/acme/shop/issues/3').matchHeader('if-none-match', '"a"').reply(304);
  const reader = github.reader(7);
  const first = await reader.issue(home, 3);
  expect(await reader.issue(home, 3)).toEqual(first);
  expect(first).toMatchObject({ number: 3, body: '', labels: ['parallel'], blockedByCount: null });
  expect(calls.map(({ status, cached }) => [status, cached])).toEqual([
    [201, false],
    [200, false],
    [304, true],
  ]);
});

test('all pages of a list are read, pull requests left out, doubles counted once', async () => {
  const { github } = playWire();
  allowTokens();
  const link = `<${API}/repositories/42/issues?page=2&labels=parallel>; rel="next"`;
  nock(API)
    .get('/repos/acme/shop/issues')
    .query(true)
    .reply(200, [issueJson(1), issueJson(2)], { ...json, link });
  nock(API)
    .get('/repositories/42/issues')
    .query({ page: 2, labels: 'parallel' })
    .reply(200, [issueJson(2), issueJson(3, { pull_request: {} }), issueJson(4)]);
  const found = await github.reader(7).labelledIssues(home, 'parallel');
  expect(found.map((issue) => issue.number)).toEqual([1, 2, 4]);
});

test('a link to another host is followed at our own address only', async () => {
  const { github } = playWire();
  allowTokens();
  const link = '<https://evil.test/repositories/42/issues?page=2>; rel="next"';
  nock(API)
    .get('/repos/acme/shop/issues')
    .query(true)
    .reply(200, [issueJson(1)], { ...json, link });
  nock(API)
    .get('/repositories/42/issues')
    .query({ page: 2 })
    .reply(200, [issueJson(2)]);
  expect(await github.reader(7).labelledIssues(home, 'parallel')).toHaveLength(2);
});

test('a token that was taken back is replaced, and the read tried once more', async () => {
  const { github, calls } = playWire();
  allowTokens(2);
  nock(API).get('/repos/acme/shop/issues/3').reply(200, issueJson(3));
  await github.reader(7).issue(home, 3);
  // A token younger than five seconds may only not have spread yet; auth-app waits for those by itself.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10_000 });
  nock(API).get('/repos/acme/shop/issues/3').reply(401, { message: 'Bad credentials' });
  nock(API)
    .get('/repos/acme/shop/issues/3')
    .reply(200, issueJson(3, { state: 'closed' }));
  expect(await github.reader(7).issue(home, 3)).toMatchObject({ state: 'closed' });
  expect(calls.filter((call) => call.route.includes('access_tokens'))).toHaveLength(2);
});

test.each([
  [500, {}, null],
  [503, { 'retry-after': '7' }, 7000],
  [429, { 'retry-after': '30' }, 30_000],
  [403, { 'retry-after': '60' }, 60_000],
  [408, {}, null],
])('an answer %i %j may be tried again after %s ms', async (status, headers, retryAfterMs) => {
  const { github } = playWire();
  allowTokens();
  nock(API).get('/repositories/42').reply(status, { message: 'no' }, headers);
  const error = await github
    .reader(7)
    .repository(home.key)
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Retryable);
  expect(error).toMatchObject({ retryAfterMs });
});

test('an exhausted limit waits for its reset by the clock of GitHub', async () => {
  const { github } = playWire();
  allowTokens();
  const date = 'Tue, 01 Jan 2030 00:00:00 GMT';
  const reset = String(Date.parse(date) / 1000 + 90);
  const headers = { date, 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
  nock(API).get('/repositories/42').reply(403, { message: 'API rate limit exceeded' }, headers);
  const reading = github.reader(7).repository(home.key);
  await expect(reading).rejects.toMatchObject({ name: 'Retryable', retryAfterMs: 91_000 });
  await expect(github.reader(7).issue(home, 3)).rejects.toThrow('asked for a pause');
});

test('a secondary limit without a time waits a minute, then longer', async () => {
  const { github, clock } = playWire();
  allowTokens();
  nock(API)
    .get('/repositories/42')
    .twice()
    .reply(403, { message: 'You have exceeded a secondary rate limit' });
  await expect(github.reader(7).repository(home.key)).rejects.toMatchObject({ retryAfterMs: 60_000 });
  clock.now += 60_000;
  await expect(github.reader(7).repository(home.key)).rejects.toMatchObject({ retryAfterMs: 120_000 });
});

test('a missing permission is named with its remedy', async () => {
  const { github } = playWire();
  allowTokens();
  const headers = { 'x-accepted-github-permissions': 'checks=read' };
  nock(API)
    .get('/repositories/42')
    .reply(403, { message: 'Resource not accessible by integration' }, headers);
  const reading = github.reader(7).repository(home.key);
  await expect(reading).rejects.toBeInstanceOf(Terminal);
  await expect(
    github
      .reader(7)
      .repository(home.key)
      .catch(() => reading),
  ).rejects.toThrow(/Grant the App.*checks=read/);
});

test('a broken connection, a cut body and a page of a proxy may be tried again', async () => {
  const { github } = playWire();
  allowTokens();
  const reader = github.reader(7);
  nock(API).get('/repositories/42').replyWithError('socket hang up');
  await expect(reader.repository(home.key)).rejects.toMatchObject({ name: 'Retryable' });
  nock(API).get('/repositories/42').reply(200, '{"id": 42, "na', json);
  await expect(reader.repository(home.key)).rejects.toMatchObject({ name: 'Retryable' });
  nock(API).get('/repositories/42').reply(200, '<html>', { 'content-type': 'text/html' });
  await expect(reader.repository(home.key)).rejects.toMatchObject({ name: 'Retryable' });
});

test('a request that takes too long is given up', async () => {
  const { github } = playWire({ timeoutMs: 50 });
  allowTokens();
  nock(API).get('/repositories/42').delay(2000).reply(200, {});
  await expect(github.reader(7).repository(home.key)).rejects.toMatchObject({ name: 'Retryable' });
});

test('an answer of an unexpected form says where it is odd', async () => {
  const { github } = playWire();
  allowTokens();
  nock(API)
    .get('/repos/acme/shop/issues/3')
    .reply(200, issueJson(3, { title: 12 }));
  const reading = github.reader(7).issue(home, 3);
  await expect(reading).rejects.toThrow(/number 12 where a text was expected: .*title/);
});

test('an uninstalled App is an error, not a missing issue', async () => {
  const { github } = playWire();
  nock(API).post('/app/installations/7/access_tokens').reply(404, { message: 'Not Found' });
  await expect(github.reader(7).issue(home, 3)).rejects.toThrow('Is the App still installed?');
});

test('an issue that moved to another repository is gone from this one', async () => {
  const { github } = playWire();
  allowTokens();
  const moved = issueJson(3, { repository_url: `${API}/repos/acme/other` });
  nock(API).get('/repos/acme/shop/issues/3').reply(200, moved);
  nock(API)
    .get('/repositories/42')
    .reply(200, { owner: { login: 'acme' }, name: 'shop' });
  expect(await github.reader(7).issue(home, 3)).toBeNull();
});

test('where GitHub has no sub-issues and no dependencies, there are none', async () => {
  const { github } = playWire();
  allowTokens();
  nock(API).get('/repos/acme/shop/issues/3/sub_issues').query(true).reply(404, { message: 'Not Found' });
  nock(API)
    .get('/repos/acme/shop/issues/3/dependencies/blocked_by')
    .query(true)
    .reply(410, { message: 'Gone' });
  expect(await github.reader(7).subIssues(home, 3)).toEqual([]);
  expect(await github.reader(7).blockedBy(home, 3)).toEqual([]);
});

test('a blocker that the App may not see is unreadable', async () => {
  const { github } = playWire();
  allowTokens();
  nock(API)
    .get('/repos/other/place/issues/9')
    .reply(403, { message: 'Resource not accessible by integration' });
  const ref = { owner: 'other', name: 'place', number: 9 };
  expect(await github.reader(7).blocker(home, ref)).toEqual({ ref, state: 'unreadable' });
});

test('a server that has no GraphQL is not waited for', async () => {
  const { github } = playWire();
  allowTokens();
  nock(API).post('/graphql').reply(501, { message: 'Not Implemented' });
  expect(await github.reader(7).lastEdits(home, ['a'])).toEqual(new Map());
});

test('a server that does not implement sub-issues has none', async () => {
  const { github } = playWire();
  allowTokens();
  nock(API)
    .get('/repos/acme/shop/issues/3/sub_issues')
    .query(true)
    .reply(501, { message: 'Not Implemented' });
  expect(await github.reader(7).subIssues(home, 3)).toEqual([]);
});

test.each([
  [{ role_name: 'maintain', permission: 'write' }, 'maintain'],
  [{ role_name: 'security-team', permission: 'write' }, 'write'],
  [{ permission: 'read' }, 'read'],
])('the answer %j means the permission %s', async (answer, permission) => {
  const { github } = playWire();
  allowTokens();
  nock(API).get('/repos/acme/shop/collaborators/ann/permission').reply(200, answer);
  expect(await github.reader(7).permission(home, 'ann')).toBe(permission);
});

test('at most eight reads go out at once', async () => {
  let now = 0;
  let most = 0;
  const counting: typeof fetch = async (input, init) => {
    now += 1;
    most = Math.max(most, now);
    const answer = await globalThis.fetch(input, init);
    now -= 1;
    return answer;
  };
  const { github } = playWire({ fetch: counting });
  allowTokens();
  for (let number = 1; number <= 30; number++) {
    nock(API).get(`/repos/acme/shop/issues/${number}`).delay(10).reply(200, issueJson(number));
  }
  const reader = github.reader(7);
  const found = await Promise.all(Array.from({ length: 30 }, (_, index) => reader.issue(home, index + 1)));
  expect(found).toHaveLength(30);
  expect(most).toBeLessThanOrEqual(8);
});
