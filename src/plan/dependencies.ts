import type { TextDependency } from '../domain/dependency.ts';
import type { WrittenRef } from '../domain/ids.ts';
import { type LineWords, lineWords } from './line-words.ts';
import { type PlainLine, plainLines } from './markdown.ts';
import { type Hosts, leadingReferences } from './references.ts';
import { openLine, type Section, sectionAfter, takes } from './section.ts';
import { isOnlyReferences, type Statement, statementOf, withdraws } from './statement.ts';

/**
 * The dependencies that a text names, each issue once, in the order of the text. A ticked box counts as one that is not:
 * whether an issue is still in the way is for its state to say. What a later line takes back (`No longer depends on #1`)
 * is left out.
 *
 * `hosts`: whose URLs count; null: GitHub's own, and those of any host that calls itself GitHub. Never throws, and takes
 * time linear in the length of the text.
 */
export function parseDependencies(text: string, hosts: Hosts = null): readonly TextDependency[] {
  if (!MENTION.test(text)) return [];
  const found = new Map<string, TextDependency>();
  let [section, before]: [Section, PlainLine | null] = [null, null];
  for (const line of plainLines(text)) {
    const read = readLine(line, { section, before, hosts });
    [section, before] = [read.section, read.isStatement ? null : line];
    for (const reference of read.withdrawn) found.delete(keyOf(reference));
    for (const dependency of read.dependencies)
      if (!found.has(keyOf(dependency))) found.set(keyOf(dependency), dependency);
  }
  return [...found.values()];
}

const MENTION = /#[1-9]|GH-[1-9]|\/(?:issues|pull)\/[1-9]/i;

const keyOf = ({ owner, name, number }: WrittenRef): string =>
  owner === null ? `#${number}` : `${owner}/${name}#${number}`.toLowerCase();

/** Longer lines are no list of issues; their rest is not read. */
const LONGEST_LINE = 4000;
const LONGEST_QUOTE = 200;

interface Reading {
  readonly section: Section;
  readonly isStatement: boolean;
  readonly dependencies: readonly TextDependency[];
  readonly withdrawn: readonly WrittenRef[];
}

function readLine(
  whole: PlainLine,
  at: { readonly section: Section; readonly before: PlainLine | null; readonly hosts: Hosts },
): Reading {
  const line = { ...whole, text: whole.text.slice(0, LONGEST_LINE) };
  const words = lineWords(line);
  const statement = isWrapped(line, words, at.before) ? null : statementOf(words.text, at.hosts);
  const next = statement?.goesOn ? openLine(line.line) : sectionAfter(line, words, at.section);
  if (statement) return { section: next, isStatement: true, ...said(line, statement) };
  const dependencies = listed({ line, words, section: next, hosts: at.hosts });
  return { section: next, isStatement: false, dependencies, withdrawn: [] };
}

/** A sentence that goes on from the line above: `… it no longer` / `depends on #1.` */
function isWrapped(line: PlainLine, { text, isItem }: LineWords, before: PlainLine | null): boolean {
  if (before === null || before.heading !== null || before.line !== line.line - 1 || isItem) return false;
  if (!/^[a-z]/.test(text) || /[.!?:;。]\W*$/.test(before.text)) return false;
  return before.text.length >= WRAPPED_LENGTH || UNFINISHED.test(before.text);
}

/** Nobody breaks shorter lines but at their ends. */
const WRAPPED_LENGTH = 50;
const UNFINISHED =
  /(?:,|\b(?:no longer|not|never|that|this|it|which|and|or|but|if|when|whether|also|still|only|the|a|is|are|was|be|to|for))\s*$/i;

function said(
  line: PlainLine,
  { says, references, confidence }: Statement,
): Pick<Reading, 'dependencies' | 'withdrawn'> {
  if (says === 'no longer') return { dependencies: [], withdrawn: references };
  return { dependencies: evidence(line, references, { source: 'text', confidence }), withdrawn: [] };
}

/** The issues that begin a line in a section of dependencies. */
function listed(given: {
  line: PlainLine;
  words: LineWords;
  section: Section;
  hosts: Hosts;
}): readonly TextDependency[] {
  const { line, words, section, hosts } = given;
  const how = takes(section, line, words);
  if (how === null) return [];
  const { references, tail } = leadingReferences(words.text, hosts);
  if (withdraws(tail) || (how === 'line' && !isOnlyReferences(tail))) return [];
  return evidence(line, references, { source: how === 'item' ? 'task-list' : 'text', confidence: 0.9 });
}

function evidence(
  { text, line }: PlainLine,
  references: readonly WrittenRef[],
  how: Pick<TextDependency, 'source' | 'confidence'>,
): readonly TextDependency[] {
  const quote = text.trim().replaceAll('\uFFFC', '…').slice(0, LONGEST_QUOTE);
  return references.map((reference) => ({ ...reference, ...how, quote, line }));
}
