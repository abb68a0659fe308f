import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * Refs as git keeps them in a bare repository: a file for each, and `packed-refs` for those that have none. Nobody packs
 * refs here while they are read, and git replaces such a file as a whole. The box asks for refs with every request, and
 * a process of git takes a hundred times as long as a look at the files.
 */

/** What a ref points to, by its full name; undefined where it is missing, or is no plain name of a ref. */
export function readRef(repository: string, ref: string): string | undefined {
  if (!/^refs\/[\w./-]+$/.test(ref) || ref.includes('..')) return undefined;
  return shaIn(textOf(join(repository, ref))) ?? packedRefs(repository).get(ref);
}

/** All refs, in the order of their names. */
export function readRefs(repository: string): ReadonlyMap<string, string> {
  const refs = packedRefs(repository);
  for (const ref of looseRefs(repository, 'refs')) {
    const sha = shaIn(textOf(join(repository, ref)));
    if (sha !== undefined) refs.set(ref, sha);
  }
  return new Map([...refs].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function looseRefs(repository: string, folder: string): readonly string[] {
  return entriesOf(join(repository, folder)).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return looseRefs(repository, name);
    return entry.name.endsWith('.lock') ? [] : [name];
  });
}

/** A folder may go with its last ref. */
function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    return refuseAllBut(['ENOENT', 'ENOTDIR'], error, []);
  }
}

function packedRefs(repository: string): Map<string, string> {
  const lines = textOf(join(repository, 'packed-refs')).split('\n');
  const named = lines.filter((line) => /^[0-9a-f]{40} /.test(line));
  return new Map(named.map((line) => [line.slice(41), line.slice(0, 40)]));
}

/** Empty where there is no such file. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return refuseAllBut(['ENOENT', 'ENOTDIR', 'EISDIR'], error, '');
  }
}

function refuseAllBut<T>(codes: readonly string[], error: unknown, answer: T): T {
  if (error instanceof Error && 'code' in error && codes.includes(String(error.code))) return answer;
  throw error;
}

const shaIn = (text: string): string | undefined => /^[0-9a-f]{40}$/.exec(text.trim())?.[0];
