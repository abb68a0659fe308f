import { readRef } from './ref-files.ts';
import { git, gitBlob, gitResult } from './run.ts';

/** A file as git holds it. */
export interface Blob {
  readonly sha: string;
  readonly content: Buffer;
}

/** One entry of a recursive listing. */
export interface TreeEntry {
  readonly mode: string;
  /** A `commit` is a submodule. */
  readonly type: 'blob' | 'commit';
  readonly sha: string;
  readonly path: string;
}

/** A file at a branch, tag or SHA; undefined when there is no such ref or no such file. */
export async function readBlob(repository: string, name: string, path: string): Promise<Blob | undefined> {
  const { exitCode, stdout: sha } = await gitResult(repository, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${branchTip(repository, name) ?? name}:${path}`,
  ]);
  const content = exitCode === 0 ? await gitBlob(repository, sha) : undefined;
  return content && { sha, content: Buffer.from(content) };
}

/** What a name means to git when there is a branch and no tag of that name. */
function branchTip(repository: string, name: string): string | undefined {
  return readRef(repository, `refs/tags/${name}`) ? undefined : readRef(repository, `refs/heads/${name}`);
}

/** Every file below a commit, in git's order. */
export async function listTree(repository: string, commit: string): Promise<readonly TreeEntry[]> {
  const out = await git(repository, ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', commit]);
  return out
    .split('\0')
    .filter((line) => line !== '')
    .map(treeEntry);
}

function treeEntry(line: string): TreeEntry {
  const tab = line.indexOf('\t');
  const [mode = '', type, sha = ''] = line.slice(0, tab).split(' ');
  return { mode, type: type === 'commit' ? 'commit' : 'blob', sha, path: line.slice(tab + 1) };
}
