import type { TextDependency } from '../domain/dependency.ts';
import type { WrittenRef } from '../domain/ids.ts';
import { type PlainLine, plainLines } from './markdown.ts';
import { leadingReferences } from './references.ts';

/*
 * Written dependencies are read strictly: a sentence that only speaks of another issue must never hold up work. So the
 * words must begin a line, references must follow at once, and what follows them must not change the meaning.
 */

/** The dependencies that a text names, each issue once, in the order of the text. `hosts`: see leadingReferences. */
export function parseDependencies(
  text: string,
  hosts: readonly string[] | null = null,
): readonly TextDependency[] {
  if (!MENTION.test(text)) return [];
  const found = new Map<string, TextDependency>();
  let section: Section = null;
  for (const line of plainLines(text)) {
    const read = readLine(line, section, hosts);
    section = read.section;
    for (const dependency of read.dependencies) {
      const { owner, name, number } = dependency;
      const key = `${owner ?? ''}/${name ?? ''}#${number}`.toLowerCase();
      if (!found.has(key)) found.set(key, dependency);
    }
  }
  return [...found.values()];
}

const MENTION = /#[1-9]|GH-[1-9]|\/(?:issues|pull)\/[1-9]/i;

/** Longer lines are no list of issues; their rest is not read. */
const LONGEST_LINE = 4000;
const LONGEST_QUOTE = 200;

/** Under which words the line stands: a heading holds until the next one, a label (`Blocked by:`) for its list. */
type Section = null | { readonly kind: 'heading' } | { readonly kind: 'label'; readonly line: number };

interface Reading {
  readonly section: Section;
  readonly dependencies: readonly TextDependency[];
}

function readLine(plain: PlainLine, section: Section, hosts: readonly string[] | null): Reading {
  const item = takeItem(plain.text.slice(0, LONGEST_LINE));
  const words = item.text;
  const quote = plain.text.trim().replaceAll('\uFFFC', '…').slice(0, LONGEST_QUOTE);
  const make = (references: readonly WrittenRef[], source: TextDependency['source'], confidence: number) =>
    references.map((reference) => ({ ...reference, source, quote, line: plain.line, confidence }));
  const said = statement(words, hosts);
  const next = sectionAfter(plain, { section, words, isItem: item.isItem });
  if (said !== null) return { section: next, dependencies: make(said.references, 'text', said.confidence) };
  if (next === null || plain.heading !== null) return { section: next, dependencies: [] };
  const listed = leadingReferences(words, hosts);
  if (listed.references.length === 0 || !(item.isItem || CLEAN.test(listed.tail)))
    return { section: next, dependencies: [] };
  const withdrawn = WITHDRAWN.test(listed.tail);
  const source = item.isItem ? 'task-list' : 'text';
  return { section: next, dependencies: withdrawn ? [] : make(listed.references, source, 0.9) };
}

/** Without list bullet, task box, heading marks and emphasis. */
function takeItem(text: string): { readonly text: string; readonly isItem: boolean } {
  const bullet = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/.exec(text)?.[0] ?? '';
  const plain = text.slice(bullet.length).replace(/^[ \t]*#{1,6}[ \t]+/, '');
  return { text: withoutEmphasis(plain).trim(), isItem: bullet !== '' };
}

/** Stars and underscores that are no part of a name. */
const withoutEmphasis = (text: string): string => text.replaceAll(/\*|__|(?<![\w./-])_|_(?![\w./#-])/g, '');

const STRONG =
  /^(?:(?:it |this )?(?:is )?(?:depends[ -](?:up)?on|dependent on|blocked[ -]by))(?![\w-])\s*:?/i;
const WEAK = /^(?:after|requires|prerequisites?)(?![\w-])\s*:?/i;

/** Nothing but punctuation follows. */
const CLEAN = /^[\s.,;:!\uFFFC]*$/;
/** An aside follows, or the sentence has ended. */
const ASIDE = /^\s*[([]|^\s+[-–—:]+\s|^\s*:\s|^[.;!]\s/;
/** The sentence goes on without changing what was said. */
const GOES_ON = /^\s+(?:for|to|because|since|which|being|landing|first|and)\b/i;
const WITHDRAWN = /\b(?:no longer|not any ?more|any ?more|obsolete|outdated|not needed|unless|either|or)\b/i;

/** `Depends on #1`: the words, at once followed by references, and an end that fits. */
function statement(
  words: string,
  hosts: readonly string[] | null,
): { readonly references: readonly WrittenRef[]; readonly confidence: number } | null {
  const strong = STRONG.exec(words);
  const keyword = strong ?? WEAK.exec(words);
  if (keyword === null) return null;
  const { references, tail } = leadingReferences(words.slice(keyword[0].length), hosts);
  if (references.length === 0) return null;
  if (CLEAN.test(tail)) return { references, confidence: strong === null ? 0.9 : 0.95 };
  if (WITHDRAWN.test(tail)) return null;
  if (ASIDE.test(tail)) return { references, confidence: 0.85 };
  return strong !== null && GOES_ON.test(tail) ? { references, confidence: 0.75 } : null;
}

const SECTION_WORDS =
  /^(?:dependenc(?:y|ies)|depends[ -]on|dependent on|blocked[ -]by|blockers?|prerequisites?|requires)\s*:?$/i;

function sectionAfter(
  plain: PlainLine,
  at: { readonly section: Section; readonly words: string; readonly isItem: boolean },
): Section {
  const names = SECTION_WORDS.test(at.words);
  if (plain.heading !== null) return names ? { kind: 'heading' } : null;
  if (!at.isItem && names && isLabel(plain.text)) return { kind: 'label', line: plain.line };
  if (at.section?.kind !== 'label') return at.section;
  // A list may stand one blank line below its label, and ends with the first line that is no item.
  return at.isItem && plain.line - at.section.line <= 2 ? { kind: 'label', line: plain.line } : null;
}

/** A line of its own that ends in a colon or is all bold. */
const isLabel = (text: string): boolean => /:[*_\s]*$|^\s*(?:\*\*|__).*(?:\*\*|__)\s*$/.test(text);
