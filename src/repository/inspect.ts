import { Terminal } from '../domain/errors.ts';
import { type Sha, sha } from '../domain/ids.ts';
import { refuseWork } from './bundle.ts';
import { BASE, type Mirror } from './mirror.ts';
import { linkFault, pathFault } from './paths.ts';

/*
 * What a worker hands in is not to be trusted: its machine ran what an agent wrote. Everything that is about to be pushed
 * is looked at here, commit by commit, by our own git in our own copy: also what a later commit took out again.
 */

export interface Limits {
  /** Largest file, and all new contents of one push together. */
  readonly fileBytes: number;
  readonly totalBytes: number;
  readonly commits: number;
}

export const LIMITS: Limits = { fileBytes: 10 * 1024 * 1024, totalBytes: 50 * 1024 * 1024, commits: 100 };

interface Work {
  readonly tip: Sha;
  /** The branch as GitHub has it; null: it is new. */
  readonly expected: Sha | null;
  /** The only address that may stand in the commits. */
  readonly authorEmail: string;
  readonly limits: Limits;
}

/** Answers the paths that the new commits change. Throws Terminal with every fault of them. */
export async function inspectWork(mirror: Mirror, work: Work): Promise<readonly string[]> {
  if (work.tip === work.expected) return [];
  const commits = newCommits(await commitsAhead(mirror, work), work);
  if (commits.length === 0) throw new Terminal('the work has no commit that GitHub does not have already');
  refuse(commits.flatMap((commit) => commitFaults(commit, work.authorEmail)));
  const entries = commits.flatMap((commit) => commit.entries);
  refuse(entries.flatMap(entryFaults));
  refuse(await sizeFaults(mirror, entries, work.limits));
  refuse(await linkFaults(mirror, entries));
  return [...new Set(entries.map((entry) => entry.path))];
}

function refuse(faults: readonly string[]): void {
  if (faults.length === 0) return;
  const more = faults.length > 20 ? [`and ${faults.length - 20} more`] : [];
  throw new Terminal(`the work was not pushed: ${[...faults.slice(0, 20), ...more].join('; ')}`);
}

interface Commit {
  readonly id: Sha;
  readonly parents: readonly string[];
  readonly authorEmail: string;
  readonly committerEmail: string;
  /** What it changes against its parent; nothing for a merge. */
  readonly entries: readonly Entry[];
}

interface Entry {
  readonly path: string;
  /** As git writes it: `100644`; `000000` where the path is gone. */
  readonly mode: string;
  readonly blob: string;
}

/** The tip and what lies below it, as far as the default branch does not have it, with all changes: one look for all. */
async function commitsAhead(mirror: Mirror, { tip, limits }: Work): Promise<ReadonlyMap<string, Commit>> {
  const args = ['log', ...LOG_FLAGS, `--max-count=${limits.commits + 1}`, tip, '--not', BASE, '--'];
  const out = await mirror.git(args).catch(refuseWork);
  return new Map(commitsIn(out.split('\0')).map((commit) => [commit.id, commit]));
}

const LOG_FLAGS: readonly string[] = [
  '--topo-order',
  '--format=%H%x00%P%x00%ae%x00%ce',
  // An address is compared as it stands in the commit, not as the commit says that it is to be read.
  '--encoding=none',
  '--no-color',
  '--no-notes',
  '--no-show-signature',
  '--diff-merges=off',
  '--root',
  '--raw',
  '-r',
  '-z',
  '--no-renames',
  '--no-abbrev',
  '--no-ext-diff',
  '--no-textconv',
  '--ignore-submodules=none',
];

/**
 * Reads by position, as names and addresses may hold anything but NUL: four fields, then
 * `:oldmode newmode oldsha newsha status NUL path NUL` for every path (a line feed before the first).
 */
function commitsIn(parts: readonly string[]): readonly Commit[] {
  const commits: Commit[] = [];
  for (let at = 0; at + 3 < parts.length; ) {
    const [id = '', parents = '', authorEmail = '', committerEmail = ''] = parts.slice(at, at + 4);
    const entries: Entry[] = [];
    for (at += 4; /^\n?:/.test(parts[at] ?? ''); at += 2) entries.push(entryIn(parts, at));
    commits.push({ id: sha(id), parents: wordsOf(parents), authorEmail, committerEmail, entries });
  }
  return commits;
}

const wordsOf = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');

