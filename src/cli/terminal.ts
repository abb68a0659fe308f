import { inspect } from 'node:util';
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

/** Node's own table of colours; its styleText looks at another stream than ours. */
function painted(name: string): (text: string) => string {
  const [on = 0, off = 0] = inspect.colors[name] ?? [];
  return (text) => `\u001b[${on}m${text}\u001b[${off}m`;
}

const COLOURED: Style = { strong: painted('bold'), faint: painted('dim'), critical: painted('yellow') };
