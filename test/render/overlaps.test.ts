import { expect, test } from 'vitest';
import { KEY_SOURCES, type KeyClue } from '../../src/domain/overlap.ts';
import { accuracyText } from '../../src/render/accuracy.ts';
import { gapsText, overlapsText, predictedLine } from '../../src/render/overlaps.ts';
import { foreseenKey } from './builders.ts';

const NAMED = foreseenKey('src/a.ts', 1);
const GUESSED = foreseenKey('src/a.ts', 0.621);
const SURE = foreseenKey('src/a.ts', 0.999);

test('where tasks meet it says which, where, why and how surely', () => {
  const overlaps = [
    { issues: [1, 2], keys: [NAMED, SURE], level: 'exclusive', confidence: 0.999 },
    { issues: [1, 3], keys: [NAMED, GUESSED], level: 'warn', confidence: 0.62 },
    { issues: [3, 4], keys: [GUESSED, GUESSED], level: 'warn', confidence: 0.38 },
    { issues: [5, 6], keys: [foreseenKey('src/**', 1), NAMED], level: 'exclusive', confidence: 1 },
  ] as const;
  expect(overlapsText(overlaps, 9)).toMatchInlineSnapshot(`
    "**Where tasks may change the same**

    - #1 and #2 don’t run side by side: both change \`src/a.ts\` (#1: the issue names it; #2: its history with \`src/cart.ts\`, 99 % sure)
    - #3 may also change \`src/a.ts\`, as #1 does: its history with \`src/cart.ts\`, 62 % sure
    - #4 may also change \`src/a.ts\`, as #3 may: its history with \`src/cart.ts\`, 62 % sure
    - #5 and #6 don’t run side by side: \`src/**\` and \`src/a.ts\` meet (#5: the issue names it; #6: the issue names it)"
  `);
});

test('every kind of clue has its words', () => {
  const clues = KEY_SOURCES.map(
    (source): KeyClue => ({ source, quote: 'it`s', via: 'b.ts', confidence: 0.5 }),
  );
  const lines = clues.map((clue) =>
    predictedLine({ key: 'a.ts', clues: [clue], confidence: 0.5, level: 'warn' }),
  );
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "\`a.ts\`: the issue says “it\\\`s”, 50 % sure
    \`a.ts\`: the issue says “it\\\`s”, 50 % sure
    \`a.ts\`: the issue names the package “it\\\`s”, 50 % sure
    \`a.ts\`: the label “it\\\`s”, 50 % sure
    \`a.ts\`: imports \`b.ts\`, 50 % sure
    \`a.ts\`: is imported by \`b.ts\`, 50 % sure
    \`a.ts\`: belongs to “it\\\`s”, 50 % sure
    \`a.ts\`: its history with \`b.ts\`, 50 % sure
    \`a.ts\`: “it\\\`s” asks for other dependencies, 50 % sure
    \`a.ts\`: “it\\\`s” is about the database, 50 % sure
    \`a.ts\`: changes often, 50 % sure"
  `);
});

test('how right predictions were is told as a whole and by source, with what follows', () => {
  const score = { predicted: 4, expected: 2_480_000, hits: 3, real: 5, found: 2 };
  const whole = { predicted: 6, expected: 4_000_000, hits: 5, real: 5, found: 4 };
  const sources = [
    { source: 'co-change', score, holdsFrom: 0.7312 },
    { source: 'package', score, holdsFrom: null },
    { source: 'named', score: { ...score, expected: 4_000_000 }, holdsFrom: 0.8 },
  ] as const;
  expect(accuracyText({ foreseen: whole, held: score, sources }, 9)).toMatchInlineSnapshot(`
    "### What was foreseen

    Of 6 keys foreseen, 5 came true (precision 83 %). 5 files changed, 4 of them foreseen (recall 80 %). Of the 4 keys held, 3 came true.

    **By source**

    - history: 3 of 4 right (precision 75 %, expected 62 %), 2 of 5 files found (recall 40 %); alone it now holds a key from 73 % on
    - packages in the text: 3 of 4 right (precision 75 %, expected 62 %), 2 of 5 files found (recall 40 %); alone it never holds a key
    - named paths: 3 of 4 right (precision 75 %, expected 100 %), 2 of 5 files found (recall 40 %)"
  `);
  expect(accuracyText(null, 9)).toBe('');
});

test('what could not be looked at is said once, and not at all where nothing is missing', () => {
  expect([gapsText([]), gapsText(['the history is shallow', 'x'])]).toMatchInlineSnapshot(`
    [
      "",
      "_What overlaps may be incomplete: the history is shallow and x._",
    ]
  `);
});