function entryIn(parts: readonly string[], at: number): Entry {
  const [, mode = '', , blob = ''] = (parts[at] ?? '').split(' ');
  return { path: parts[at + 1] ?? '', mode, blob };
}

/**
 * From the tip down, parent by parent, until the branch as GitHub has it (the work goes on top) or the default branch
 * (the branch is new, or rewritten). It ends at one of the two, or with a commit that has not one parent.
 */
function newCommits(ahead: ReadonlyMap<string, Commit>, { tip, expected, limits }: Work): readonly Commit[] {
  const found: Commit[] = [];
  for (let id: string = tip; id !== expected; ) {
    const commit = ahead.get(id);
    if (!commit) return found;
    found.push(commit);
    if (found.length > limits.commits) throw new Terminal(`the work has more than ${limits.commits} commits`);
    const [parent, ...others] = commit.parents;
    if (parent === undefined || others.length > 0) return found;
    id = parent;
  }
  return found;
}

function commitFaults(commit: Commit, email: string): readonly string[] {
  const name = `commit ${commit.id.slice(0, 10)}`;
  const parents = commit.parents.length;
  const shape = parents === 1 ? [] : [`${name} has ${parents} parents, not one`];
  const strangers = [commit.authorEmail, commit.committerEmail].filter((one) => one !== email);
  return [
    ...shape,
    ...strangers.slice(0, 1).map((one) => `${name} is by ${JSON.stringify(one)}, not by this App`),
  ];
}

/** Every path that differs between two commits, by our own git: what a worker says about its work proves nothing. */
export async function changedPaths(mirror: Mirror, from: Sha, to: Sha): Promise<readonly string[]> {
  const flags = ['-r', '-z', '--name-only', '--no-renames', '--ignore-submodules=none'];
  const out = await mirror.git(['diff-tree', ...flags, from, to, '--']);
  return out.split('\0').filter((path) => path !== '');
}

const GONE = '000000';
const LINK = '120000';
const MODES = new Set([GONE, LINK, '100644', '100755']);

function entryFaults({ path, mode }: Entry): readonly string[] {
  if (mode === GONE) return [];
  const name = JSON.stringify(path);
  if (mode === '160000') return [`${name} is a submodule, which this App does not push`];
  if (!MODES.has(mode)) return [`${name} has the unknown mode ${mode}`];
  const fault = pathFault(path);
  return fault === null ? [] : [`${name} is refused: ${fault}`];
}

const contents = (entries: readonly Entry[]) => entries.filter((entry) => entry.mode !== GONE);

async function sizeFaults(
  mirror: Mirror,
  entries: readonly Entry[],
  limits: Limits,
): Promise<readonly string[]> {
  const sizes = await sizesOf(
    mirror,
    contents(entries).map((entry) => entry.blob),
  );
  const large = contents(entries).filter((entry) => (sizes.get(entry.blob) ?? 0) > limits.fileBytes);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const broken = contents(entries).filter((entry) => !sizes.has(entry.blob));
  return [
    ...broken.map((entry) => `${JSON.stringify(entry.path)} is not a file`),
    ...large.map((entry) => `${JSON.stringify(entry.path)} is larger than ${megabytes(limits.fileBytes)}`),
    ...(total > limits.totalBytes
      ? [`its files are larger than ${megabytes(limits.totalBytes)} together`]
      : []),
  ];
}

const megabytes = (bytes: number): string => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;

/** Bytes by blob; what is missing, or something else than a blob, is left out. */
async function sizesOf(mirror: Mirror, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (names.length === 0) return new Map();
  const asked = [...new Set(names)].join('\n');
  const out = await mirror.git(
    ['cat-file', '--batch-check=%(objectname) %(objecttype) %(objectsize)'],
    `${asked}\n`,
  );
  const blobs = out.split('\n').flatMap((line) => {
    const [id = '', type, size] = line.split(' ');
    return type === 'blob' ? [[id, Number(size)] as const] : [];
  });
  return new Map(blobs);
}

async function linkFaults(mirror: Mirror, entries: readonly Entry[]): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { path, blob } of entries.filter((entry) => entry.mode === LINK)) {
    const fault = linkFault(path, await mirror.git(['cat-file', 'blob', blob]));
    if (fault !== null) faults.push(`the link ${JSON.stringify(path)} is refused: ${fault}`);
  }
  return faults;
}
