import { appendFile, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type FileChange, type FileChanges, type NewCommit, type Signature, writeCommits } from './commit.ts';
import { git } from './run.ts';

/** How the bare repositories answer: as GitHub's do. Hooks and background upkeep stay out of the way. */
const settings = `[http]
\treceivepack = true
[uploadpack]
\tallowFilter = true
\tallowAnySHA1InWant = true
[receive]
\thideRefs = refs/pull
\tautogc = false
[gc]
\tauto = 0
[core]
\thooksPath = /dev/null
`;

/** Makes an empty bare repository whose HEAD is the default branch. */
export async function createBareRepository(directory: string, defaultBranch: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await git(directory, ['init', '--quiet', '--bare', '--template=', `--initial-branch=${defaultBranch}`]);
  await appendFile(join(directory, 'config'), settings);
}

/** Fills a new repository's branch with commits, oldest first, and returns the last one's SHA. */
export async function seedCommits(
  directory: string,
  branch: string,
  commits: readonly NewCommit[],
): Promise<string | undefined> {
  return (await writeCommits(directory, { branch }, commits)).at(-1);
}

/** A folder on disk as one commit; `.git` and `node_modules` stay behind, executable files stay executable. */
export async function folderCommit(folder: string, author: Signature): Promise<NewCommit> {
  return { message: 'Initial commit', author, files: await readFolder(folder) };
}

async function readFolder(folder: string): Promise<FileChanges> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files: [string, FileChange][] = [];
  for (const path of paths.filter((path) => !isLeftBehind(relative(folder, path))).sort())
    files.push([relative(folder, path).split(sep).join('/'), await readChange(path)]);
  return Object.fromEntries(files);
}

async function readChange(path: string): Promise<FileChange> {
  const content = await readFile(path);
  return (await stat(path)).mode & 0o100 ? { content, executable: true } : content;
}

function isLeftBehind(path: string): boolean {
  return path.split(sep).some((part) => part === '.git' || part === 'node_modules');
}
