import type { WrittenRef } from '../../domain/ids.ts';
import { withoutParentheses } from './line-words.ts';
import { type Hosts, leadingReferences } from './references.ts';

/*
 * Written dependencies are read strictly: a sentence that only speaks of another issue must never hold up work. So the
 * words must begin a line, references must follow at once, and what follows them must not change the meaning.
 */

/** What one line says of itself. */
export interface Statement {
  readonly says: 'depends' | 'no longer';
  readonly references: readonly WrittenRef[];
  readonly confidence: number;
  /** The list of issues goes on in the next line. */
  readonly goesOn: boolean;
}

const ADVERB = /(?:(?:also|still|currently|now)\s+)?/.source;
export const SUBJECT = `(?:(?:this|it)(?:\\s+(?:issue|task|ticket|PR|pull request|change|work))?\\s+)?${ADVERB}(?:is\\s+)?${ADVERB}`;
const STRONG_WORDS = /(?:depends?[\s-]+(?:up)?on|dependent\s+(?:up)?on|blocked[\s-]+(?:by|on))(?![\w-])/
  .source;
const WEAK_WORDS = /(?:after|requires?|pre-?requisites?)(?![\w-])/.source;
const LABEL_WORDS = /(?:dependenc(?:y|ies)|blockers?)(?=\s*[:：])/.source;
const NOT = /(?:no longer|not(?: any ?more)?|(?:does|do|is)(?:\s+not|n['’]t)(?: any ?more)?|is no longer)\s+/
  .source;
const COLON = /(?:\s*[:：]|\s+(?:[-–—]|[-=]>|→)(?=\s))?/.source;

const STRONG = new RegExp(`^${SUBJECT}(?:${STRONG_WORDS}|${LABEL_WORDS})${COLON}`, 'i');
const WEAK = new RegExp(`^${SUBJECT}${WEAK_WORDS}${COLON}`, 'i');
const NEGATED = new RegExp(
  `^(?:${SUBJECT}${NOT}(?:${STRONG_WORDS}|${WEAK_WORDS}|depends?\\s+on)|${SUBJECT}(?:independent\\s+of|unblocked))${COLON}`,
  'i',
);

/** `Depends on #1`, or null where the line says nothing of the kind. */
export function statementOf(words: string, hosts: Hosts): Statement | null {
  const strong = STRONG.exec(words);
  const keyword = strong ?? WEAK.exec(words);
  if (keyword === null) return negated(words, hosts);
  const { references, tail } = leadingReferences(
    withoutParentheses(words.slice(keyword[0].length).trim()),
    hosts,
  );
  if (references.length === 0 || withdraws(tail)) return null;
  const confidence = confidenceOf(tail, {
    isStrong: strong !== null,
    isAfter: /\bafter\b/i.test(keyword[0]),
  });
  if (confidence === null) return null;
  return { says: 'depends', references, confidence, goesOn: OPEN_END.test(tail) };
}

/** `No longer depends on #1` takes back what the same text said before. */
function negated(words: string, hosts: Hosts): Statement | null {
  const keyword = NEGATED.exec(words);
  if (keyword === null) return null;
  const { references, tail } = leadingReferences(words.slice(keyword[0].length), hosts);
  if (references.length === 0 || /\?\s*$/.test(tail)) return null;
  return { says: 'no longer', references, confidence: 1, goesOn: false };
}

/** Nothing but punctuation and signs follows. */
const CLEAN = /^[\s\\….,;:!。、，；：！\uFFFC\p{Variation_Selector}\p{Cf}\p{Extended_Pictographic}]*$/u;
/** A comma or an `and` at the end of the line. */
const OPEN_END = /(?:[,;&+、，；]|\sand)\s*$/i;
/** An aside follows, or the sentence has ended. */
const ASIDE = /^\s*[([（]|^\s+[-–—:]+\s|^\s*[:：]\s|^[.;!。；！](?:\s|$)/;
/** The sentence goes on without changing what was said. */
const GOES_ON =
  /^\s*,?\s+(?:for|to|because|since|as|which|that|where|so|being|landing|merging|getting|first|too|and|but|before|until|in order|due|see|closes|fixes|resolves|blocks|part of|relate[sd] to)\b|^\s*,\s+(?:but\s+)?not\s+(?:on\s+|by\s+)?(?:#|GH-|https?:)/i;
/** `After #1 is merged.` */
const DONE =
  /^\s+(?:(?:is|are|was|were|gets?|has been|have been|being|to be|to)\s+)?(?:merged?|merges|lands?|landed|done|closed|released|fixed|resolved|completed?|finished|shipped|ready|in|first|too|as well)(?:\s+first)?[\s.!]*$/i;

/** How sure it is that the line means it; null: it says something else. */
function confidenceOf(
  tail: string,
  { isStrong, isAfter }: { readonly isStrong: boolean; readonly isAfter: boolean },
): number | null {
  if (CLEAN.test(tail) || OPEN_END.test(tail)) return isStrong ? 0.95 : 0.9;
  if (ASIDE.test(tail)) return 0.85;
  if (DONE.test(tail)) return isStrong ? 0.85 : 0.8;
  // `After #1, …` tells what happened as often as what is to happen.
  return !isAfter && GOES_ON.test(tail) ? 0.75 : null;
}

/** At once, or anywhere before the sentence ends. */
const WITHDRAWN =
  /^[\s.,;:!([（–—-]*(?:no longer|not any ?more|any ?more|no more|not (?:needed|required|relevant|blocking|really)|obsolete|outdated|withdrawn|never ?mind|ignore|optional|maybe|perhaps|possibly|unless|if|or|either|was|and\/or)\b|^[^.!]*\b(?:no longer|not any ?more|any ?more)\b/i;
const OR_ANOTHER = /\bor\s+(?:on\s+|by\s+)?(?:#\d|GH-\d|https?:|[\w-]+\/[\w.-]+#\d)/i;
const RANGE = /^\s*(?:-+|–|—|to|through|until|\.{2,}|…)\s*#\d/i;
const QUESTION = /^\s*\(?\?|\?\s*\)?$/;

/** What follows the references takes them back, leaves a choice, or only asks. */
export const withdraws = (tail: string): boolean =>
  tail !== '' &&
  (WITHDRAWN.test(tail) || OR_ANOTHER.test(tail) || RANGE.test(tail) || QUESTION.test(tail.trimEnd()));

/** Whether a text is a list of issues and nothing else. */
export const isOnlyReferences = (tail: string): boolean => CLEAN.test(tail) || OPEN_END.test(tail);
