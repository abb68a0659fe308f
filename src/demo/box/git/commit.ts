import { git } from './run.ts';

/** Who made a commit and when. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: Date;
}

/** File contents by path; null removes the path; an executable file is an object with its mode. */
export type FileChanges = Readonly<Record<string, FileChange>>;
export type FileChange = string | Uint8Array | null | ExecutableFile;

export interface ExecutableFile {
  readonly content: string | Uint8Array;
  readonly executable: true;
}

export interface NewCommit {
  readonly message: string;
  readonly author: Signature;
  readonly committer?: Signature;
  readonly files: FileChanges;
}

/** Where new commits go: on top of `from`, or as the first commits of a history. */
export interface CommitTarget {
  readonly branch: string;
  readonly from?: string | undefined;
  readonly force?: boolean;
}

/**
 * Writes commits on a branch with one git process and returns their SHAs. Throws when the branch's tip is not in
 * the new history, unless forced.
 */
export async function writeCommits(
  repository: string,
  target: CommitTarget,
  commits: readonly NewCommit[],
): Promise<readonly string[]> {
  const input = Buffer.concat(commits.flatMap((commit, index) => commitCommands(target, commit, index)));
  const args = ['fast-import', '--quiet', '--date-format=raw', ...(target.force ? ['--force'] : [])];
  const out = await git(repository, args, { input });
  return out === '' ? [] : out.split('\n');
}

/** Writes one commit of a tree that exists and returns its SHA; no ref moves. */
export async function commitTree(
  repository: string,
  commit: {
    readonly tree: string;
    readonly parents: readonly string[];
    readonly message: string;
    readonly author: Signature;
    readonly committer: Signature;
  },
): Promise<string> {
  const parents = commit.parents.flatMap((parent) => ['-p', parent]);
  return await git(repository, ['commit-tree', commit.tree, ...parents, '-F', '-'], {
    input: `${commit.message.trimEnd()}\n`,
    env: { ...identity('AUTHOR', commit.author), ...identity('COMMITTER', commit.committer) },
  });
}

function commitCommands(target: CommitTarget, commit: NewCommit, index: number): Buffer[] {
  const { author, committer = author } = commit;
  const header = [
    `commit refs/heads/${target.branch}`,
    `mark :${index + 1}`,
    `author ${stamp(author)}`,
    `committer ${stamp(committer)}`,
  ].join('\n');
  const from = index === 0 && target.from !== undefined ? `from ${target.from}\n` : '';
  return [
    Buffer.from(`${header}\n`),
    data(`${commit.message.trimEnd()}\n`),
    Buffer.from(from),
    ...Object.entries(commit.files).flatMap(([path, change]) => fileCommands(path, change)),
    Buffer.from(`get-mark :${index + 1}\n`),
  ];
}

function fileCommands(path: string, change: FileChange): Buffer[] {
  if (change === null) return [Buffer.from(`D ${quoted(path)}\n`)];
  const file = typeof change === 'string' || change instanceof Uint8Array ? { content: change } : change;
  const mode = 'executable' in file ? '100755' : '100644';
  return [Buffer.from(`M ${mode} inline ${quoted(path)}\n`), data(file.content)];
}

function data(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
}

function quoted(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function stamp({ name, email, date }: Signature): string {
  return `${plain(name)} <${plain(email)}> ${seconds(date)} +0000`;
}

function identity(role: 'AUTHOR' | 'COMMITTER', { name, email, date }: Signature): Record<string, string> {
  return {
    [`GIT_${role}_NAME`]: plain(name),
    [`GIT_${role}_EMAIL`]: plain(email),
    [`GIT_${role}_DATE`]: `@${seconds(date)} +0000`,
  };
}

function plain(text: string): string {
  return text.replaceAll(/[<>\n]/g, '');
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
