import { keysConflict } from '../conflicts.ts';
import { push } from './groups.ts';

/** Exclusive keys with whoever has them, so that those which conflict with a key are found without looking at all. */
export class KeyIndex<Holder> {
  /** Entries by their path; a directory's `/**` is left out. */
  readonly #at = new Map<string, Entry<Holder>[]>();
  /** Entries by every directory above them. */
  readonly #below = new Map<string, Entry<Holder>[]>();
  /** Other globs: they may lie anywhere. */
  readonly #wild: Entry<Holder>[] = [];
  readonly #all: Entry<Holder>[] = [];

  add(key: string, holder: Holder): void {
    const entry = { key, holder };
    this.#all.push(entry);
    const path = pathOf(key);
    if (path === null) {
      this.#wild.push(entry);
      return;
    }
    push(this.#at, path, entry);
    for (const above of directoriesAbove(path)) push(this.#below, above, entry);
  }

  /** Whatever `keysConflict` with the key, in no order. */
  conflicting(key: string): readonly Entry<Holder>[] {
    const path = pathOf(key);
    const found: Entry<Holder>[] = [];
    if (path === null) {
      collect(this.#all, key, found);
      return found;
    }
    collect(this.#at.get(path), key, found);
    collect(this.#below.get(path), key, found);
    for (const above of directoriesAbove(path)) collect(this.#at.get(above), key, found);
    collect(this.#wild, key, found);
    return found;
  }
}

function collect<Holder>(
  entries: readonly Entry<Holder>[] | undefined,
  key: string,
  found: Entry<Holder>[],
): void {
  if (entries === undefined) return;
  for (const entry of entries) if (keysConflict(entry.key, key)) found.push(entry);
}

export interface Entry<Holder> {
  readonly key: string;
  readonly holder: Holder;
}

/** The path of a key that is none but a file or a directory with all that lies in it; null: another glob. */
function pathOf(key: string): string | null {
  const path = key.replace(/\/\*\*$/, '');
  return /[*?{]/.test(path) ? null : path;
}

function directoriesAbove(path: string): readonly string[] {
  const above: string[] = [];
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
    above.push(path.slice(0, at));
  return above;
}
