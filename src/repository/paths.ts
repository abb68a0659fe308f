/** What is wrong with a path in a tree; null: nothing. A checkout must not write outside its directory, nor into `.git`. */
export function pathFault(path: string): string | null {
  if (path.includes('\uFFFD')) return 'its name is not UTF-8';
  if (CONTROL.test(path)) return 'its name has control characters';
  const parts = path.split(/[/\\]/);
  if (parts.some((part) => part === '' || part === '.' || part === '..'))
    return 'its name has empty, `.` or `..` parts';
  if (parts.some(isGitDirectory)) return 'its name has a `.git` part';
  return null;
}

/** What is wrong with the target of a symbolic link at the path; null: it stays inside. */
export function linkFault(path: string, target: string): string | null {
  if (target === '' || target.includes('\0')) return 'its target is no path';
  if (/^[/\\]|^[A-Za-z]:/.test(target)) return `it points to the absolute path ${JSON.stringify(target)}`;
  const at = path.split('/').slice(0, -1);
  for (const part of target.split(/[/\\]/)) {
    if (isGitDirectory(part)) return 'it points into `.git`';
    if (part === '' || part === '.') continue;
    if (part !== '..') at.push(part);
    else if (at.pop() === undefined) return `it points outside of the repository: ${JSON.stringify(target)}`;
  }
  return null;
}

const CONTROL = /\p{Cc}/u;

/** Characters that macOS overlooks in names. */
const OVERLOOKED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** `.git` as any file system may read it: without case, with dots or spaces behind, with a stream, by its short name. */
function isGitDirectory(part: string): boolean {
  const name = part
    .replace(OVERLOOKED, '')
    .toLowerCase()
    .replace(/:.*$/s, '')
    .replace(/[. ]+$/, '');
  return name === '.git' || name === 'git~1';
}
