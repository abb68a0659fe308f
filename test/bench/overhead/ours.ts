import { join } from 'node:path';
import { createLocalDispatcher, type LocalDispatcher } from '../../../src/dispatch/local.ts';
import type { Recording } from '../../../src/domain/effect.ts';
import type { Sha } from '../../../src/domain/ids.ts';
import type { AttemptOrder, AttemptOutcome } from '../../../src/domain/outcome.ts';
import type { GitRepository } from '../../../src/domain/ports/work.ts';
import type { Repository } from '../../../src/domain/repository.ts';
import { createGitRepository } from '../../../src/repository/git-repository.ts';
import { createRunner, type Runner } from '../../../src/runner/runner.ts';
import type { RunnerEvent } from '../../../src/runner/trace.ts';
import { openStore, type Store } from '../../../src/store/open.ts';
import { cpuMs } from './cpu.ts';
import { attemptOf, decided, KEY, openedRun, orderOf } from './records.ts';
import type { Remote } from './remote.ts';

/** How long a task took, in milliseconds, the agent's own time left out. */
export interface OurTimes {
  readonly toOutcome: number;
  readonly push: number;
  readonly release: number;
  /** Processor time, the agent's included. */
  readonly cpu: number;
  /** The runner's steps by name. */
  readonly steps: ReadonlyMap<string, number>;
}

/** The product's own rooms, joined as the App joins them: store, dispatcher, runner, and the repository that pushes. */
export class Ours {
  readonly #remote: Remote;
  readonly #repository: Repository;
  readonly #git: GitRepository;
  readonly #store: Store;
  readonly #dispatcher: LocalDispatcher;
  readonly #steps: RunnerEvent[] = [];
  #outcomeCame: () => void = () => {};

  readonly #runner: Runner;

  private constructor({ dataDir, remote, store }: { dataDir: string; remote: Remote; store: Store }) {
    const { host, owner, name, token } = remote;
    this.#remote = remote;
    this.#store = store;
    this.#repository = { key: KEY, owner, name, defaultBranch: 'main', readOnly: false };
    this.#git = createGitRepository({ dataDir, host, token: async () => token });
    this.#runner = createRunner({
      dataDir,
      envAllow: [],
      credentials: async () => (token === '' ? null : { username: 'x-access-token', token }),
      trace: (event) => void this.#steps.push(event),
    });
    this.#dispatcher = createLocalDispatcher({
      store,
      runner: this.#runner,
      concurrency: 1,
      onOutcome: () => this.#outcomeCame(),
    });
  }

  static async open(room: string, remote: Remote): Promise<Ours> {
    const dataDir = join(room, 'ours');
    const ours = new Ours({ dataDir, remote, store: await openStore({ dataDir }) });
    await ours.#runner.cleanUp();
    await ours.#records(openedRun());
    return ours;
  }

  async close(): Promise<void> {
    await this.#dispatcher.close();
    await this.#store.close();
  }

  /** From the dispatch of an attempt to its branch being pushed and its worktree removed. */
  async task(number: number): Promise<OurTimes> {
    const order = await this.#decided(number);
    this.#steps.length = 0;
    const cpu = cpuMs();
    const began = performance.now();
    const outcome = await this.#dispatched(order);
    const came = performance.now();
    const tip = await this.#pushed(order, outcome);
    const pushed = performance.now();
    await this.#released(number, tip);
    return {
      toOutcome: came - began - outcome.agentMs,
      push: pushed - came,
      release: performance.now() - pushed,
      cpu: cpuMs() - cpu,
      steps: this.#stepTimes(outcome.agentMs),
    };
  }

  /** What a pass has done before it dispatches; not measured. */
  async #decided(number: number): Promise<AttemptOrder> {
    const attempt = attemptOf(number);
    await this.#records(decided(attempt));
    const base = await this.#store.pinBase(
      attempt.id,
      await this.#git.base(this.#repository, { mustContain: [], fresh: false }),
    );
    return orderOf(this.#remote, attempt, base);
  }

  async #records(recordings: readonly Recording[]): Promise<void> {
    await this.#store.commit(KEY, { recordings, actions: [] }, Date.now());
  }

  async #dispatched(order: AttemptOrder): Promise<AttemptOutcome> {
    const came = new Promise<void>((resolve) => {
      this.#outcomeCame = resolve;
    });
    await this.#dispatcher.dispatch(order, this.#repository);
    await came;
    const outcome = (await this.#store.attempt(order.attempt))?.outcome;
    if (outcome?.class !== 'succeeded') throw new Error(`the attempt failed: ${JSON.stringify(outcome)}`);
    return outcome;
  }

  async #pushed({ branch }: AttemptOrder, outcome: AttemptOutcome): Promise<Sha> {
    const result = await this.#git.push({ repository: this.#repository, outcome, branch, expected: null });
    if (result.kind !== 'pushed') throw new Error(`the push failed: ${JSON.stringify(result)}`);
    return result.sha;
  }

  async #released(number: number, tip: Sha): Promise<void> {
    const result = await this.#dispatcher.release(this.#repository, number, tip);
    if (result.kind !== 'done') throw new Error(`the worktree stays: ${JSON.stringify(result)}`);
  }

  #stepTimes(agentMs: number): ReadonlyMap<string, number> {
    const ended = this.#steps.filter(({ phase }) => phase === 'ended');
    return new Map(ended.map(({ step, ms }) => [step, step === 'agent' ? ms - agentMs : ms]));
  }
}
