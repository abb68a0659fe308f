import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gitCredential } from '../../domain/git-hardening.ts';
import type { Sha } from '../../domain/ids.ts';
import type { AttemptOrder } from '../../domain/outcome.ts';
import type { Turns } from '../turns.ts';
import { entryOf } from './files.ts';
import { GitFailed, git } from './git.ts';
import { retryRaces, sweepMirrorLocks } from './locks.ts';
import { restoreMirror } from './trust.ts';

export interface Credential {
  readonly username: string;
  readonly token: string;
}

/** A stalled connection ends by itself: below 1,000 bytes/s for a minute. */
const NETWORK = ['http.lowSpeedLimit=1000', 'http.lowSpeedTime=60'];

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

async function fetch({ mirror, order, credential, signal }: FetchRequest, what: readonly string[]) {
  const given = await credential();
  const env = given === null ? {} : gitCredential(order.repository.cloneUrl, given);
  const args = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance', ...what];
  await retryRaces(() => git({ gitDir: mirror }, args, { env, config: NETWORK, signal }));
}
