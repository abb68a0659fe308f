import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDependencies } from '../../src/plan/dependencies.ts';
import { processorMs } from '../support/processor-time.ts';
import { runs } from '../support/property-runs.ts';
import { DEPENDING } from './corpus/depending.ts';
import { INDEPENDENT } from './corpus/independent.ts';

const TEXTS = [
  ...Object.values(DEPENDING)
    .flat()
    .map(([text]) => text),
  ...Object.values(INDEPENDENT).flat(),
];

/** What makes a difference to the reader, alone and cut in two. */
const PIECES = [
  ...[
    'Depends on ',
    'Blocked by',
    'After ',
    '#1',
    '#10',
    'o/r#2',
    'GH-3',
    ':',
    ', ',
    ' and ',
    ' or ',
    '\n',
    '\r\n',
  ],
  ...[
    '\t',
    '    ',
    '- ',
    '1. ',
    '[ ] ',
    '> ',
    '```',
    '~~',
    '`',
    '<!--',
    '-->',
    '<b>',
    '</b>',
    '**',
    '_',
    '(',
    ')',
    '[',
  ],
  ...[
    '](',
    'https://github.com/o/r/issues/4',
    'no longer ',
    '?',
    '## ',
    'Dependencies',
    '⛔',
    '\uFEFF',
    '\uD800',
  ],
];
const pieces = fc.constantFrom(...PIECES, ...TEXTS);
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
);

describe('whatever the text', () => {
  test('reading never throws, and what is found stands in the line that is named', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const lines = text.split(/\r\n|\n|\r/);
        for (const { number, line, quote, confidence, owner, name } of parseDependencies(text)) {
          expect(lines[line - 1]).toContain(String(number));
          expect(quote.length).toBeLessThanOrEqual(200);
          expect(confidence > 0 && confidence <= 1 && (owner === null) === (name === null)).toBe(true);
        }
      }),
      runs(800),
    );
  });

  test('each issue is found once', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const keys = parseDependencies(text).map((each) =>
          `${each.owner}/${each.name}#${each.number}`.toLowerCase(),
        );
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  test('quoted or shown as code, the same text says nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TEXTS), (text) => {
        const lines = text.split(/\r\n|\n|\r/);
        expect(parseDependencies(lines.map((line) => `> ${line}`).join('\n'))).toEqual([]);
        expect(parseDependencies(['``````', ...lines, '``````'].join('\n'))).toEqual([]);
        expect(parseDependencies(['text', '', ...lines.map((line) => `    ${line}`)].join('\n'))).toEqual([]);
      }),
    );
  });

  test('line ends make no difference', () => {
    const refs = (text: string) => parseDependencies(text).map(({ number, line }) => [number, line]);
    for (const text of TEXTS.filter((each) => !each.includes('\r')))
      expect(refs(text.replaceAll('\n', '\r\n'))).toEqual(refs(text));
  });
});

/** Enough for the slowest kind of text to show whether it takes time of a higher order. */
const MEGABYTE = 1024 * 1024;
const HOSTILE = [
  ...[
    'Depends on #1\n',
    'Depends on #1, ',
    '#1 ',
    'Depends on ',
    '- [ ] #5\n',
    '- a\n',
    '- ',
    '- - ',
    '[#1](',
    '*_',
  ],
  ...[
    'https://github.com/o/r/issues/1 ',
    '## Blocked by\n',
    '> ',
    '> - ',
    'a\n=\n',
    '\n',
    '`',
    '`a``b',
    '<!-- ',
    '<a ',
  ],
  ...[
    '<',
    '<code>',
    '```\n',
    '\t',
    ' ',
    '- \n',
    '<div>\n\n',
    '<blockquote>',
    '<a b="',
    '[x]: y\n',
    'words, words\n',
  ],
  ...[
    '~~',
    '~a ',
    '(',
    '_',
    '__a',
    '*',
    '* ',
    'Depends on #1 (',
    'Depends on #1 (a), ',
    'the the ',
    'Blocked by: ',
    '⛔',
  ],
  ...[
    'no longer ',
    'Depends on #1 or ',
    'Depends on #1\t',
    'both ',
    'a `b` <i>c</i> ',
    '#1\n',
    '?',
    ' ?',
    'is also ',
  ],
  ...[
    '.',
    ':*',
    '****',
    ':',
    '[a',
    '[Depends on](',
    '\r',
    '\uFEFF',
    'Depends on\n#1\n',
    'Depends on #1,\n',
    '<sup>',
    '#1<sup>',
  ],
];

describe('the time for a megabyte', () => {
  const timeOf = (text: string): number => {
    const before = process.cpuUsage();
    parseDependencies(text);
    return processorMs(before);
  };
  /** The least of a few: what else the process does is no fault of the reader. */
  const bestOf = (text: string): number => Math.min(...[1, 2, 3].map(() => timeOf(text)));

  test.each(HOSTILE)('of %j is under 100 ms', (piece) => {
    const text = `Depends on #1\n\n${piece.repeat(Math.ceil(MEGABYTE / piece.length))}`;
    expect(bestOf(text)).toBeLessThan(100);
  });

  test('of all texts of the corpus, over and over, is under 100 ms', () => {
    const all = TEXTS.join('\n\n');
    expect(bestOf(all.repeat(Math.ceil(MEGABYTE / all.length)))).toBeLessThan(100);
  });

  test('of random pieces on one line is under 100 ms', () => {
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 6 }), (parts) => {
        const piece = parts.join('').replaceAll('\n', ' ');
        const text = `Depends on #1, ${piece.repeat(Math.ceil(MEGABYTE / Math.max(1, piece.length)))}`;
        expect(bestOf(text)).toBeLessThan(100);
      }),
      { numRuns: 20 },
    );
  });
});
