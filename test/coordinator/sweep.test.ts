import { afterEach, expect, test } from 'vitest';
import { LOOK_BACK_MS, type SweepTools, sweep } from '../../src/coordinator/sweep.ts';
import { Sweeps } from '../../src/coordinator/sweeps.ts';
import { Retryable, Terminal } from '../../src/domain/errors.ts';
import type { RepositoryKey } from '../../src/domain/ids.ts';
import type { FailedDelivery } from '../../src/domain/ports/github-app.ts';
import type { Store } from '../../src/store/open.ts';
import { eventually } from '../support/eventually.ts';
import { Installed } from './installed.ts';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;
let installed: Installed;
let store: Store;

afterEach(() => installed.remove());

/** A sweep of an imagined GitHub with a real store; answers which repositories were found. */
async function swept(github: Installed, since = NOW - HOUR) {
  installed = github;
  store = await installed.opensStore(NOW);
  const found = new Set<number>();
  const onDue = ({ repositoryId }: RepositoryKey) => found.add(repositoryId);
  const { isComplete } = await sweep(toolsFor(installed), {
    since,
    onDue,
    signal: new AbortController().signal,
  });
  return { found: [...found], isComplete };
}

const toolsFor = ({ app, reader }: Installed): SweepTools => ({
  app,
  github: reader,
  inbox: store,
  trace: () => {},
  now: () => NOW,
  pauseMs: 0,
});

const lost = (repositoryId: number, at: number): FailedDelivery => ({
  id: `guid-${repositoryId}`,
  event: 'issue_comment',
  repositoryId,
  at,
});

test('repositories with labelled issues are found, in every installation', async () => {
  const { found, isComplete } = await swept(new Installed({ 1: [10, 11], 2: [20] }, { labelled: [11, 20] }));
  expect(found).toEqual([11, 20]);
  expect(isComplete).toBe(true);
});

test('what GitHub could not deliver is stored as a delivery of that time, so that comments count from then on', async () => {
  const github = new Installed({ 1: [10] }, { failed: [lost(10, NOW - HOUR / 2), lost(99, NOW)] });
  expect((await swept(github)).found).toEqual([10]);
  const { commentsSince } = await store.memory({ installationId: 1, repositoryId: 10 }, NOW);
  expect(commentsSince).toBeLessThan(NOW - HOUR / 2);
  expect(await store.dueKeys()).toEqual([{ installationId: 1, repositoryId: 10 }]);
});

test('comments count from the time when the label was set, but never from long ago', async () => {
  const github = new Installed({ 1: [10] }, { labelled: [10], labelledAt: NOW - 2 * LOOK_BACK_MS });
  await swept(github);
  const { commentsSince } = await store.memory({ installationId: 1, repositoryId: 10 }, NOW);
  expect(commentsSince).toBeGreaterThan(NOW - 1.01 * LOOK_BACK_MS);
});

test('a server without any of the lists stops nothing: what cannot be read by another try is no reason for one', async () => {
  const error = new Terminal('404');
  const { found, isComplete } = await swept(
    new Installed({ 1: [10] }, { labelled: [10], fails: { deliveries: error } }),
  );
  expect([found, isComplete]).toEqual([[10], true]);
  const nothing = await swept(
    new Installed({ 1: [10] }, { labelled: [10], fails: { installations: error } }),
  );
  expect([nothing.found, nothing.isComplete]).toEqual([[], true]);
});

test('an installation at its rate limit waits, the others do not', async () => {
  const limit = new Retryable('limited', { retryAfterMs: 60_000 });
  const github = new Installed({ 1: [10, 11], 2: [20] }, { labelled: [11, 20], fails: { 10: limit } });
  expect(await swept(github)).toEqual({ found: [20], isComplete: false });
});

test('a repository that fails does not hide those after it, and is asked again', async () => {
  const github = new Installed({ 1: [10, 11] }, { labelled: [11], fails: { 10: new Retryable('502') } });
  expect(await swept(github)).toEqual({ found: [11], isComplete: false });
});

test('a repository that came to another installation unheard goes on under that one', async () => {
  const github = new Installed({ 2: [10] }, { labelled: [10] });
  installed = github;
  store = await github.opensStore(NOW);
  await store.receive({ id: 'old', event: 'push', key: { installationId: 1, repositoryId: 10 } }, NOW - HOUR);
  await sweep(toolsFor(github), { since: NOW, onDue: () => {}, signal: new AbortController().signal });
  expect(await store.dueKeys()).toEqual([{ installationId: 2, repositoryId: 10 }]);
});

test('a sweep that was not complete is begun again soon, a complete one when it is time', async () => {
  const error = new Retryable('502');
  const github = new Installed({ 1: [10] }, { labelled: [10], fails: { deliveries: error } });
  await swept(github);
  let found = 0;
  const sweeps = new Sweeps(toolsFor(github), () => found++);
  const round = async (isTime: boolean, all: number) => {
    sweeps.begin(isTime);
    await eventually(() => expect(found).toBe(all));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(found).toBe(all);
  };
  await round(true, 1);
  github.recovers();
  await round(false, 2);
  await round(false, 2);
  await round(true, 3);
  await sweeps.stop();
  await round(true, 3);
});
