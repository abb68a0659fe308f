/** GitHub's limit is 65,536 characters; what is left is for the hidden marker. */
const BODY_LIMIT = 64_000;

/** The first text that fits, from the fullest level to the barest, so that nothing is ever cut in the middle. */
export function fitted<Level>(levels: readonly Level[], render: (level: Level) => string): string {
  let text = '';
  for (const level of levels) {
    text = render(level);
    if (text.length <= BODY_LIMIT) return text;
  }
  return text;
}

/** How many lines a list may have, from generous to bare. */
export const LINE_LEVELS: readonly number[] = [100, 60, 25, 8, 3];

/** A list of at most `max` lines, with a word on how many are left out; only what is shown is worded. */
export function bullets<Item>(items: readonly Item[], max: number, lineOf: (item: Item) => string): string {
  const shown = items.slice(0, max).map((item) => `- ${lineOf(item)}`);
  const rest = items.length - shown.length;
  return (rest > 0 ? [...shown, `- … and ${rest} more`] : shown).join('\n');
}

/** A list under a bold title; nothing where it is empty. */
export function section<Item>(title: string, items: readonly Item[], shown: Shown<Item>): string {
  return items.length === 0 ? '' : `**${title}**\n\n${bullets(items, shown.max, shown.lineOf)}`;
}

export interface Shown<Item> {
  readonly max: number;
  readonly lineOf: (item: Item) => string;
}

/** Parts of a text as paragraphs; empty ones are left out. */
export const paragraphs = (parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join('\n\n');

/** A folded section; the summary is our own text. */
export const details = (summary: string, body: string): string =>
  `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
