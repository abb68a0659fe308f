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
  *conflicting(key: string): Generator<Entry<Holder>> {
    for (const entries of this.#near(key))
      for (const entry of entries) if (keysConflict(entry.key, key)) yield entry;
  }

  *#near(key: string): Generator<readonly Entry<Holder>[]> {
    const path = pathOf(key);
    if (path === null) {
      yield this.#all;
      return;
    }
    yield this.#at.get(path) ?? [];
    yield this.#below.get(path) ?? [];
    for (const above of directoriesAbove(path)) yield this.#at.get(above) ?? [];
    yield this.#wild;
  }
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

function* directoriesAbove(path: string): Generator<string> {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) yield path.slice(0, at);
}
