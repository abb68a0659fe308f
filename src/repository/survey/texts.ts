import { readBlobs } from './blobs.ts';
import { BOUNDS } from './bounds.ts';
import type { Tree } from './tree.ts';

/** Reads texts of tracked files within what one survey may read. */
export class Texts {
  private readonly gitDir: string;
  private readonly tree: Tree;
  private left: number = BOUNDS.allBytes;
  private readonly large: string[] = [];
  private unread = 0;

  constructor(gitDir: string, tree: Tree) {
    this.gitDir = gitDir;
    this.tree = tree;
  }

  /** Hands over one text after the other; null: it is no text. */
  async *read(
    paths: readonly string[],
    fileBytes: number,
  ): AsyncGenerator<readonly [path: string, text: string | null]> {
    const chosen = paths.filter((path) => this.take(path, fileBytes));
    const blobs = chosen.map((path) => this.tree.files.get(path)?.blob ?? '');
    let at = 0;
    for await (const [, text] of readBlobs(this.gitDir, blobs)) yield [chosen[at++] ?? '', text];
  }

  get gaps(): readonly string[] {
    const limit = `${BOUNDS.fileBytes / 1024} KiB`;
    const large = `are larger than ${limit}; what is in them is not known: ${this.large.slice(0, 5).join(', ')}`;
    return [
      ...(this.large.length > 0 ? [`${this.large.length} sources ${large}`] : []),
      ...(this.unread > 0
        ? [`${this.unread} sources are left to later surveys: there are too many at once`]
        : []),
    ];
  }

  private take(path: string, fileBytes: number): boolean {
    const file = this.tree.files.get(path);
    if (file === undefined || file.isLink) return false;
    if (file.bytes > fileBytes) {
      this.large.push(path);
      return false;
    }
    if (file.bytes > this.left) {
      this.unread += 1;
      return false;
    }
    this.left -= file.bytes;
    return true;
  }
}
