import type { PlainLine } from '../markdown/read.ts';
import type { LineWords } from './line-words.ts';
import { SUBJECT } from './statement.ts';

/**
 * Under which words a line stands. A heading holds until the next one that is no part of it; a label (`Blocked by:`)
 * for the list or the line of issues right below it; an open line (`Depends on #1,`) for the next line.
 */
export type Section =
  | null
  | { readonly kind: 'heading'; readonly depth: number }
  | {
      readonly kind: 'label';
      /** The last line that belongs to it. */
      readonly line: number;
      readonly indent: number;
      readonly hasItems: boolean;
      readonly takesLists: boolean;
    };

const WORD =
  /(?:dependenc(?:y|ies)|depends?[\s-]+(?:up)?on|dependent\s+on|blocked[\s-]+(?:by|on)|blockers?|pre-?requisites?|requires)/
    .source;
const FOLLOWING =
  /(?:\s+(?:on\s+)?(?:the\s+following|these)(?:\s+(?:issues?|PRs?|pull requests?|tickets?|tasks?))?)?/.source;
const NAME = new RegExp(
  `^(?:\\d{1,2}[.)]\\s*)?(?:${SUBJECT})${WORD}(?:\\s*(?:/|&|\\band\\b|\\bor\\b)\\s*${WORD})?${FOLLOWING}\\s*[:：]?[\\s\\p{Extended_Pictographic}\\p{Variation_Selector}]*$`,
  'iu',
);
const LONGEST_NAME = 80;

/** The section in which the lines after this one stand. */
export function sectionAfter(line: PlainLine, words: LineWords, section: Section): Section {
  const { text, isItem, indent } = words;
  const isName = isNameOf(line, text);
  if (line.heading !== null) return afterHeading(line.heading, isName, section);
  if (isName && section?.kind !== 'heading') {
    const takesLists = isLabel(line.text);
    return { kind: 'label', line: line.line, indent: isItem ? indent : -1, hasItems: false, takesLists };
  }
  return section?.kind === 'label' ? labelAfter(line.line, words, section) : section;
}

/** `After` names a section only as a label: as a heading it stands over pictures of what has changed. */
function isNameOf(line: PlainLine, text: string): boolean {
  if (text.length > LONGEST_NAME) return false;
  return NAME.test(text) || (line.heading === null && /^after\s*:?$/i.test(text) && isLabel(line.text));
}

/** `Depends on #1,`: the next line is part of it. */
export const openLine = (line: number): Section => ({
  kind: 'label',
  line,
  indent: -1,
  hasItems: false,
  takesLists: false,
});

function afterHeading(depth: number, isName: boolean, section: Section): Section {
  if (isName) return { kind: 'heading', depth };
  return section?.kind === 'heading' && depth > section.depth ? section : null;
}

/** A list may stand one blank line below its label, with a blank line between its items, and lines that belong to one. */
function labelAfter(
  line: number,
  { isItem, indent }: LineWords,
  section: Extract<Section, { kind: 'label' }>,
): Section {
  const gap = line - section.line;
  const isInside = isItem ? gap <= 2 && indent > section.indent : gap === 1;
  return isInside ? { ...section, line, hasItems: section.hasItems || isItem } : null;
}

/** Whether an issue that begins this line is one of the section's. */
export function takes(section: Section, line: PlainLine, words: LineWords): 'item' | 'line' | null {
  if (section === null || line.heading !== null) return null;
  if (words.isItem) return section.kind === 'heading' || section.takesLists ? 'item' : null;
  return section.kind === 'heading' || !section.hasItems ? 'line' : null;
}

/** A line that ends in a colon or is all bold. */
const isLabel = (text: string): boolean =>
  text.length <= 2 * LONGEST_NAME && /[:：][*_\s]*$|^[\s*+-]*(?:\*\*|__).*(?:\*\*|__)\s*$/.test(text);
