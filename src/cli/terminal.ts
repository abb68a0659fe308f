import { styleText } from 'node:util';
import stringWidth from 'string-width';
import { type Page, PLAIN, type Style } from '../render/plan/view.ts';

/** Cells in a line where nobody says how many. */
const USUAL = 80;
const LEAST = 40;
/** Longer lines are hard to read. */
const MOST = 160;

/** What standard output can show. Colours only on a terminal, and obeying `NO_COLOR`. */
export function pageOf(
  { isTTY, columns }: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>,
  env: NodeJS.ProcessEnv,
): Page {
  const width = Math.max(LEAST, Math.min((isTTY && columns) || USUAL, MOST));
  const isColoured = isTTY && !env.NO_COLOR && env.TERM !== 'dumb';
  return { width, cellsOf: stringWidth, style: isColoured ? COLOURED : PLAIN };
}

const COLOURED: Style = {
  strong: (text) => styleText('bold', text),
  faint: (text) => styleText('dim', text),
  critical: (text) => styleText('yellow', text),
};
