import type { Octokit } from '@octokit/rest';
import { beforeEach, expect, test } from 'vitest';
import type { Developer } from '../../../src/demo/box/developers.ts';
import type { PullRequest } from '../../../src/demo/box/pull.ts';
import type { Box } from '../../../src/demo/box/start.ts';
import type { RepositoryView } from '../../../src/demo/box/verbs.ts';
import { installationClient, type Problems, refusal, tokenClient } from '../../support/box-clients.ts';
import { boxEachTest } from '../../support/boxed.ts';
import { eventually } from '../../support/eventually.ts';
import type { Listener } from '../../support/listener.ts';

let box: Box;
let listener: Listener;
let view: RepositoryView;
let alice: Developer;
let bob: Developer;
let pull: PullRequest;
let app: Octokit['rest'];
let bobs: Octokit['rest'];
let problems: Problems;
let at: { owner: string; repo: string; pull_number: number };
const lines = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n';

const boxed = boxEachTest({ listens: true });

beforeEach(async () => {
  ({ box, listener, problems } = boxed());
  const collaborators = { alice: 'write', bob: 'write' } as const;
  view = await box.createsRepository('acme/shop', { collaborators, files: { a: lines } });
  [alice, bob] = [view.person('alice'), view.person('bob')];
  app = installationClient(box, box.installsApp('acme').id, problems).rest;
  bobs = tokenClient(box, box.person('bob').token, problems).rest;
  await alice.pushes('topic', { a: lines.replace('four', 'FOUR') });
  pull = await alice.opensPull({ title: 'Shout', head: 'topic', base: 'main' });
  at = { owner: 'acme', repo: 'shop', pull_number: pull.number };
});

test('a review with comments on lines is one review, told with each of them', async () => {
  const comments = [
    { path: 'a', line: 4, body: 'Why so loud?' },
    { path: 'a', line: 4, side: 'LEFT', body: 'This was fine.' },
  ];
  const wanted = { ...at, event: 'REQUEST_CHANGES', body: 'Softer', comments } as const;
  const { data: review } = await bobs.pulls.createReview(wanted);
  await box.idle();

  expect(review).toMatchObject({ state: 'CHANGES_REQUESTED', body: 'Softer', commit_id: pull.head.sha });
  const { data: shown } = await app.pulls.listReviewComments(at);
  expect(shown.map(({ line, side, body }) => [line, side, body])).toEqual([
    [4, 'RIGHT', 'Why so loud?'],
    [4, 'LEFT', 'This was fine.'],
  ]);
  expect(shown[0]?.diff_hunk).toBe('@@ -1,7 +1,7 @@\n one\n two\n three\n-four\n+FOUR');
  const names = listener.names.filter((name) => name.startsWith('pull_request_review'));
  expect(names).toEqual([
    'pull_request_review.submitted',
    'pull_request_review_comment.created',
    'pull_request_review_comment.created',
  ]);
});

test('a comment on a line outside the diff is refused and leaves nothing behind', async () => {
  const comments = [{ path: 'a', line: 99, body: 'Here?' }];
  expect(await refusal(bobs.pulls.createReview({ ...at, event: 'COMMENT', comments }))).toBe(422);
  const single = { ...at, body: 'Here?', commit_id: pull.head.sha, path: 'b', line: 1 };
  expect(await refusal(bobs.pulls.createReviewComment(single))).toBe(422);

  expect((await app.pulls.listReviews(at)).data).toEqual([]);
});

test('nobody approves their own pull request, and an empty review is none', async () => {
  const alices = tokenClient(box, box.person('alice').token, problems).rest;
  expect(await refusal(alices.pulls.createReview({ ...at, event: 'APPROVE' }))).toBe(422);
  expect(await refusal(alices.pulls.createReview({ ...at, event: 'REQUEST_CHANGES', body: 'x' }))).toBe(422);
  expect(await refusal(bobs.pulls.createReview({ ...at, event: 'COMMENT' }))).toBe(422);
  expect((await bobs.pulls.createReview({ ...at, event: 'APPROVE' })).data.state).toBe('APPROVED');
});

