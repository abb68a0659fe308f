import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { jsonFault } from '../../src/cli/plan/json-fault.ts';
import { runs } from '../support/property-runs.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** JSON with something put in the place of a few characters. */
const mostlyJson = fc
  .record({
    value: fc.jsonValue(),
    indent: fc.nat(2),
    at: fc.nat(80),
    removed: fc.nat(2),
    put: fc.constantFrom(
      '',
      ',',
      '"',
      ']',
      '}',
      '{',
      ':',
      '\\',
      '0',
      '-',
      'e',
      ' ',
      '\n',
      '\t',
      '\u007f',
      'é',
    ),
  })
  .map(({ value, indent, at, removed, put }) => {
    const text = JSON.stringify(value, null, indent);
    return text.slice(0, at) + put + text.slice(at + removed);
  });

describe('the place where a text stops being JSON', () => {
  it('is found exactly where JSON.parse refuses', () => {
    fc.assert(
      fc.property(mostlyJson, (text) => {
        expect(jsonFault(text) === null).toBe(isJson(text));
      }),
      runs(800),
    );
  });

  test.each([
    ['{"a": NaN}', 1, 7, /NaN and Infinity are no JSON/],
    ['[-Infinity]', 1, 2, /NaN and Infinity/],
    ['{\n  "é😀": [1,\n  ]\n}', 3, 3, /comma before this bracket/],
    ['{"a":1,}', 1, 8, /comma before this bracket/],
    ["{'a':1}", 1, 2, /double quotes/],
    ['{a:1}', 1, 2, /"a" stands where a name in double quotes, or \} should/],
    ['[1 // one\n]', 1, 4, /no comments/],
    ['{"a":"b\n"}', 1, 6, /no end/],
    ['{"a" "b"}', 1, 6, /a colon should/],
    ['[1 "b"]', 1, 4, /a comma or the end/],
    [
      '[{"a":1}',
      1,
      9,
      /ends where a comma or the end of the list or object should follow, and \] is missing/,
    ],
    ['{"a":1} x', 1, 9, /nothing more/],
    ['01', 1, 2, /nothing more/],
  ])('of %j is line %i, column %i', (text, line, column, what) => {
    expect(jsonFault(text)).toEqual({ line, column, what: expect.stringMatching(what) });
  });

  it('is found a million brackets deep', () => {
    expect(jsonFault('['.repeat(1_000_000))).toMatchObject({ line: 1, column: 1_000_001 });
  });
});
