import { afterEach, expect, test, vi } from 'vitest';
import { NO_SURVEY } from '../../src/coordinator/clues.ts';
import { CoordinatorAgent, type CoordinatorOptions } from '../../src/coordinator/coordinator.ts';
import { Retryable, Terminal } from '../../src/domain/errors.ts';
import type { RepositoryKey } from '../../src/domain/ids.ts';
import type { Inbox } from '../../src/domain/ports/store.ts';
import type { Trace } from '../../src/domain/trace.ts';
import { SETTINGS } from '../support/imagined.ts';
import { unasked } from './builders.ts';

const RESYNC_MS = 60_000;
const open = { installationId: 1, repositoryId: 10 };
const idle = { installationId: 1, repositoryId: 20 };
let agent: CoordinatorAgent;

afterEach(async () => {
  vi.useRealTimers();
  await agent.stop();
});

/** For longer than any test lasts: only a resync asks before. */
const away = async (): Promise<never> => {
  throw new Retryable('away', { retryAfterMs: 60 * RESYNC_MS });
};

/** An agent that can see and do nothing: its looks fail as soon as they begin. */
function blind(
  trace: Trace,
  inbox: Pick<Inbox, 'dueKeys' | 'openKeys' | 'usedKeys'> & Partial<Inbox>,
): CoordinatorOptions {
  const git = { base: unasked, push: unasked, deleteBranch: unasked, cloneUrl: unasked };
  const store = { memory: unasked, commit: unasked, dueActions: unasked, attempt: unasked, pinBase: unasked };
  const outbox = { completeAction: unasked, postponeAction: unasked };
  const dispatcher = { dispatch: unasked, stop: unasked, release: unasked };
  const now = Date.now;
  return {
    app: { login: unasked, installations: unasked, installationOf: unasked, deliveries: unasked },
    pauseMs: 0,
    inbox: { follow: unasked, receive: unasked, pending: away, processed: unasked, ...inbox },
    observer: { github: unasked, parsePolicy: unasked, survey: NO_SURVEY, now, hosts: [] },
    hands: {
      ...{ github: unasked, git, dispatcher, store: { ...store, ...outbox } },
      ...{ trace, now, untried: new Set(), settleMs: 10 },
    },
    settings: SETTINGS,
    resyncMs: RESYNC_MS,
    gatherMs: 10,
  };
}

/** Starts an agent whose looks all fail at once, and answers how often it looked at a repository since. */
async function looking(inbox: Partial<Inbox>): Promise<(key: RepositoryKey) => number> {
  vi.useFakeTimers({ toFake: ['setInterval', 'setTimeout', 'clearInterval', 'clearTimeout', 'Date'] });
  const looks: number[] = [];
  const nothing = async () => [];
  const trace: Trace = (event) => {
    if (event.kind === 'pass' && event.phase === 'started') looks.push(event.key.repositoryId);
  };
  const given = { dueKeys: nothing, openKeys: nothing, usedKeys: nothing, ...inbox };
  agent = new CoordinatorAgent(blind(trace, given));
  await agent.start();
  await vi.advanceTimersByTimeAsync(100);
  looks.length = 0;
  return (key) => looks.filter((id) => id === key.repositoryId).length;
}

test('every resync looks at open runs; every tenth one also where nothing is open', async () => {
  const looks = await looking({ openKeys: async () => [open], usedKeys: async () => [open, idle] });
  await vi.advanceTimersByTimeAsync(9 * RESYNC_MS);
  expect([looks(open), looks(idle)]).toEqual([9, 0]);
  await vi.advanceTimersByTimeAsync(RESYNC_MS);
  expect([looks(open), looks(idle)]).toEqual([10, 1]);
});

test('a store that cannot be read for a moment ends no resync', async () => {
  const openKeys = vi.fn<Inbox['openKeys']>().mockResolvedValue([open]);
  const looks = await looking({ openKeys });
  openKeys.mockRejectedValueOnce(new Error('busy'));
  await vi.advanceTimersByTimeAsync(2 * RESYNC_MS);
  expect(looks(open)).toBe(1);
});

test('a repository that is gone for good is asked ever more rarely, and at once when something comes from it', async () => {
  const pending = vi.fn<Inbox['pending']>().mockRejectedValue(new Terminal('no such repository'));
  const looks = await looking({ dueKeys: async () => [open], pending });
  await vi.advanceTimersByTimeAsync(40 * RESYNC_MS);
  expect(looks(open)).toBe(8);
  agent.changed(open);
  await vi.advanceTimersByTimeAsync(100);
  expect(looks(open)).toBe(9);
});