test('a pending review is its author’s alone until it is sent', async () => {
  const comments = [{ path: 'a', line: 4, body: 'Hm' }];
  const { data: review } = await bobs.pulls.createReview({ ...at, comments });
  expect((await app.pulls.listReviews(at)).data).toEqual([]);
  expect((await app.pulls.listReviewComments(at)).data).toEqual([]);
  expect((await bobs.pulls.listReviews(at)).data.map(({ state }) => state)).toEqual(['PENDING']);

  await bobs.pulls.submitReview({ ...at, review_id: review.id, event: 'COMMENT' });
  expect((await app.pulls.listReviews(at)).data.map(({ state }) => state)).toEqual(['COMMENTED']);
  const { data: own } = await app.pulls.listCommentsForReview({ ...at, review_id: review.id });
  expect(own.map(({ body }) => body)).toEqual(['Hm']);
});

test('a dismissed approval no longer counts', async () => {
  view.protects('main', { requiredApprovals: 1 });
  const review = await bob.approves(pull);
  const comesTo = async (state: string) =>
    await eventually(async () => expect((await app.pulls.get(at)).data.mergeable_state).toBe(state));
  await comesTo('clean');

  await app.pulls.dismissReview({ ...at, review_id: review.id, message: 'Outdated' });
  await comesTo('blocked');
  expect(await refusal(app.pulls.dismissReview({ ...at, review_id: review.id, message: 'Again' }))).toBe(422);
});

test('answers stay in their conversation, in the list of the repository too', async () => {
  const single = { ...at, body: 'Why?', commit_id: pull.head.sha, path: 'a', line: 4 };
  const { data: first } = await bobs.pulls.createReviewComment(single);
  const { data: reply } = await app.pulls.createReplyForReviewComment({
    ...at,
    comment_id: first.id,
    body: 'So.',
  });

  expect(reply).toMatchObject({
    in_reply_to_id: first.id,
    path: 'a',
    line: 4,
    user: { login: 'heddle[bot]' },
  });
  const { data: all } = await app.pulls.listReviewCommentsForRepo({ owner: 'acme', repo: 'shop' });
  expect(all.map(({ body }) => body)).toEqual(['Why?', 'So.']);
  expect(pull.threads).toHaveLength(1);
});

test('a push moves comments with their lines, and outdates those whose line it changed', async () => {
  await bob.reviews(pull, {
    event: 'COMMENT',
    comments: [
      { path: 'a', line: 4, body: 'x' },
      { path: 'a', line: 6, body: 'y' },
    ],
  });
  await alice.pushes('topic', { a: `zero\n${lines.replace('four', 'Four')}` });

  const { data: shown } = await app.pulls.listReviewComments(at);
  expect(shown.map(({ line, original_line }) => [line, original_line])).toEqual([
    [undefined, 4],
    [7, 6],
  ]);
  expect(pull.threads.map(({ outdated }) => outdated)).toEqual([true, false]);
});

test('a review answers the question for one, and asking again asks again', async () => {
  alice.asksForReview(pull, 'bob');
  await bob.requestsChanges(pull, 'No');
  expect((await app.pulls.listRequestedReviewers(at)).data.users).toEqual([]);

  await app.pulls.requestReviewers({ ...at, reviewers: ['bob'] });
  await box.idle();
  expect(listener.names.filter((name) => name === 'pull_request.review_requested')).toHaveLength(2);
  const { data: timeline } = await app.issues.listEventsForTimeline({
    owner: 'acme',
    repo: 'shop',
    issue_number: pull.number,
  });
  const events = timeline.flatMap((line) => ('event' in line ? [line.event] : []));
  expect(events).toEqual(['committed', 'review_requested', 'reviewed', 'review_requested']);
});
