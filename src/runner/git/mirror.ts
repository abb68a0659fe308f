import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, Retryable } from '../../domain/errors.ts';
import { GIT_NETWORK_CONFIG, gitCredential, networkEnvironment } from '../../domain/git-hardening.ts';
import type { Sha } from '../../domain/ids.ts';
import type { AttemptOrder } from '../../domain/outcome.ts';
import { AttemptFailed } from '../failure.ts';
import type { Turns } from '../turns.ts';
import { entryOf } from './files.ts';
import { GitFailed, git } from './git.ts';
import { retryRaces, sweepMirrorLocks } from './locks.ts';
import { restoreMirror } from './trust.ts';

export interface Credential {
  readonly username: string;
  readonly token: string;
}

/** The bare repositories that all worktrees of this machine share their objects through. */
export class Mirrors {
  readonly #turns: Turns;
  readonly #endStrays: (mirror: string) => Promise<unknown>;
  readonly #opening = new Map<string, Promise<void>>();
  /** Mirrors that are open, with the commits that were found in them. */
  readonly #known = new Map<string, Set<Sha>>();

  constructor(options: { readonly turns: Turns; readonly endStrays: (mirror: string) => Promise<unknown> }) {
    this.#turns = options.turns;
    this.#endStrays = options.endStrays;
  }

  /** Makes sure that the mirror is there and holds the commits of the order; fetches only where it does not. */
  async hold(request: FetchRequest): Promise<void> {
    await this.open(request.mirror);
    if (await this.#holdsAll(request)) return;
    await this.#turns.take(request.mirror, async () => {
      if (!(await this.#holdsAll(request))) await fetchAll(request);
    });
  }

  /** Makes the mirror usable; what an earlier process left behind is cleared away once, before anything else. */
  async open(mirror: string): Promise<void> {
    const opening = this.#opening.get(mirror);
    if (opening !== undefined) return await opening;
    if (this.#known.has(mirror) && (await entryOf(join(mirror, 'HEAD'))) !== null) return;
    // Somebody else may have begun while the file was looked at.
    const began = this.#opening.get(mirror) ?? this.#turns.take(mirror, () => this.#prepare(mirror));
    this.#opening.set(mirror, began);
    await began.finally(() => this.#opening.delete(mirror));
  }

  async #holdsAll({ mirror, order }: FetchRequest): Promise<boolean> {
    const known = this.#known.get(mirror);
    for (const commit of wanted(order)) {
      if (known?.has(commit)) continue;
      if (!(await holdsCommit(mirror, commit))) return false;
      known?.add(commit);
    }
    return true;
  }

  async #prepare(mirror: string): Promise<void> {
    await this.#endStrays(mirror);
    await sweepMirrorLocks(mirror);
    if ((await entryOf(join(mirror, 'HEAD'))) === null) {
      await mkdir(mirror, { recursive: true });
      await git({ gitDir: mirror }, ['init', '-q', '--bare', '--template=', mirror]);
    }
    await restoreMirror(mirror);
    this.#known.set(mirror, new Set());
  }
}

export interface FetchRequest {
  readonly mirror: string;
  readonly order: AttemptOrder;
  /** Asked only where something is to be fetched. */
  readonly credential: () => Promise<Credential | null>;
  readonly signal: AbortSignal;
  /** Between tries while GitHub is away. */
  readonly pausesMs: readonly number[];
}

const wanted = (order: AttemptOrder): readonly Sha[] =>
  order.tip === null ? [order.base] : [order.base, order.tip];

/** Whether the commit is in the mirror. */
export async function holdsCommit(mirror: string, commit: Sha): Promise<boolean> {
  try {
    await git({ gitDir: mirror }, ['cat-file', '-e', `${commit}^{commit}`]);
    return true;
  } catch (error) {
    if (error instanceof GitFailed && !/not a git repository|not found:/i.test(error.message)) return false;
    throw error;
  }
}

async function fetchAll(request: FetchRequest): Promise<void> {
  const { order, mirror } = request;
  await fetch(request, ['--prune', '--', order.repository.cloneUrl, '+refs/heads/*:refs/remotes/origin/*']);
  for (const commit of wanted(order)) {
    if (await holdsCommit(mirror, commit)) continue;
    // A commit that no branch holds any more: GitHub gives it out by its name.
    await fetch(request, ['--', order.repository.cloneUrl, commit]);
  }
}

/** Tries a few times while GitHub is away; then the attempt ends, but by no fault of its task. */
async function fetch(request: FetchRequest, what: readonly string[]): Promise<void> {
  for (const pause of [...request.pausesMs, null]) {
    try {
      return await fetchOnce(request, what);
    } catch (error) {
      if (request.signal.aborted || !isOutage(error)) throw error;
      if (pause === null) throw new AttemptFailed('unreachable', messageOf(error), { cause: error });
      await sleep(pause, undefined, { signal: request.signal });
    }
  }
}

/** A token that could not be had for now counts, too. */
const isOutage = (error: unknown): boolean =>
  error instanceof Retryable || (error instanceof GitFailed && OUTAGE.test(error.message));

const OUTAGE =
  /Could(n't| not) (resolve|connect)|Failed to connect|Connection (timed out|refused|reset)|timed out|returned error: (429|5\d\d)|RPC failed|early EOF|unexpected disconnect|hung up|Empty reply|too slow|TLS|SSL_|HTTP\/2 stream|Recv failure|Send failure/i;

async function fetchOnce({ mirror, order, credential, signal }: FetchRequest, what: readonly string[]) {
  const given = await credential();
  const token = given === null ? {} : gitCredential(order.repository.cloneUrl, given);
  const env = { ...networkEnvironment(process.env), ...token };
  const args = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance', ...what];
  await retryRaces(() => git({ gitDir: mirror }, args, { env, config: GIT_NETWORK_CONFIG, signal }));
}
