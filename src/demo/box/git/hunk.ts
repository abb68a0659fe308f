/** A line of a file's diff, as a review comment points at it. */
export interface PatchLine {
  /** The file's line number on its side, from 1. */
  readonly line: number;
  readonly side: 'LEFT' | 'RIGHT';
  /** Lines below the first `@@`. */
  readonly position: number;
  /** The hunk from its `@@` to this line. */
  readonly hunk: string;
}

/** Every line of a patch; lines that stand on both sides count for the right one, and for the left one too. */
export function patchLines(patch: string): readonly PatchLine[] {
  const found: PatchLine[] = [];
  let [left, right, start] = [0, 0, 0];
  const lines = patch.split('\n');
  for (const [position, text] of lines.entries()) {
    const head = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(text);
    if (head) [left, right, start] = [Number(head[1]), Number(head[2]), position];
    if (head || text.startsWith('\\')) continue;
    const at = { position, hunk: lines.slice(start, position + 1).join('\n') };
    if (!text.startsWith('-')) found.push({ ...at, side: 'RIGHT', line: right++ });
    if (!text.startsWith('+')) found.push({ ...at, side: 'LEFT', line: left++ });
  }
  return found;
}
