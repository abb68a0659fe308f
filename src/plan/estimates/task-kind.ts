import type { TaskKind } from '../../domain/estimate.ts';
import { CHANGING_VERBS, FAULTS, FILLERS, KIND_NOUNS, KIND_VERBS, KIND_WORDS, LINKS } from './kind-words.ts';
import { wordsOf } from './words.ts';

/** Where labels name several: the first of these. A `bug` in the `documentation` is written, not programmed. */
const PRECEDENCE: readonly TaskKind[] = [
  'documentation',
  'test-coverage',
  'bug-fix',
  'refactoring',
  'configuration',
  'feature',
];

/**
 * What kind of task it is: by its labels; else by a prefix such as `fix:` or `[Docs]`; else by the verb that begins the
 * title and what it is about; else by a word for a fault. Whole words only: `prefix` is no `fix`. English only.
 * Null: nothing says.
 */
export function taskKindOf(of: {
  readonly title: string;
  readonly labels: readonly string[];
}): TaskKind | null {
  const labelled = new Set(of.labels.map(kindOfLabel));
  return PRECEDENCE.find((kind) => labelled.has(kind)) ?? kindOfTitle(of.title);
}

/** A label of which every word says so: `type: bug`, `kind/bug`, `feature request`; never `needs tests`. */
function kindOfLabel(label: string): TaskKind | null {
  const words = wordsOf(label).filter((word) => !FILLERS.has(word));
  return words.every((word) => KIND_WORDS.has(word)) ? (KIND_WORDS.get(words[0] ?? '') ?? null) : null;
}

/** `fix(cart)!: …`, `docs: …`, `[Bug] …`. */
const PREFIX = /^\s*(?:\[([^\]]{1,30})\]|([\p{L}-]{1,20})(?:\([^)]{0,40}\))?!?:)(.*)$/su;

function kindOfTitle(title: string): TaskKind | null {
  const [, bracketed, scope, rest] = PREFIX.exec(title) ?? [];
  const named = KIND_WORDS.get(wordsOf(bracketed ?? scope ?? '')[0] ?? '');
  return named ?? kindOfWords(wordsOf(rest ?? title));
}

function kindOfWords(words: readonly string[]): TaskKind | null {
  const [verb = '', ...object] = words;
  const made = KIND_VERBS.get(verb);
  if (made === 'bug-fix' || made === 'feature') return kindOfNoun(object, made) ?? made;
  if (made) return made;
  if (CHANGING_VERBS.has(verb)) return kindOfNoun(object);
  return words.some((word) => FAULTS.has(word)) ? 'bug-fix' : kindOfNoun(words);
}

/** By the last word before the first `for`, `in` and the like: `a test` of `a test for the docs`; not `a test page`. */
function kindOfNoun(object: readonly string[], verb: TaskKind | null = null): TaskKind | null {
  const end = object.findIndex((word) => LINKS.has(word));
  const noun = KIND_NOUNS.get((end < 0 ? object : object.slice(0, end)).at(-1) ?? '') ?? null;
  return verb === 'bug-fix' && noun !== 'documentation' ? verb : noun;
}
