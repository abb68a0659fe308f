/** What stands for inline code in a masked text: no word, no space, no digit. */
export const HIDDEN = '\uFFFC';

export interface CodeSpan {
  readonly value: string;
  /** 1-based line on which it starts. */
  readonly line: number;
}

/** A stretch of the content that is not shown as text. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly code: string | null;
}

/** Masks inline code and HTML in one block's content; lines stay lines. `firstLine` is the number of its first line. */
export function readInline(
  content: string,
  firstLine: number,
): { masked: string; codes: readonly CodeSpan[] } {
  const spans = findSpans(content);
  const pieces: string[] = [];
  const codes: CodeSpan[] = [];
  let line = firstLine;
  let from = 0;
  for (const span of spans) {
    const before = content.slice(from, span.start);
    line += newlines(before);
    if (span.code !== null) codes.push({ value: span.code, line });
    const hidden = newlines(content.slice(span.start, span.end));
    const mark = span.code === null && !isJoint(content, span) ? '' : HIDDEN;
    pieces.push(before, mark, `\n${mark}`.repeat(hidden));
    line += hidden;
    from = span.end;
  }
  return { masked: pieces.join('') + content.slice(from), codes };
}

/** Left out, it would make one word of two: `#1<sup>2</sup>` is not `#12`. */
const isJoint = (content: string, { start, end }: Span): boolean =>
  /\w/.test(content[start - 1] ?? '') && /\w/.test(content[end] ?? '');

const newlines = (text: string): number => text.split('\n').length - 1;

/** Where code, tags and comments stand. One pass: every search for an end starts where the last one stopped. */
function findSpans(content: string): Span[] {
  const ends = new SpanEnds(content);
  const spans: Span[] = [];
  const opening = /\\[\s\S]|`+|</g;
  for (let match = opening.exec(content); match !== null; match = opening.exec(content)) {
    const span = spanAt(content, match, ends);
    if (span === null) continue;
    spans.push(span);
    opening.lastIndex = span.end;
  }
  return spans;
}

function spanAt(content: string, match: RegExpExecArray, ends: SpanEnds): Span | null {
  const start = match.index;
  if (match[0].startsWith('`')) return codeAt(content, { start, ticks: match[0].length }, ends);
  return match[0] === '<' ? htmlAt(content, start, ends) : null;
}

function codeAt(content: string, run: { start: number; ticks: number }, ends: SpanEnds): Span | null {
  const inner = run.start + run.ticks;
  const close = ends.ticks(run.ticks, inner);
  if (close === null) return null;
  const text = content.slice(inner, close).replaceAll('\n', ' ');
  const padded = text.startsWith(' ') && text.endsWith(' ') && text.trim() !== '';
  return { start: run.start, end: close + run.ticks, code: padded ? text.slice(1, -1) : text };
}

const TAG = /<\/?([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])[^<>]*>/y;
const COMMENT_START = '<!--';

/** Elements whose content is shown, withdrawn or spoken by somebody else rather than said. */
const SHOWING = new Set(['code', 'pre', 'kbd', 'samp', 'tt', 's', 'del', 'strike', 'q', 'blockquote']);

function htmlAt(content: string, start: number, ends: SpanEnds): Span | null {
  if (content.startsWith(COMMENT_START, start)) {
    const close = ends.text('-->', start + 2);
    return close === null ? null : { start, end: close + 3, code: null };
  }
  TAG.lastIndex = start;
  const tag = TAG.exec(content);
  if (tag === null) return null;
  const end = start + tag[0].length;
  const name = (tag[1] ?? '').toLowerCase();
  if (!SHOWING.has(name) || tag[0].startsWith('</')) return { start, end, code: null };
  const close = ends.text(`</${name}>`, end);
  const closed = close === null ? content.length : close + name.length + 3;
  return { start, end: closed, code: content.slice(end, close ?? content.length) };
}

/** Finds ends from left to right; nothing is searched twice, so that openings without an end cost no more. */
class SpanEnds {
  private readonly content: string;
  private readonly lower: string;
  private readonly runs = new Map<number, { readonly starts: number[]; next: number }>();
  private readonly found = new Map<string, number>();

  constructor(content: string) {
    this.content = content;
    this.lower = content.toLowerCase();
    for (const { 0: run, index } of this.content.matchAll(/`+/g)) {
      const known = this.runs.get(run.length);
      if (known === undefined) this.runs.set(run.length, { starts: [index], next: 0 });
      else known.starts.push(index);
    }
  }

  /** The start of the next run of exactly so many backticks. */
  ticks(count: number, from: number): number | null {
    const run = this.runs.get(count);
    if (run === undefined) return null;
    while ((run.starts[run.next] ?? from) < from) run.next++;
    return run.starts[run.next] ?? null;
  }

  /** The next place of a text (in lower case) at or after `from`. */
  text(text: string, from: number): number | null {
    const last = this.found.get(text);
    if (last !== undefined && (last === -1 || last >= from)) return last === -1 ? null : last;
    const place = this.lower.indexOf(text, from);
    this.found.set(text, place);
    return place === -1 ? null : place;
  }
}
