import type { PlainLine } from '../markdown/read.ts';

/** A line as words: without what only decorates it. */
export interface LineWords {
  readonly text: string;
  readonly isItem: boolean;
  /** How far the words are indented, roughly: a list within an item stands further right. */
  readonly indent: number;
}

const BULLET = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/;
/** `⛔ Blocked by #1`, `:no_entry: #1`, `• #1`: signs are no words. */
const SIGNS = /^(?:[\p{Extended_Pictographic}\p{Variation_Selector}\p{Cf}•·\s]|:[a-z\d_+-]{1,40}:)+/iu;

/** Without bullets, task box, heading marks, emphasis, signs, what is struck out, and the link around the first words. */
export function lineWords({ text: line, heading }: PlainLine): LineWords {
  const bullet = bulletsOf(line);
  const content = line.slice(bullet.length);
  const title = heading === null ? content : content.replace(/^[ \t]*#{1,6}(?=[ \t])|[ \t]#+[ \t]*$/g, '');
  const said = withoutLink(withoutEmphasis(withoutStruck(title)).replace(SIGNS, '')).trimEnd();
  return { text: withoutParentheses(said), isItem: bullet !== '', indent: bullet.search(/[^ \t]|$/) };
}

/** A list may begin within a list item: `- - [ ] `. */
function bulletsOf(line: string): string {
  let length = 0;
  for (let bullet = BULLET.exec(line); bullet !== null; bullet = BULLET.exec(line.slice(length)))
    length += bullet[0].length;
  return line.slice(0, length);
}

const withoutStruck = (text: string): string =>
  text.includes('~') ? text.replaceAll(/~~[^~]*~~|(?<!~)~(?!~)[^~]*~(?!~)/g, ' ') : text;

/** Without stars and underscores, but for those that are part of a name or would join two numbers. */
const withoutEmphasis = (text: string): string =>
  /[*_]/.test(text)
    ? text.replaceAll(/\*+|_+/g, (run, at: number) =>
        isPart(run, { before: text[at - 1] ?? '', after: text[at + run.length] ?? '' }) ? run : '',
      )
    : text;

/** `my_repo`, `owner/_name`, `name_#1`, `#1*2*`. */
function isPart(
  run: string,
  { before, after }: { readonly before: string; readonly after: string },
): boolean {
  if (run.startsWith('*')) return /[a-z\d]/i.test(before) && /[a-z\d]/i.test(after);
  return /[\w./-]/.test(before) && /[\w/#]/.test(after);
}

const WORDS = /^(?:it|this|depend|blocke[dr]|after|require|pre-?requisite)/i;

/** `[Depends on](https://…) #1` */
const withoutLink = (text: string): string =>
  !text.startsWith('[')
    ? text
    : text.replace(/^\[([^[\]]{0,200})\]\([^()\s]{0,500}\)/, (link, label: string) =>
        WORDS.test(label) ? label : link,
      );

/** `(Depends on #1)` */
export const withoutParentheses = (text: string): string => /^\(([^()]*)\)[.!]?$/.exec(text)?.[1] ?? text;
