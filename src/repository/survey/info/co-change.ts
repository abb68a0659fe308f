import type { ChangeHistory, CoChange } from '../../../domain/code-map.ts';
import type { RepositoryInfoProvider } from '../../../domain/ports/providers.ts';
import { TOGETHER } from '../bounds.ts';

/**
 * Which files change together: for every two files the share of commits that changed both, against what chance would
 * give (lift, as for association rules: Agrawal, Imieliński, Swami 1993). Each (commit, file) entry is looked at once
 * for each other file of its commit, of which there are at most 29.
 */
export const coChange: RepositoryInfoProvider = {
  name: 'co-change',
  reads: () => false,
  info: ({ files, commits }) => ({ history: historyOf(files, commits) }),
};

export function historyOf(files: readonly string[], commits: readonly (readonly string[])[]): ChangeHistory {
  const counting = commits.filter((paths) => paths.length > 0);
  const index = new Map(files.map((path, at) => [path, at]));
  const ids = counting.map((paths) => paths.flatMap((path) => index.get(path) ?? []));
  const commitsOf: number[][] = files.map(() => []);
  ids.forEach((those, commit) => {
    for (const file of those) commitsOf[file]?.push(commit);
  });
  const changes = new Map<string, number>();
  const together = new Map<string, readonly CoChange[]>();
  const tally = new Tally(files, ids, commitsOf);
  files.forEach((path, file) => {
    const count = commitsOf[file]?.length ?? 0;
    if (count > 0) changes.set(path, count);
    const partners = count < TOGETHER.support ? [] : tally.partnersOf(file);
    if (partners.length > 0) together.set(path, partners);
  });
  return { commits: counting.length, changes, together };
}

class Tally {
  private readonly files: readonly string[];
  private readonly commits: readonly (readonly number[])[];
  private readonly commitsOf: readonly (readonly number[])[];
  /** By file: commits that it shares with the file that is looked at. */
  private readonly shared: Int32Array;

  constructor(
    files: readonly string[],
    commits: readonly (readonly number[])[],
    commitsOf: readonly (readonly number[])[],
  ) {
    this.files = files;
    this.commits = commits;
    this.commitsOf = commitsOf;
    this.shared = new Int32Array(files.length);
  }

  partnersOf(file: number): readonly CoChange[] {
    const partners = this.count(file).flatMap((other) => this.measured(file, other) ?? []);
    return partners.sort(strongestFirst).slice(0, TOGETHER.partners);
  }

  /** Fills `shared` for the file, and answers where it did. */
  private count(file: number): readonly number[] {
    const seen: number[] = [];
    for (const commit of this.commitsOf[file] ?? []) {
      for (const other of this.commits[commit] ?? []) {
        const before = this.shared[other] ?? 0;
        if (before === 0) seen.push(other);
        this.shared[other] = before + 1;
      }
    }
    return seen;
  }

  private measured(file: number, other: number): CoChange | null {
    const support = this.shared[other] ?? 0;
    this.shared[other] = 0;
    if (other === file || support < TOGETHER.support) return null;
    const mine = this.commitsOf[file]?.length ?? 0;
    const theirs = this.commitsOf[other]?.length ?? 0;
    const lift = (support * this.commits.length) / (mine * theirs);
    if (lift <= TOGETHER.lift) return null;
    return { path: this.files[other] ?? '', support, lift, confidence: support / mine };
  }
}

/** What changes most often along with the file; of equals what does so least by chance. */
const strongestFirst = (a: CoChange, b: CoChange): number =>
  b.support - a.support || b.lift - a.lift || (a.path < b.path ? -1 : 1);
