import type { TextDependency } from '../domain/dependency.ts';
import type { WrittenRef } from '../domain/ids.ts';
import { type LineWords, lineWords } from './evidence/line-words.ts';
import { type Hosts, leadingReferences } from './evidence/references.ts';
import { openLine, type Section, sectionAfter, takes } from './evidence/section.ts';
import { isOnlyReferences, type Statement, statementOf, withdraws } from './evidence/statement.ts';
import { type PlainLine, visitLines } from './markdown/read.ts';

/**
 * The dependencies that a text names, each issue once, in the order of the text. A ticked box counts as one that is not:
 * whether an issue is still in the way is for its state to say. What a later line takes back (`No longer depends on #1`)
 * is left out.
 *
 * `hosts`: whose URLs count; null: GitHub's own, and those of any host that calls itself GitHub. Never throws, and takes
 * time linear in the length of the text; what comes after GitHub's limit of 65,536 characters is not read.
 */
export function parseDependencies(text: string, hosts: Hosts = null): readonly TextDependency[] {
  if (!MENTION.test(text)) return [];
  const reader = new Reader(hosts);
  visitLines(text, (line) => reader.take(line));
  return [...reader.found.values()];
}

/** Reads line by line: what one means depends on the section that it stands in, and on the line right above. */
class Reader {
  readonly found = new Map<string, TextDependency>();
  private readonly hosts: Hosts;
  private section: Section = null;
  private above: PlainLine | null = null;

  constructor(hosts: Hosts) {
    this.hosts = hosts;
  }

  take(line: PlainLine): void {
    if (isBeside(line, this.section)) {
      this.above = line;
      return;
    }
    const read = readLine(line, this.context());
    this.section = read.section;
    this.above = read.isStatement ? null : line;
    for (const reference of read.withdrawn) this.found.delete(keyOf(reference));
    for (const dependency of read.dependencies) this.keep(dependency);
  }

  private context(): Context {
    return { section: this.section, above: this.above, hosts: this.hosts };
  }

  /** Where one issue is named twice, the first words are its evidence. */
  private keep(dependency: TextDependency): void {
    const key = keyOf(dependency);
    if (!this.found.has(key)) this.found.set(key, dependency);
  }
}

interface Context {
  readonly section: Section;
  /** The line before, if it was no statement. */
  readonly above: PlainLine | null;
  readonly hosts: Hosts;
}

const MENTION = /#[1-9]|GH-[1-9]|\/(?:issues|pull)\/[1-9]/i;

/** Part of every word for a dependency. */
const HINT = /depend|block|requi|after/i;

/** Whether a line can neither say anything nor begin or end a section: most lines are such. */
function isBeside({ text, heading }: PlainLine, section: Section): boolean {
  if (HINT.test(text) || section?.kind === 'label') return false;
  return section === null || (heading === null && !MENTION.test(text));
}

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

function readLine(whole: PlainLine, at: Context): Reading {
  const line =
    whole.text.length > LONGEST_LINE ? { ...whole, text: whole.text.slice(0, LONGEST_LINE) } : whole;
  const words = lineWords(line);
  const mentions = MENTION.test(line.text);
  const statement = mentions && !isWrapped(line, words, at.above) ? statementOf(words.text, at.hosts) : null;
  const section = statement?.goesOn ? openLine(line.line) : sectionAfter(line, words, at.section);
  if (statement) return { section, isStatement: true, ...said(line, statement) };
  const dependencies = mentions ? listed({ line, words, section, hosts: at.hosts }) : [];
  return { section, isStatement: false, dependencies, withdrawn: [] };
}

/** A sentence that goes on from the line above: `… it no longer` / `depends on #1.` */
function isWrapped(line: PlainLine, { text, isItem }: LineWords, above: PlainLine | null): boolean {
  if (above === null || above.heading !== null || above.line !== line.line - 1 || isItem) return false;
  const end = above.text.slice(-WRAPPED_LENGTH);
  if (!/^[a-z]/.test(text) || /[.!?:;。]\W*$/.test(end)) return false;
  return above.text.length >= WRAPPED_LENGTH || UNFINISHED.test(end);
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
  const { source, confidence } = how;
  return references.map(({ owner, name, number }) => ({
    owner,
    name,
    number,
    source,
    quote,
    line,
    confidence,
  }));
}
