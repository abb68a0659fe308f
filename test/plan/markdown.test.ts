import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, it } from 'vitest';
import { visitBlocks } from '../../src/plan/markdown/blocks.ts';
import { plainLines, readMarkdown } from '../../src/plan/markdown/read.ts';
import { processorMs } from '../support/processor-time.ts';
import { runs } from '../support/property-runs.ts';

const textsOf = (text: string): string[] => plainLines(text).map((line) => line.text);

type Nodes = ReturnType<typeof fromMarkdown>['children'][number] | ReturnType<typeof fromMarkdown>;
const children = (node: Nodes): readonly Nodes[] => ('children' in node ? node.children : []);

/** Lines with a paragraph or heading outside quotes, by the published parser. */
function linesOfParser(text: string): number[] {
  const lines = new Set<number>();
  const visit = (node: Nodes): void => {
    if (node.type === 'blockquote') return;
    if (node.type !== 'paragraph' && node.type !== 'heading') children(node).forEach(visit);
    else
      for (let at = node.position?.start.line ?? 0; at <= (node.position?.end.line ?? -1); at++)
        lines.add(at);
  };
  visit(fromMarkdown(text, { extensions: [{ disable: { null: ['definition'] } }] }));
  return [...lines].sort((a, b) => a - b);
}

const PIECES = [
  'a',
  'b c',
  '',
  '',
  '> ',
  '>',
  '- ',
  '* ',
  '1. ',
  '  ',
  '    ',
  '\t',
  '# ',
  '##',
  '```',
  '~~~',
  '````js',
  '===',
  '---',
  '***',
  '<!--',
  '-->',
  '<!-- a -->',
  '<div>',
  '</div>',
  '<pre>',
  '<?',
  '?>',
  '-',
  '+ x',
  '      z',
];

const lineArbitrary = fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }).map((pieces) => pieces.join(''));
/** The parser's own gaps: an empty list item interrupts nothing there, whatever stands before it. */
const KNOWN_GAP = /(^|[\s>.])([-*+]|1\.)[ \t]*(\n|$)/;
const documents = fc
  .array(lineArbitrary, { maxLength: 12 })
  .map((lines) => lines.join('\n'))
  .filter((text) => !KNOWN_GAP.test(text));

describe('the plain lines of a text', () => {
  it('has its paragraphs, headings and list items, with their line numbers', () => {
    expect(plainLines('# Title\n\nHello\nworld\n\n- item\n')).toEqual([
      { text: '# Title', line: 1, heading: 1 },
      { text: 'Hello', line: 3, heading: null },
      { text: 'world', line: 4, heading: null },
      { text: '- item', line: 6, heading: null },
    ]);
  });

  it.each([
    ['fenced code', '```\nhidden\n```\nseen'],
    ['fenced code with tildes', '~~~ text\n```\nhidden\n~~~\nseen'],
    ['fenced code in a list item', '- seen\n\n  ```\n  hidden\n  ```'],
    ['indented code', 'seen\n\n    hidden'],
    ['a block quote', '> hidden\n\nseen'],
    ['the lazy lines of a quote', '> hidden\nhidden too\n\nseen'],
    ['a quote in a list item', '- > hidden\n\nseen'],
    ['an HTML comment', '<!-- hidden\n\nhidden -->\nseen'],
    ['a raw HTML quote', '<blockquote>\n\nhidden\n\n</blockquote>\n\nseen'],
    ['a raw HTML block', '<pre>\nhidden\n\nhidden</pre>\nseen'],
  ])('leaves out %s', (_, text) => {
    expect(textsOf(text).filter((line) => line !== '-')).toEqual([expect.stringContaining('seen')]);
  });

  it('hides code that is never closed to the end of the text', () => {
    expect(textsOf('seen\n```\nhidden\n\nhidden')).toEqual(['seen']);
  });

  it('masks inline code and drops inline HTML', () => {
    expect(textsOf('a `b` c <!-- d --> e')).toEqual(['a \uFFFC c  e']);
    expect(textsOf('<b>a</b> <code>b</code>, <kbd>c')).toEqual(['a \uFFFC, \uFFFC']);
    expect(textsOf('a `b\nc` d')).toEqual(['a \uFFFC', '\uFFFC d']);
  });

  it('keeps a backtick that is escaped or has no partner', () => {
    expect(textsOf('a \\`b\\` c')).toEqual(['a \\`b\\` c']);
    expect(textsOf('a `b')).toEqual(['a `b']);
  });

  it('answers inline code with its line', () => {
    expect(readMarkdown('x\n`a` ``b ` c``\n```\n`d`\n```\n> `e`').codes).toEqual([
      { value: 'a', line: 2 },
      { value: 'b ` c', line: 2 },
    ]);
  });

  it('keeps a link in angle brackets', () => {
    expect(textsOf('see <https://github.com/o/r/issues/1>')).toEqual([
      'see <https://github.com/o/r/issues/1>',
    ]);
  });

  it('reads Windows line ends', () => {
    expect(plainLines('a\r\n\r\nb').map(({ text, line }) => [text, line])).toEqual([
      ['a', 1],
      ['b', 3],
    ]);
  });
});

