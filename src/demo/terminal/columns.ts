import stringWidth from 'string-width';

/** Text in exactly so many terminal cells: cut with `…`, or filled with spaces. */
export function cell(text: string, width: number): string {
  const cut = shorten(text, width);
  return cut + ' '.repeat(Math.max(0, width - stringWidth(cut)));
}

/** Text in at most so many terminal cells. */
export function shorten(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let cut = '';
  for (const { segment } of SEGMENTS.segment(text)) {
    if (stringWidth(cut + segment) > width - 1) break;
    cut += segment;
  }
  return width > 0 ? `${cut.trimEnd()}…` : '';
}

const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Text as lines of at most so many terminal cells, broken at spaces; longer words are cut. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((word) => pieces(word, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (stringWidth(longer) <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

function pieces(word: string, width: number): readonly string[] {
  if (stringWidth(word) <= width) return [word];
  const all: string[] = [''];
  for (const { segment } of SEGMENTS.segment(word)) {
    const last = all.at(-1) ?? '';
    if (stringWidth(last + segment) <= width) all[all.length - 1] = last + segment;
    else all.push(segment);
  }
  return all;
}

/** A table in at most so many terminal cells: the widest columns give way first, and their text is wrapped. */
export function table(rows: readonly (readonly string[])[], width: number, gap = 2): readonly string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const natural = Array.from({ length: count }, (_, at) =>
    Math.max(1, ...rows.map((row) => stringWidth(row[at] ?? ''))),
  );
  const widths = squeeze(natural, width - gap * Math.max(0, count - 1));
  return rows.flatMap((row) => lay(row, widths, gap));
}

/** Takes from the widest until the sum fits; no column gets narrower than a short word. */
function squeeze(natural: readonly number[], room: number): readonly number[] {
  const widths = [...natural];
  for (let over = sum(widths) - room; over > 0; over -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= 4) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function lay(row: readonly string[], widths: readonly number[], gap: number): readonly string[] {
  const wrapped = widths.map((width, at) => wrap(row[at] ?? '', width));
  const height = Math.max(1, ...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    wrapped
      .map((lines, at) => cell(lines[line] ?? '', widths[at] ?? 0))
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}
