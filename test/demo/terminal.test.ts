import picocolors from 'picocolors';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../src/demo/story/board.ts';
import { isStuck } from '../../src/demo/story/board.ts';
import { boardText } from '../../src/demo/terminal/board-text.ts';
import { cell, shorten, table, wrap } from '../../src/demo/terminal/columns.ts';
import { terminalText } from '../../src/demo/terminal/markdown.ts';
import { PlainScreen } from '../../src/demo/terminal/screen.ts';
import { terminalOf } from '../../src/demo/terminal/style.ts';
import { renderTracking } from '../../src/render/tracking.ts';
import { dependency, landed, row as task, tracking, working } from '../render/builders.ts';

const style = picocolors.createColors(false);
const widest = (text: string): number => Math.max(...text.split('\n').map((line) => stringWidth(line)));
const row = (issue: number, more: Partial<BoardRow> = {}): BoardRow => ({
  issue,
  title: `Do the work of issue number ${issue} 🧶 with care`,
  state: 'waiting',
  attempt: '',
  pull: null,
  waits: '',
  ...more,
});

describe('the live table', () => {
  const rows = [
    row(1, { state: 'landed', attempt: '1 implement', pull: 15 }),
    row(12, { state: 'needs a person', waits: 'waits for #1, which works on `src/a/very/long/path.js`' }),
  ];

  test('fits into 80 columns, whatever titles and reasons hold', () => {
    const text = boardText(
      { rows, news: ['12.0 s  '.repeat(30)], elapsedMs: 75_300 },
      { width: 80, style, isLive: true },
    );
    expect(widest(text)).toBeLessThanOrEqual(80);
    expect(text).toContain('1 of 2 landed');
    expect(text).toContain('75.3 s');
    expect(text).toMatch(/#12 {2}Do the work .*… needs a pe… .* #1, which/);
  });

  test('keeps its height while things happen', () => {
    const height = (news: readonly string[]): number =>
      boardText({ rows, news, elapsedMs: 0 }, { width: 80, style, isLive: true }).split('\n').length;
    expect(height([])).toBe(height(['a', 'b', 'c', 'd', 'e', 'f']));
  });
});

describe('the plain story', () => {
  test('is one line for each change, with the time, and silent without a change', () => {
    const lines: string[] = [];
    const screen = new PlainScreen((text) => lines.push(text));
    screen.show([row(1), row(2)]);
    screen.begin();
    screen.show([row(1, { state: 'running', attempt: '2 review' }), row(2)]);
    screen.show([row(1, { state: 'running', attempt: '2 review' }), row(2)]);
    screen.tell('ben approves #15');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^ +0\.\d s {2}#1 +Do the work .*: running, attempt 2 review\n$/);
    expect(lines[1]).toMatch(/^ +0\.\d s {2}ben approves #15\n$/);
  });
});

describe('the tracking issue in the terminal', () => {
  const rows = [
    task(1, landed, { title: 'Add a cart | with *stars*', pull: 9, minutes: 1 }),
    task(2, working, { attempt: { number: 2, kind: 'review' }, agent: 'exec' }),
  ];
  const measured = { wallMinutes: 0.5, sumMinutes: 1 };
  const { body } = renderTracking(tracking({ rows, dependencies: [dependency(2, 1)], measured }));
  const text = terminalText(body, { width: 80, style });

  test('fits into 80 columns and has no Markdown left', () => {
    expect(widest(text)).toBeLessThanOrEqual(80);
    expect(text).not.toMatch(/\*\*|\| ---|```|<details>|<!--|\\#/);
  });

  test('shows the table, the bar, the times, and the graph in a sentence', () => {
    expect(text).toMatch(/Issue +State +Attempt/);
    expect(text).toContain('█');
    expect(text).toContain('(GitHub draws a graph here: 2 issues, 1 arrows: #1 → #2)');
    expect(text).toMatch(/measured: 30 s on the clock for 1 min of work, 2\.0× as fast/);
    expect(text).toContain('▸ Commands');
  });
});

describe('columns', () => {
  test('count cells and not characters', () => {
    expect(cell('🧶🧶🧶', 4)).toBe('🧶… ');
    expect(shorten('wool', 4)).toBe('wool');
    expect(wrap('blue wool and averyverylongword', 8)).toEqual([
      'blue',
      'wool and',
      'averyver',
      'ylongwor',
      'd',
    ]);
  });

  test('give way where a table is too wide', () => {
    const lines = table([['a', 'word '.repeat(40).trim()]], 30);
    expect(lines.length).toBeGreaterThan(5);
    expect(widest(lines.join('\n'))).toBeLessThanOrEqual(30);
  });
});

describe('the terminal', () => {
  const stream = (isTTY: boolean) => Object.assign(Object.create(process.stdout), { isTTY, columns: 80 });

  test('is drawn in place only where somebody watches', () => {
    expect(terminalOf(stream(true), {}).isLive).toBe(true);
    expect(terminalOf(stream(true), { TERM: 'dumb' }).isLive).toBe(false);
    expect(terminalOf(stream(false), {}).isLive).toBe(false);
  });

  test('has no colours where NO_COLOR is set or nobody watches', () => {
    expect(terminalOf(stream(true), { NO_COLOR: '1' }).style.bold('a')).toBe('a');
    expect(terminalOf(stream(false), {}).style.bold('a')).toBe('a');
    expect(terminalOf(stream(true), { TERM: 'xterm' }).style.bold('a')).not.toBe('a');
  });
});

test('the story is stuck only where something ended that others wait for', () => {
  const landed = row(1, { state: 'landed' });
  expect(isStuck([landed, row(2, { state: 'blocked' })])).toBe(false);
  expect(isStuck([row(1, { state: 'failed' }), row(2, { state: 'blocked' })])).toBe(true);
  expect(isStuck([row(1, { state: 'failed' }), row(2, { state: 'running' })])).toBe(false);
  expect(isStuck([landed])).toBe(false);
});
