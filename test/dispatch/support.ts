import type { RunnerPort } from '../../src/dispatch/runner-port.ts';
import { Terminal } from '../../src/domain/errors.ts';
import { type AttemptId, attemptId, type RepositoryKey, sha } from '../../src/domain/ids.ts';
import { type AttemptOrder, type AttemptOutcome, bareOutcome } from '../../src/domain/outcome.ts';
import type { LeaseStore } from '../../src/domain/ports/store.ts';
import type { Repository } from '../../src/domain/repository.ts';

export const KEY: RepositoryKey = { installationId: 1, repositoryId: 5 };

export const REPOSITORY: Repository = {
  key: KEY,
  owner: 'o',
  name: 'r',
  defaultBranch: 'main',
  readOnly: false,
};

export const orderOf = (issue: number): AttemptOrder => ({
  version: 1,
  attempt: attemptId(`run-1/${issue}/1`),
  fence: 0,
  issue,
  number: 1,
  kind: 'implement',
  repository: { id: 5, owner: 'o', name: 'r', cloneUrl: '/nowhere', defaultBranch: 'main' },
  branch: `parallel/${issue}-x`,
  base: sha('1'.repeat(40)),
  tip: null,
  prompt: '',
  title: '',
  agent: { provider: 'exec', command: ['true'] },
  verify: [],
  hooks: { afterCreate: [], beforeRun: [], afterRun: [], beforeRemove: [] },
  timeouts: { totalMs: 1_000, idleMs: 1_000 },
  continueWork: false,
});

/** The leases of a store in memory, with the same rules: a fence for each lease, one outcome for each attempt. */
export class MemoryLeases implements LeaseStore {
  readonly fences = new Map<AttemptId, number>();
  readonly until = new Map<AttemptId, number>();
  readonly started = new Map<AttemptId, number>();
  readonly outcomes = new Map<AttemptId, AttemptOutcome>();
  readonly released: AttemptId[] = [];
  /** Errors that the next calls of finish meet. */
  readonly faults: Error[] = [];

  async takeLease(attempt: AttemptId, now: number, ttlMs: number) {
    if (this.outcomes.has(attempt)) throw new Terminal('it has its outcome', { stale: true });
    const fence = (this.fences.get(attempt) ?? 0) + 1;
    this.fences.set(attempt, fence);
    this.until.set(attempt, now + ttlMs);
    return { fence };
  }

  async extendLeases(now: number, ttlMs: number, only: readonly AttemptId[] = []) {
    for (const attempt of only) this.until.set(attempt, now + ttlMs);
  }

  async releaseLease(attempt: AttemptId, fence: number) {
    if (this.fences.get(attempt) !== fence) return false;
    this.released.push(attempt);
    return true;
  }

  async markStarted(attempt: AttemptId, fence: number, now: number) {
    if (this.fences.get(attempt) !== fence) return false;
    this.started.set(attempt, now);
    return true;
  }

  async finish(attempt: AttemptId, fence: number, outcome: AttemptOutcome) {
    const fault = this.faults.shift();
    if (fault) throw fault;
    if (this.fences.get(attempt) !== fence || this.outcomes.has(attempt)) return false;
    this.outcomes.set(attempt, outcome);
    return true;
  }
}

/** A runner whose attempts end when the test says so, or when they are stopped. */
export class HandRunner implements RunnerPort {
  readonly running = new Map<number, (outcome: 'succeeded' | Error) => void>();
  readonly fences: number[] = [];
  most = 0;

  run(order: AttemptOrder, { signal, started }: Parameters<RunnerPort['run']>[1]): Promise<AttemptOutcome> {
    this.fences.push(order.fence);
    started();
    return new Promise((resolve, reject) => {
      const end = (how: 'succeeded' | 'cancelled' | Error) => {
        this.running.delete(order.issue);
        if (how instanceof Error) reject(how);
        else resolve(bareOutcome(order, { class: how, failure: null, startedAt: 1, endedAt: 2 }));
      };
      this.running.set(order.issue, end);
      this.most = Math.max(this.most, this.running.size);
      signal.addEventListener('abort', () => end('cancelled'));
      if (signal.aborted) end('cancelled');
    });
  }

  async release() {
    return { kind: 'done' as const };
  }

  end(issue: number, how: 'succeeded' | Error = 'succeeded'): void {
    this.running.get(issue)?.(how);
  }
}
