import type { Signature } from './commit.ts';
import { git, gitResult } from './run.ts';

/** A commit as git holds it. */
export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** Which commits of a history: those of `head`, without those of `base`, newest first unless `oldestFirst`. */
export interface CommitRange {
  readonly head: string;
  readonly base?: string | undefined;
  readonly oldestFirst?: boolean;
  /** Follows first parents only. */
  readonly firstParent?: boolean;
  readonly path?: string | undefined;
  readonly limit?: number;
  readonly skip?: number;
}

const fields = ['%H', '%T', '%P', '%an', '%ae', '%at', '%cn', '%ce', '%ct', '%B'].join('%x01');

/** The commits of a range; throws if a name in it does not exist. */
export async function listCommits(repository: string, range: CommitRange): Promise<readonly Commit[]> {
  const out = await git(repository, [
    'log',
    '-z',
    '--topo-order',
    `--format=${fields}`,
    ...(range.oldestFirst ? ['--reverse'] : []),
    ...(range.firstParent ? ['--first-parent'] : []),
    ...(range.limit === undefined ? [] : [`--max-count=${range.limit}`]),
    ...(range.skip === undefined ? [] : [`--skip=${range.skip}`]),
    '--end-of-options',
    range.head,
    ...(range.base === undefined ? [] : [`^${range.base}`]),
    '--',
    ...(range.path === undefined ? [] : [range.path]),
  ]);
  return out
    .split('\0')
    .filter((record) => record !== '')
    .map(commitOf);
}

/** One commit; throws if there is none. */
export async function readCommit(repository: string, sha: string): Promise<Commit> {
  const [commit] = await listCommits(repository, { head: sha, limit: 1 });
  if (!commit) throw new Error(`no commit ${sha} in ${repository}`);
  return commit;
}

/** Where two histories parted; undefined if they have nothing in common. */
export async function mergeBase(repository: string, one: string, other: string): Promise<string | undefined> {
  const { exitCode, stdout } = await gitResult(repository, ['merge-base', one, other]);
  return exitCode === 0 ? stdout : undefined;
}

/** How many commits `head` has that `base` has not, and the other way around. */
export async function aheadBehind(
  repository: string,
  base: string,
  head: string,
): Promise<{ readonly ahead: number; readonly behind: number }> {
  const out = await git(repository, ['rev-list', '--left-right', '--count', `${base}...${head}`]);
  const [behind = 0, ahead = 0] = out.split('\t').map(Number);
  return { ahead, behind };
}

function commitOf(record: string): Commit {
  const [
    sha = '',
    tree = '',
    parents = '',
    an = '',
    ae = '',
    at = '',
    cn = '',
    ce = '',
    ct = '',
    ...message
  ] = record.split('\x01');
  return {
    sha,
    tree,
    parents: parents === '' ? [] : parents.split(' '),
    author: signature(an, ae, at),
    committer: signature(cn, ce, ct),
    message: message.join('\x01').trimEnd(),
  };
}

function signature(name: string, email: string, seconds: string): Signature {
  return { name, email, date: new Date(Number(seconds) * 1000) };
}
