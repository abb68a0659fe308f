import { describe, expect, it } from 'vitest';
import { pageOf } from '../../src/cli/terminal.ts';

const isColoured = (isTTY: boolean, env: NodeJS.ProcessEnv): boolean =>
  pageOf({ isTTY, columns: 80 }, env).style.strong('a') !== 'a';

describe('what standard output can show', () => {
  it('is as wide as the terminal, within reason, and 80 cells elsewhere', () => {
    const widths = [20, 97, 500].map((columns) => pageOf({ isTTY: true, columns }, {}).width);
    expect([...widths, pageOf({ isTTY: false, columns: 97 }, {}).width]).toEqual([40, 97, 160, 80]);
  });

  it('has colours on a terminal only, and none where NO_COLOR or a dumb terminal says so', () => {
    expect(isColoured(true, {})).toBe(true);
    expect(isColoured(true, { NO_COLOR: '1' })).toBe(false);
    expect(isColoured(true, { TERM: 'dumb' })).toBe(false);
    expect(isColoured(false, {})).toBe(false);
  });
});
