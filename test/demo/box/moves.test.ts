import type { Octokit } from '@octokit/rest';
import { beforeEach, expect, test } from 'vitest';
import type { Box } from '../../../src/demo/box/start.ts';
import type { RepositoryView } from '../../../src/demo/box/verbs.ts';
import { type Problems, tokenClient } from '../../support/box-clients.ts';
import { boxEachTest } from '../../support/boxed.ts';
import { Clone } from '../../support/clone.ts';

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

const plainly = async (path: string, method = 'GET') =>
  await fetch(`${box.url}/api/v3/repos/acme/shop${path}`, { method, redirect: 'manual' });

test('a former name leads to the repository: reads for good, writes for once', async () => {
  const issue = view.person('alice').opensIssue({ title: 'A' });
  box.renames('acme/shop', 'store');
  expect((await alice.issues.get({ ...shop, issue_number: issue.number })).data.title).toBe('A');
  await alice.issues.createComment({ ...shop, issue_number: issue.number, body: 'hello' });
  expect(view.commentsOn(issue)).toHaveLength(1);
  const read = await plainly('/issues?state=all');
  expect([read.status, read.headers.get('location')]).toEqual([
    301,
    `${box.url}/api/v3/repositories/${view.repo.id}/issues?state=all`,
  ]);
  expect((await plainly('/issues', 'POST')).status).toBe(307);
});

test('a former name leads git too, until another repository takes it', async () => {
  const clone = await Clone.of(box, 'acme/shop', box.person('alice').token);
  box.renames('acme/shop', 'store');
  await clone.git('fetch', 'origin');
  await box.createsRepository('acme/shop');
  expect((await plainly('')).status).toBe(200);
  await clone.remove();
});

test('a transferred issue is found where it went', async () => {
  await box.createsRepository('acme/attic');
  const issue = view.person('alice').opensIssue({ title: 'Old' });
  const moved = box.transfers(issue, 'acme/attic');
  const { data } = await alice.issues.get({ ...shop, issue_number: issue.number });
  expect(data.repository_url).toMatch(/acme\/attic$/);
  expect(data.number).toBe(moved.number);
  expect((await alice.issues.listForRepo({ ...shop, state: 'all' })).data).toEqual([]);
  expect((await plainly(`/issues/${issue.number}/comments`)).headers.get('location')).toMatch(
    /\/issues\/\d+\/comments$/,
  );
});
