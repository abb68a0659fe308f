import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { createLocalDispatcher, type LocalDispatcherOptions } from '../../src/dispatch/local.ts';
import { Retryable } from '../../src/domain/errors.ts';
import { eventually } from '../support/eventually.ts';
import { HandRunner, KEY, MemoryLeases, orderOf, REPOSITORY } from './support.ts';

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

function world(options: Partial<LocalDispatcherOptions> = {}) {
  const store = new MemoryLeases();
  const runner = new HandRunner();
  const due = vi.fn();
  const dispatcher = createLocalDispatcher({
    store,
    runner,
    concurrency: 2,
    onOutcome: due,
    now: () => 1_000,
    ...options,
  });
  open.push(() => dispatcher.close());
  return {
    store,
    runner,
    due,
    dispatcher,
    dispatch: (issue: number) => dispatcher.dispatch(orderOf(issue), REPOSITORY),
  };
}

const idOf = (issue: number) => orderOf(issue).attempt;

test('an attempt takes a lease, runs under its fence, and its outcome makes the repository due', async () => {
  const { store, runner, due, dispatch } = world();
  await dispatch(1);
  await eventually(() => expect(store.started.get(idOf(1))).toBe(1_000));

  runner.end(1);

  await eventually(() => expect(due).toHaveBeenCalledWith(KEY));
  expect(store.outcomes.get(idOf(1))).toMatchObject({ class: 'succeeded', fence: 1 });
});

test('no more attempts run at once than the server has workers', async () => {
  const { runner, store, dispatch } = world();
  for (const issue of [1, 2, 3, 4]) await dispatch(issue);
  for (const issue of [1, 2, 3, 4]) {
    await eventually(() => expect(runner.running.has(issue)).toBe(true));
    runner.end(issue);
  }

  await eventually(() => expect(store.outcomes.size).toBe(4));
  expect(runner.most).toBe(2);
});

test('an attempt that is here already is not dispatched again', async () => {
  const { store, runner, dispatch } = world();

  await Promise.all([dispatch(1), dispatch(1)]);
  await dispatch(1);

  expect(store.fences.get(idOf(1))).toBe(1);
  expect(runner.fences).toEqual([1]);
});

test('an attempt that has its outcome is refused as stale', async () => {
  const { store, runner, dispatch } = world();
  await dispatch(1);
  runner.end(1);
  await eventually(() => expect(store.outcomes.size).toBe(1));

  await expect(dispatch(1)).rejects.toMatchObject({ name: 'Terminal', stale: true });
});

test('a running attempt that is stopped ends as cancelled', async () => {
  const { store, dispatcher, dispatch } = world();
  await dispatch(1);

  await dispatcher.stop(idOf(1));

  await eventually(() => expect(store.outcomes.get(idOf(1))?.class).toBe('cancelled'));
});

test('a queued attempt that is stopped has its outcome at once and never runs', async () => {
  const { store, runner, dispatcher, dispatch } = world({ concurrency: 1 });
  await dispatch(1);
  await dispatch(2);

  await dispatcher.stop(idOf(2));
  runner.end(1);
  await eventually(() => expect(store.outcomes.size).toBe(2));

  expect(store.outcomes.get(idOf(2))?.class).toBe('cancelled');
  expect(runner.fences).toEqual([1]);
});

test('a runner that breaks is a failure of the set-up, and the queue goes on', async () => {
  const { store, runner, dispatch } = world({ concurrency: 1 });
  await dispatch(1);
  await dispatch(2);

  runner.end(1, new Error('out of memory'));
  await eventually(() => expect(runner.running.has(2)).toBe(true));

  const failure = { kind: 'setup', detail: 'The runner failed: out of memory' };
  expect(store.outcomes.get(idOf(1))).toMatchObject({ class: 'failed', failure });
});

test('a worker whose fence is no longer the right one stops, and its outcome is refused', async () => {
  const { store, runner, due, dispatch } = world({ concurrency: 1 });
  await dispatch(1);
  await dispatch(2);
  store.fences.set(idOf(2), 7);

  runner.end(1);

  await eventually(() => expect(runner.fences).toEqual([1, 1]));
  await eventually(() => expect(runner.running.size).toBe(0));
  expect(store.outcomes.has(idOf(2))).toBe(false);
  expect(due).toHaveBeenCalledTimes(1);
});

test('leases are renewed while attempts are here, waiting or running', async () => {
  let now = 1_000;
  const { store, dispatch } = world({ concurrency: 1, leaseMs: 60, now: () => now });
  await dispatch(1);
  await dispatch(2);

  now = 5_000;

  await eventually(() => expect([...store.until.values()]).toEqual([5_060, 5_060]));
});

test('an outcome is stored although the store is busy for a moment', async () => {
  const { store, runner, dispatch } = world();
  store.faults.push(new Retryable('busy'), new Retryable('busy'));
  await dispatch(1);

  runner.end(1);

  await eventually(() => expect(store.outcomes.size).toBe(1));
});

test('a server that ends gives running and waiting attempts back without outcomes', async () => {
  const { store, runner, due, dispatcher, dispatch } = world({ concurrency: 1 });
  await dispatch(1);
  await dispatch(2);

  await dispatcher.close();

  expect([...store.released].sort()).toEqual([idOf(1), idOf(2)]);
  expect(store.outcomes.size + runner.running.size).toBe(0);
  expect(due).not.toHaveBeenCalled();
  await expect(dispatch(3)).rejects.toMatchObject({ name: 'Retryable' });
});

test('attempts that end within the grace time are stored', async () => {
  const { store, runner, dispatcher, dispatch } = world({ graceMs: 5_000 });
  await dispatch(1);
  const closing = dispatcher.close();
  await sleep(20);

  runner.end(1);
  await closing;

  expect(store.outcomes.get(idOf(1))?.class).toBe('succeeded');
  expect(store.released).toEqual([]);
});

test('a server with no workers queues and runs nothing', async () => {
  const { store, runner, dispatcher, dispatch } = world({ concurrency: 0 });
  await dispatch(1);

  await dispatcher.close();

  expect(runner.fences).toEqual([]);
  expect(store.released).toEqual([idOf(1)]);
});

test('a lease that is being taken while the server ends is given back, too', async () => {
  const { store, dispatcher, dispatch } = world();
  const takeLease = store.takeLease.bind(store);
  store.takeLease = async (...args) => {
    await sleep(30);
    return await takeLease(...args);
  };

  await Promise.all([dispatch(1), dispatcher.close()]);

  expect(store.released).toEqual([idOf(1)]);
});
