/*
 * Attempts in this process. The store holds every attempt and its lease, so the queue here may be lost at any moment:
 * what has no live lease is dispatched again. Two races are kept out: an attempt is never here twice, and an outcome
 * counts only under the fence that its dispatch took.
 */
import PQueue from 'p-queue';
import { Retryable } from '../domain/errors.ts';
import type { AttemptId, RepositoryKey } from '../domain/ids.ts';
import type { AttemptOrder } from '../domain/outcome.ts';
import type { LeaseStore } from '../domain/ports/store.ts';
import type { Dispatcher } from '../domain/ports/work.ts';
import { Held } from './held.ts';
import { Leases } from './leases.ts';
import type { RunnerPort } from './runner-port.ts';

export interface LocalDispatcherOptions {
  readonly store: LeaseStore;
  readonly runner: RunnerPort;
  /** Attempts at once; 0: none ever start here. */
  readonly concurrency: number;
  /** An outcome is stored: the repository is due. */
  readonly onOutcome: (key: RepositoryKey) => void;
  /** A line of an agent, for people who watch. */
  readonly onProgress?: (order: AttemptOrder, line: string) => void;
  /** Something that was survived, such as a store that did not answer. */
  readonly onError?: (error: unknown) => void;
  /** Our clock; milliseconds since the epoch. */
  readonly now?: () => number;
  /** A lease that is not renewed for so long is dead. */
  readonly leaseMs?: number;
  /** How long `close` lets running attempts go on. */
  readonly graceMs?: number;
}

export interface LocalDispatcher extends Dispatcher {
  /** Ends all work without outcomes, so that it is dispatched again under the same numbers. */
  close(): Promise<void>;
}

const LEASE_MS = 120_000;

export function createLocalDispatcher(options: LocalDispatcherOptions): LocalDispatcher {
  const { store, runner, graceMs = 0 } = options;
  const queue = new PQueue({
    concurrency: Math.max(1, options.concurrency),
    autoStart: options.concurrency > 0,
  });
  const held = new Map<AttemptId, Held>();
  const leases = new Leases({
    store,
    now: options.now ?? Date.now,
    leaseMs: options.leaseMs ?? LEASE_MS,
    onError: options.onError ?? (() => {}),
  });
  const beat = leases.keep(() => [...held.keys()]);
  const open = (order: AttemptOrder, key: RepositoryKey) =>
    new Held({
      order,
      key,
      runner,
      leases,
      onOutcome: options.onOutcome,
      onProgress: options.onProgress ?? (() => {}),
    });
  let closing = false;

  return {
    async dispatch(order, repository) {
      if (closing) throw new Retryable('this server is ending; it starts no more attempts');
      if (held.has(order.attempt)) return;
      const entry = open(order, repository.key);
      held.set(order.attempt, entry);
      try {
        await entry.take();
      } catch (error) {
        held.delete(order.attempt);
        throw error;
      }
      void queue.add(() => entry.execute()).finally(() => held.delete(order.attempt));
    },
    stop: async (attempt) => await held.get(attempt)?.stop(),
    release: (repository, issue, published) =>
      runner.release({ repositoryId: repository.key.repositoryId, issue, published }),
    async close() {
      closing = true;
      queue.pause();
      await Promise.all([...held.values()].map((entry) => entry.giveBack(graceMs)));
      queue.clear();
      clearInterval(beat);
    },
  };
}
