import { git } from './run.ts';

export interface LineAt {
  readonly from: string;
  readonly to: string;
  readonly path: string;
  /** From 1, in the file as it was at `from`. */
  readonly line: number;
}

/** Where a line of a file is in a later commit; undefined once it has been changed or removed. */
export async function mapLine(
  repository: string,
  { from, to, path, line }: LineAt,
): Promise<number | undefined> {
  const patch = await git(repository, ['diff', '--unified=0', '--no-ext-diff', from, to, '--', path]);
  let shift = 0;
  for (const [, start = '', before = '1', after = '1'] of patch.matchAll(hunkHead)) {
    const first = Number(start) + (before === '0' ? 1 : 0);
    if (line < first) break;
    if (line < first + Number(before)) return undefined;
    shift += Number(after) - Number(before);
  }
  return line + shift;
}

const hunkHead = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@/gm;
