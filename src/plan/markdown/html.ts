/** How an HTML block of CommonMark starts and ends; `null`: at the next blank line. */
export interface HtmlBlock {
  readonly start: RegExp;
  readonly end: RegExp | null;
  readonly interrupts: boolean;
}

const ATTRIBUTE = /\s+[a-zA-Z_:][\w:.-]*(?:\s*=\s*(?:[^"'=<>`\s]+|'[^']*'|"[^"]*"))?/.source;
const ONLY_TAG = new RegExp(
  `^(?:<[A-Za-z][A-Za-z0-9-]*(?:${ATTRIBUTE})*\\s*/?>|</[A-Za-z][A-Za-z0-9-]*\\s*>)\\s*$`,
);

const NAMES =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|' +
  'fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|' +
  'menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|' +
  'track|ul';

/** The seven kinds of the specification, in its order. */
const KINDS: readonly HtmlBlock[] = [
  {
    start: /^<(?:script|pre|textarea|style)(?:\s|>|$)/i,
    end: /<\/(?:script|pre|textarea|style)>/i,
    interrupts: true,
  },
  { start: /^<!--/, end: /-->/, interrupts: true },
  { start: /^<\?/, end: /\?>/, interrupts: true },
  { start: /^<![A-Za-z]/, end: />/, interrupts: true },
  { start: /^<!\[CDATA\[/, end: /\]\]>/, interrupts: true },
  { start: new RegExp(`^</?(?:${NAMES})(?:\\s|/?>|$)`, 'i'), end: null, interrupts: true },
  { start: ONLY_TAG, end: null, interrupts: false },
];

/** The HTML block that starts with this text, or null. */
export function htmlBlock(text: string, inParagraph: boolean): HtmlBlock | null {
  if (!text.startsWith('<')) return null;
  return KINDS.find(({ start, interrupts }) => (interrupts || !inParagraph) && start.test(text)) ?? null;
}

/** How many quotations a piece of HTML opens beyond those that it closes. */
export const openedQuotes = (text: string): number =>
  (text.match(/<blockquote(?=[\s>])/gi)?.length ?? 0) - (text.match(/<\/blockquote\s*>/gi)?.length ?? 0);
