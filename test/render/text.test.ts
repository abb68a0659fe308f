import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, test } from 'vitest';
import { readMarker } from '../../src/domain/marker.ts';
import {
  cellCode,
  code,
  fence,
  mention,
  plain,
  quote,
  sentence,
  shorten,
  tailOf,
  titleText,
} from '../../src/render/text.ts';
import { hostile } from './hostile.ts';
import { nodesOf, wordsOf } from './markdown.ts';

const kindsOf = (markdown: string): ReadonlySet<string> =>
  new Set(nodesOf(markdown).map((node) => node.type));

const ACTIVE = /@[\w-]|#\d|gh-\d|:\/\/|www\./i;
const HIDDEN = /\p{Cs}|[\u202a-\u202e]|(?=\p{Cc})[^\n\t]/u;

describe('untrusted text', () => {
  test('reads as it was written, but does nothing', () => {
    expect(plain('Fix `a|b` for @bob: see #12, https://x.test <!-- hi --> *now*')).toMatchInlineSnapshot(
      `"Fix \\\`a\\|b\\\` for @​bob: see #​12, https:​//x.test &lt;!-- hi --&gt; \\*now\\*"`,
    );
  });

  test('keeps mentions of the people who are involved', () => {
    expect(plain('@alice_ @alice-b', { people: ['alice'] })).toBe('@\u200balice\\_ @\u200balice-b');
    expect(plain('@alice or @alice/team or @bob', { people: ['Alice'] })).toBe(
      '@alice or @\u200balice/team or @\u200bbob',
    );
  });

  test('is one line of plain words in a sentence', () => {
    fc.assert(
      fc.property(hostile(), (text) => {
        const safe = plain(text);
        expect(safe).not.toMatch(ACTIVE);
        expect(safe).not.toMatch(HIDDEN);
        expect(safe).not.toContain('\n');
        expect([...kindsOf(`x ${safe} x`)].sort()).toEqual(['paragraph', 'root', 'text']);
      }),
      { numRuns: 200 },
    );
  });

  test('keeps code in a stored cause as code, and nothing else', () => {
    expect(sentence('The command `npm test` failed for @bob in #3')).toBe(
      'The command `npm test` failed for @\u200bbob in #\u200b3.',
    );
    fc.assert(
      fc.property(hostile(), (text) => {
        const safe = sentence(text);
        expect(safe.replaceAll(/<\/?code>/g, '')).not.toMatch(/<!--|\n/);
        const kinds = kindsOf(`x ${safe} x`);
        for (const kind of ['link', 'image', 'emphasis', 'strong', 'heading', 'list', 'blockquote'])
          expect(kinds).not.toContain(kind);
        expect(wordsOf(`x ${safe} x`)).not.toMatch(ACTIVE);
      }),
      { numRuns: 200 },
    );
  });

  test('stays inside its backticks', () => {
    fc.assert(
      fc.property(hostile(), (text) => {
        expect([...kindsOf(`x ${code(text)} x`)].sort()).toEqual(['inlineCode', 'paragraph', 'root', 'text']);
      }),
      { numRuns: 200 },
    );
  });

  test('stays inside its table cell', () => {
    fc.assert(
      fc.property(hostile(), (text) => {
        expect(cellCode(text).replaceAll(/\\./g, '')).not.toMatch(/[|\n]/);
      }),
      { numRuns: 200 },
    );
  });

  test('stays inside its fence', () => {
    fc.assert(
      fc.property(hostile(), (text) => {
        const tree = fromMarkdown(`before\n\n${fence(text)}\n\nafter`);
        expect(tree.children.map((child) => child.type)).toEqual(['paragraph', 'code', 'paragraph']);
      }),
      { numRuns: 200 },
    );
  });

  test('stays inside its quote, without headings, links or code', () => {
    fc.assert(
      fc.property(hostile(), (text) => {
        const kinds = [...kindsOf(`before\n\n${quote(text)}\n\nafter`)];
        expect([
          'root',
          'paragraph',
          'text',
          'blockquote',
          'list',
          'listItem',
          'break',
          'thematicBreak',
        ]).toEqual(expect.arrayContaining(kinds));
        expect(quote(text)).not.toMatch(ACTIVE);
      }),
      { numRuns: 200 },
    );
  });

  test('never poses as the hidden marker', () => {
    fc.assert(
      fc.property(hostile(), (text) => {
        const all = [
          plain(text),
          sentence(text),
          code(text),
          cellCode(text),
          fence(text),
          quote(text),
          titleText(text, 250),
          mention(text),
        ];
        expect(readMarker(all.join('\n'))).toBeNull();
        expect(all.join('\n')).not.toContain('<!--');
      }),
      { numRuns: 200 },
    );
  });

  test('is a title without effect in commit messages', () => {
    fc.assert(
      fc.property(hostile(), (text) => {
        expect(titleText(text, 72)).not.toMatch(ACTIVE);
        expect(titleText(text, 72).length).toBeLessThanOrEqual(72);
      }),
    );
    expect(titleText('a'.repeat(400), 72)).toHaveLength(72);
    expect(titleText('Paint it [Skip CI] [ no ci ]', 72)).toBe('Paint it Skip CI no ci');
  });
});

describe('long text', () => {
  test('is cut between characters', () => {
    expect(shorten('🎉🎉🎉', 4)).toBe('🎉…');
  });

  test('of an output keeps its end, from the start of a line where one is near', () => {
    expect(tailOf('one\ntwo\nthree\nfour five six', 20)).toBe('…\nthree\nfour five six');
  });
});
