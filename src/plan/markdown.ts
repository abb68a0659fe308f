import { scanBlocks, type TextBlock } from './markdown-blocks.ts';
import { type CodeSpan, readInline } from './markdown-inline.ts';

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

/** GitHub's own limit is 65,536 characters of at most four bytes; what comes after this many units is not read. */
const LONGEST_TEXT = 256 * 1024;

/** The lines of a text that are neither code, nor block quote, nor HTML. Linear in its length; never throws. */
export const plainLines = (text: string): readonly PlainLine[] => readMarkdown(text).lines;

/** The plain lines and the inline code among them. */
export function readMarkdown(text: string): ReadMarkdown {
  const blocks = scanBlocks(text.slice(0, LONGEST_TEXT).split(/\r\n|\n|\r/));
  const read = blocks.map(readBlock);
  return { lines: read.flatMap(({ lines }) => lines), codes: read.flatMap(({ codes }) => codes) };
}

function readBlock(block: TextBlock): ReadMarkdown {
  const content = block.lines.map(({ text, from }) => text.slice(from)).join('\n');
  const first = block.lines[0]?.line ?? 1;
  const { masked, codes } = readInline(content, first);
  const parts = masked.split('\n');
  const lines = block.lines.map(({ text, from, line }, index) => ({
    text: (text.slice(0, from) + (parts[index] ?? '')).trimEnd(),
    line,
    heading: block.heading,
  }));
  return { lines: lines.filter((line) => line.text !== ''), codes };
}