describe('held against a published parser', () => {
  it('finds the same lines of text in any document', () => {
    fc.assert(
      fc.property(documents, (text) => {
        const ours = scanned(text);
        expect(worded(ours, text)).toEqual(worded(linesOfParser(text), text));
      }),
      runs(500),
    );
  });

  it('finds the same inline code in any paragraph', () => {
    const piece = fc.constantFrom('`', '``', 'a', ' ', '\\', 'b', '<!-- ', ' -->', '<x>', '\n', '``` ');
    const paragraphs = fc.array(piece, { maxLength: 14 }).map((pieces) => `x${pieces.join('')}`);
    fc.assert(
      fc.property(
        paragraphs.filter((text) => !/\n\s*(```|<!--|\n|$)/.test(text) && !/\n( {4}|<x>)/.test(text)),
        (text) => {
          expect(readMarkdown(text).codes.map(({ value }) => unspaced(value))).toEqual(codesOfParser(text));
        },
      ),
      runs(500),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void plainLines(text)));
  });
});

/** Without the lines that are marks only: whether an empty list item is text is nobody's concern. */
const worded = (lines: readonly number[], text: string): number[] =>
  lines.filter((line) => /[a-z]/.test(text.split('\n')[line - 1] ?? ''));

/** Lines that are text, read without the inline pass (which may empty a line). */
function scanned(text: string): number[] {
  const found: number[] = [];
  visitBlocks(text.split('\n'), ({ lines }) => found.push(...lines.map(({ line }) => line)));
  return found;
}

const unspaced = (code: string): string => code.replaceAll(/\s+/g, '');

function codesOfParser(text: string): string[] {
  const codes: string[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === 'inlineCode') codes.push(unspaced(node.value));
    children(node).forEach(visit);
  };
  visit(fromMarkdown(text, { extensions: [{ disable: { null: ['definition', 'labelEnd'] } }] }));
  return codes;
}

describe('the time it takes', () => {
  it.each([
    ['> '],
    ['>'],
    ['- '],
    ['1. '],
    ['> - '],
    ['a\n=\n'],
    ['- a\n'],
    ['\n'],
    ['`'],
    ['`a``b'],
    ['<!-- '],
    ['<a '],
    ['<'],
    ['<code>'],
    ['```\n'],
    ['\t'],
    [' '],
    ['- \n'],
    ['<div>\n\n'],
    ['<blockquote>'],
    ['<a b="'],
    ['[x]: y\n'],
  ])('is short for 256 KiB of %j', (piece) => {
    const text = piece.repeat(Math.ceil((256 * 1024) / piece.length));
    const before = process.cpuUsage();
    plainLines(text);
    expect(processorMs(before)).toBeLessThan(5_000);
  });

  it('is short for deep lists with many blank lines', () => {
    const stairs = Array.from({ length: 64 }, (_, i) => `${' '.repeat(i * 32)}${'- '.repeat(16)}a`).join(
      '\n',
    );
    const before = process.cpuUsage();
    plainLines(`${stairs}\n${'\n'.repeat(190_000)}`);
    expect(processorMs(before)).toBeLessThan(5_000);
  });
});
