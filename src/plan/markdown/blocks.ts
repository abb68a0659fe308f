import { LineCursor } from './cursor.ts';
import { type HtmlBlock, htmlBlock, openedQuotes } from './html.ts';

/** A paragraph or heading outside quotes, with its lines as written; `from`: where the content starts in the line. */
export interface TextBlock {
  readonly lines: readonly TextLine[];
  readonly heading: number | null;
}

interface TextLine {
  readonly text: string;
  readonly line: number;
  readonly from: number;
}

/** A list item's content is indented by `width` columns; a quote has none. */
type Container =
  | { readonly kind: 'quote' }
  | { readonly kind: 'item'; readonly width: number; filled: boolean };

type Leaf =
  | { readonly kind: 'none' }
  | { readonly kind: 'paragraph'; readonly lines: TextLine[] }
  | { readonly kind: 'fence'; readonly mark: string }
  | { readonly kind: 'html'; readonly block: HtmlBlock };

const NONE: Leaf = { kind: 'none' };

/** Quotes and lists within each other beyond this are read as text: the bound that keeps the time linear. */
const DEEPEST = 32;

/**
 * Visits the text blocks of a document in their order, by the block structure of CommonMark; what lies in a quotation is
 * left out. One at a time, since keeping those of a long text takes longer than finding them.
 */
export function visitBlocks(lines: readonly string[], visit: (block: TextBlock) => void): void {
  const scanner = new BlockScanner(visit);
  for (let index = 0; index < lines.length; index++) scanner.line(lines[index] ?? '', index + 1);
  scanner.end();
}

class BlockScanner {
  private containers: Container[] = [];
  private leaf: Leaf = NONE;
  private htmlQuotes = 0;
  private readonly visit: (block: TextBlock) => void;

  constructor(visit: (block: TextBlock) => void) {
    this.visit = visit;
  }

  /** Takes the next line: first what is open goes on or not, then what is new opens, then the rest is text. */
  line(text: string, line: number): void {
    const cursor = new LineCursor(text);
    const matched = this.matchContainers(cursor);
    const whole = matched === this.containers.length;
    if (whole && this.continueLeaf(cursor)) return;
    // Only a paragraph can go on without the marks of its containers (lazy continuation).
    if (!whole && this.leaf.kind !== 'paragraph') this.close(matched);
    const depth = this.openBlocks(cursor, matched, line);
    if (depth !== null) this.addText(cursor, depth, line);
  }

  end(): void {
    this.close(0);
  }

  private matchContainers(cursor: LineCursor): number {
    let matched = 0;
    for (const container of this.containers) {
      if (!goesOn(container, cursor)) break;
      matched++;
    }
    return matched;
  }

  /** Whether the line belongs to the open code or HTML. */
  private continueLeaf(cursor: LineCursor): boolean {
    const { leaf } = this;
    if (leaf.kind === 'fence') {
      const closing = cursor.indent() < 4 && closes(cursor.rest(), leaf.mark);
      if (closing) this.leaf = NONE;
      return true;
    }
    if (leaf.kind !== 'html') return false;
    this.takeHtml(cursor, leaf.block);
    return true;
  }

  private takeHtml(cursor: LineCursor, block: HtmlBlock): void {
    const rest = cursor.rest();
    const ends = block.end === null ? rest === '' : block.end.test(rest);
    this.leaf = ends ? NONE : { kind: 'html', block };
    if (block.end === null) this.htmlQuotes = Math.max(0, this.htmlQuotes + openedQuotes(rest));
  }

  /** Opens what starts here; answers how deep the rest of the line lies, or null where nothing is left of it. */
  private openBlocks(cursor: LineCursor, matched: number, line: number): number | null {
    let depth = matched;
    for (;;) {
      if (cursor.blank) return depth;
      const direct = this.leaf.kind === 'paragraph' && depth === this.containers.length;
      if (cursor.indent() >= 4) return this.openIndented(depth) ? null : depth;
      if (direct && this.underline(cursor.rest())) return null;
      if (this.openLeaf(cursor, { depth, direct, line })) return null;
      const container = depth < DEEPEST ? containerAt(cursor, direct) : null;
      if (container === null) return depth;
      this.close(depth);
      this.containers.push(container);
      depth++;
    }
  }

