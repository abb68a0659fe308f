import { type TextBlock, visitBlocks } from './blocks.ts';
import { type CodeSpan, readInline } from './inline.ts';

/*
 * What people say in a text, as opposed to what they quote or show. Comments come from anybody, and the published
 * parsers take quadratic time on nested or repeated blocks (64 KiB kept one busy for 44 s), so the block structure
 * of CommonMark is read here in one pass; the tests hold it against such a parser.
 */

/** A line that is text: inline code is replaced by `HIDDEN`, HTML tags and comments are left out. */
export interface PlainLine {
  readonly text: string;
  /** 1-based. */
  readonly line: number;
  /** Depth of the heading that the line is, or null. */
  readonly heading: number | null;
}

export interface ReadMarkdown {
  readonly lines: readonly PlainLine[];
  /** Inline code in that text, in order. */
  readonly codes: readonly CodeSpan[];
}

/** As many characters as GitHub lets stand in a text; what comes after them is not read. */
const MOST_CHARACTERS = 65_536;

/** The lines of a text that are neither code, nor block quote, nor HTML. Linear in its length; never throws. */
export const plainLines = (text: string): readonly PlainLine[] => readMarkdown(text).lines;

/** The plain lines and the inline code among them. */
export function readMarkdown(text: string): ReadMarkdown {
  const lines: PlainLine[] = [];
  const codes: CodeSpan[] = [];
  visitMarkdown(text, { line: (line) => lines.push(line), code: (code) => codes.push(code) });
  return { lines, codes };
}

/** As `plainLines`, one at a time: nothing is kept of what was visited. */
export function visitLines(text: string, visit: (line: PlainLine) => void): void {
  visitMarkdown(text, { line: visit, code: () => {} });
}

interface Visitor {
  readonly line: (line: PlainLine) => void;
  readonly code: (code: CodeSpan) => void;
}

function visitMarkdown(text: string, visitor: Visitor): void {
  visitBlocks(withinLimit(text).split(/\r\n|\n|\r/), (block) => {
    const marked = block.lines.some(({ text }) => MARKS.test(text));
    const { parts, codes } = marked ? readMarks(block) : { parts: null, codes: [] };
    for (const code of codes) visitor.code(code);
    block.lines.forEach(({ text, from, line }, index) => {
      const plain = (parts === null ? text : text.slice(0, from) + (parts[index] ?? '')).trimEnd();
      if (plain !== '') visitor.line({ text: plain, line, heading: block.heading });
    });
  });
}

/** A character takes one or two UTF-16 units. */
function withinLimit(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  let end = 0;
  for (let count = 0; count < MOST_CHARACTERS && end < text.length; count++)
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  return text.slice(0, end);
}

/** Without these a text has neither code nor HTML in it. */
const MARKS = /[`<]/;

function readMarks({ lines }: TextBlock): { parts: readonly string[]; codes: readonly CodeSpan[] } {
  const content = lines.map(({ text, from }) => text.slice(from)).join('\n');
  const { masked, codes } = readInline(content, lines[0]?.line ?? 1);
  return { parts: masked.split('\n'), codes };
}
