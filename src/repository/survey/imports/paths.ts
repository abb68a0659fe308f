/** The path that `target` stands for, seen from a directory; null: it leads outside of the repository. */
export function joined(directory: string, target: string): string | null {
  const parts = directory === '' ? [] : directory.split('/');
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

/** Empty for the root. */
export const directoryOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** A directory and those above it, the nearest first, the root last. */
export function upwards(directory: string): readonly string[] {
  const all = [directory];
  for (let at = directory; at !== ''; ) {
    at = directoryOf(at);
    all.push(at);
  }
  return all;
}

export const below = (directory: string, path: string): string =>
  directory === '' ? path : `${directory}/${path}`;