  /** Deep indentation is code, but for a paragraph that goes on. */
  private openIndented(depth: number): boolean {
    if (this.leaf.kind === 'paragraph') return false;
    this.close(depth);
    return true;
  }

  /** A line of `=` or `-` makes the paragraph above a heading. */
  private underline(rest: string): boolean {
    if (this.leaf.kind !== 'paragraph' || !/^(?:=+|-+)[ \t]*$/.test(rest)) return false;
    this.keep(this.leaf.lines, rest.startsWith('=') ? 1 : 2);
    this.leaf = NONE;
    return true;
  }

  private openLeaf(cursor: LineCursor, at: { depth: number; direct: boolean; line: number }): boolean {
    const rest = cursor.rest();
    if (!/^[`~#<*_-]/.test(rest)) return false;
    const fence = /^(?:(`{3,})[^`]*|(~{3,}).*)$/.exec(rest);
    const heading = /^(#{1,6})(?:[ \t]|$)/.exec(rest)?.[1];
    const html = htmlBlock(rest, at.direct);
    if (fence === null && heading === undefined && html === null && !RULE.test(rest)) return false;
    this.close(at.depth);
    if (fence !== null) this.leaf = { kind: 'fence', mark: fence[1] ?? fence[2] ?? '' };
    else if (html !== null) this.takeHtml(cursor, html);
    else if (heading !== undefined) this.keep([lineAt(cursor, at.line)], heading.length);
    return true;
  }

  private addText(cursor: LineCursor, depth: number, line: number): void {
    if (this.leaf.kind === 'paragraph' && !cursor.blank) {
      this.leaf.lines.push(lineAt(cursor, line));
      return;
    }
    this.close(depth);
    if (!cursor.blank) this.leaf = { kind: 'paragraph', lines: [lineAt(cursor, line)] };
  }

  private close(depth: number): void {
    if (this.leaf.kind === 'paragraph') this.keep(this.leaf.lines, null);
    this.leaf = NONE;
    this.containers.length = depth;
  }

  private keep(lines: readonly TextLine[], heading: number | null): void {
    const quoted = this.htmlQuotes > 0 || this.containers.some(({ kind }) => kind === 'quote');
    if (!quoted) this.visit({ lines, heading });
  }
}

/** A thematic break. */
const RULE = /^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/;

/** Whether the line carries on the container; moves the cursor behind its mark. */
function goesOn(container: Container, cursor: LineCursor): boolean {
  if (container.kind === 'quote') return takeQuoteMark(cursor);
  if (cursor.blank) return container.filled;
  if (cursor.indent() < container.width) return false;
  cursor.advance(container.width);
  container.filled = true;
  return true;
}

function takeQuoteMark(cursor: LineCursor): boolean {
  const indent = cursor.indent();
  if (indent >= 4 || !cursor.rest().startsWith('>')) return false;
  cursor.advance(indent + 1);
  cursor.advance(Math.min(1, cursor.indent()));
  return true;
}

/** The quote or list item that starts here. `direct`: within a paragraph, which not every list may interrupt. */
function containerAt(cursor: LineCursor, direct: boolean): Container | null {
  if (takeQuoteMark(cursor)) return { kind: 'quote' };
  const rest = cursor.rest();
  if (!/^[-+*\d]/.test(rest)) return null;
  const marker = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/.exec(rest);
  if (marker === null) return null;
  const empty = rest.slice(marker[0].length).trim() === '';
  if (direct && (empty || (marker[1] !== undefined && Number(marker[1]) !== 1))) return null;
  const lead = cursor.indent() + marker[0].length;
  cursor.advance(lead);
  const space = cursor.indent();
  const padding = empty || space > 4 ? 1 : space;
  cursor.advance(Math.min(padding, space));
  return { kind: 'item', width: lead + padding, filled: !empty };
}

function closes(rest: string, mark: string): boolean {
  const run = /^(?:`{3,}|~{3,})(?=[ \t]*$)/.exec(rest)?.[0] ?? '';
  return run[0] === mark[0] && run.length >= mark.length;
}

function lineAt(cursor: LineCursor, line: number): TextLine {
  const from = cursor.text.length - cursor.rest().length;
  return { text: cursor.text, line, from };
}
