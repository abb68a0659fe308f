import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Repository } from './state.ts';

/**
 * The folder of bare repositories, and one lock for each. A push, a merge and the computing of mergeability read
 * refs, think, and move refs: two of them at once in one repository would each act on what the other has changed.
 */
export class Disk {
  private readonly root: string;
  private readonly tails = new Map<number, Promise<void>>();
  private readonly waiting = new Set<NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private closed = false;

  private constructor(root: string) {
    this.root = root;
  }

  static async create(): Promise<Disk> {
    return new Disk(await mkdtemp(join(tmpdir(), 'heddle-box-')));
  }

  directory(repo: Repository): string {
    return join(this.root, `${repo.id}.git`);
  }

  /** Runs work after all work that was asked for earlier in this repository. Not to be nested. */
  async exclusive<T>(repo: Repository, work: () => Promise<T>): Promise<T> {
    const before = this.tails.get(repo.id) ?? Promise.resolve();
    const run = before.then(work);
    this.tails.set(
      repo.id,
      run.then(
        () => {},
        () => {},
      ),
    );
    return await run;
  }

  /** Work in the background, after so many milliseconds; none starts once the disk is closed. */
  later(milliseconds: number, work: () => Promise<void>): void {
    if (this.closed) return;
    const timer = setTimeout(() => {
      this.waiting.delete(timer);
      const run = work().finally(() => this.running.delete(run));
      this.running.add(run);
    }, milliseconds);
    this.waiting.add(timer);
  }

  /** Drops what has not begun, waits for what has, and removes the repositories. */
  async close(): Promise<void> {
    this.closed = true;
    for (const timer of this.waiting) clearTimeout(timer);
    await Promise.all([...this.running, ...this.tails.values()]);
    await rm(this.root, { recursive: true, force: true });
  }
}
