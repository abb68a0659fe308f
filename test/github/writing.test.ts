import nock from 'nock';
import { expect, test } from 'vitest';
import { effectKey, sha } from '../../src/domain/ids.ts';
import { markerText } from '../../src/domain/marker.ts';
import type { GitHubAction } from '../../src/domain/ports/github-writer.ts';
import { API, allowTokens, comment, home, playWire } from './wire.ts';

const once = { repository: home, previous: null, retry: false };
const merge: GitHubAction = {
  key: effectKey('r1/3/merge'),
  runId: null,
  mode: 'once',
  kind: 'merge',
  pull: 5,
  sha: sha('a'.repeat(40)),
  method: 'squash',
};

test.each([502, 500, 429])('a write that fails with %i is sent once', async (status) => {
  const { github, calls } = playWire();
  allowTokens();
  nock(API).post('/repos/acme/shop/issues/3/comments').times(5).reply(status, { message: 'no' });
  await expect(github.writer(7).perform({ ...once, action: comment })).rejects.toMatchObject({
    name: 'Retryable',
  });
  expect(calls.filter((call) => call.route.endsWith('/comments'))).toHaveLength(1);
});

test('a write is not sent again when the connection breaks', async () => {
  const { github } = playWire();
  allowTokens();
  nock(API).post('/repos/acme/shop/issues/3/comments').replyWithError('other side closed');
  const second = nock(API).post('/repos/acme/shop/issues/3/comments').reply(201, { id: 1 });
  await expect(github.writer(7).perform({ ...once, action: comment })).rejects.toMatchObject({
    name: 'Retryable',
  });
  expect(second.isDone()).toBe(false);
});

test('a write to a repository that was renamed waits for its new name; one to a transferred issue is refused', async () => {
  const { github } = playWire();
  allowTokens();
  const comments = '/repos/acme/shop/issues/3/comments';
  const sentTo = (location: string) => nock(API).post(comments).reply(307, {}, { location });
  sentTo(`${API}/repositories/${home.key.repositoryId}/issues/3/comments`);
  await expect(github.writer(7).perform({ ...once, action: comment })).rejects.toMatchObject({
    name: 'Retryable',
  });
  sentTo(`${API}/repositories/999999/issues/1/comments`);
  const result = await github.writer(7).perform({ ...once, action: comment });
  expect(result).toMatchObject({ kind: 'refused', message: expect.stringContaining('another repository') });
});

test('a comment of somebody else with our marker is not taken for ours', async () => {
  const { github } = playWire();
  allowTokens();
  nock(API).get('/app').reply(200, { slug: 'heddle' });
  const forged = { id: 8, user: { login: 'eve' }, body: `Hi ${markerText({ key: comment.key })}` };
  nock(API).get('/repos/acme/shop/issues/3/comments').query(true).reply(200, [forged]);
  nock(API).post('/repos/acme/shop/issues/3/comments').reply(201, { id: 9 });
  const result = await github.writer(7).perform({ ...once, retry: true, action: comment });
  expect(result).toEqual({ kind: 'comment', id: 9 });
});

test('what GitHub refuses for good is a refusal with its reason', async () => {
  const { github } = playWire();
  allowTokens();
  const errors = [{ resource: 'IssueComment', field: 'body', code: 'custom', message: 'Body is too long' }];
  nock(API).post('/repos/acme/shop/issues/3/comments').reply(422, { message: 'Validation Failed', errors });
  const result = await github.writer(7).perform({ ...once, action: comment });
  expect(result).toMatchObject({
    kind: 'refused',
    stale: false,
    message: expect.stringContaining('Body is too long'),
  });
});

test.each([
  [409, 'Head branch was modified'],
  [405, 'Pull Request is not mergeable'],
])('a merge that GitHub answers with %i asks to look again', async (status, message) => {
  const { github } = playWire();
  allowTokens();
  nock(API).put('/repos/acme/shop/pulls/5/merge').reply(status, { message });
  nock(API).get('/repos/acme/shop/pulls/5').reply(200, { merged: false });
  const result = await github.writer(7).perform({ ...once, action: merge });
  expect(result).toMatchObject({ kind: 'refused', stale: true, message });
});

test('a write never follows a redirect', async () => {
  const { github } = playWire();
  allowTokens();
  const location = `${API}/repositories/42/issues/3/comments`;
  nock(API).post('/repos/acme/shop/issues/3/comments').reply(301, { message: 'Moved' }, { location });
  await expect(github.writer(7).perform({ ...once, action: comment })).rejects.toThrow('has moved');
});

test('sixty comments at once: the first thirty go out at once, then the pace is kept', async () => {
  const { github, slept } = playWire();
  allowTokens();
  nock(API).post('/repos/acme/shop/issues/3/comments').times(60).reply(201, { id: 1 });
  const writer = github.writer(7);
  await Promise.all(Array.from({ length: 60 }, () => writer.perform({ ...once, action: comment })));
  expect(slept).toHaveLength(30);
  expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(35_000);
});

test('after a secondary limit no write goes out before its time, and reads still do', async () => {
  const { github, clock } = playWire();
  allowTokens();
  const path = '/repos/acme/shop/issues/3/comments';
  nock(API)
    .post(path)
    .reply(403, { message: 'You have exceeded a secondary rate limit' }, { 'retry-after': '90' });
  nock(API).post(path).reply(201, { id: 4 });
  nock(API)
    .get('/repositories/42')
    .reply(200, { id: 42, owner: { login: 'acme' }, name: 'shop', default_branch: 'main' });
  const writer = github.writer(7);
  await expect(writer.perform({ ...once, action: comment })).rejects.toMatchObject({ retryAfterMs: 90_000 });
  await expect(writer.perform({ ...once, action: comment })).rejects.toMatchObject({ retryAfterMs: 90_000 });
  expect(await github.reader(7).repository(home.key)).toMatchObject({ name: 'shop' });
  clock.now += 90_000;
  expect(await writer.perform({ ...once, action: comment })).toEqual({ kind: 'comment', id: 4 });
});
