import type { ClueList } from '../clue-list.ts';
import type { CodeIndex } from '../code-index.ts';
import type { IssueWords } from '../issue-words.ts';
import { PACKAGE_IN_CODE, PACKAGE_IN_TEXT, PACKAGE_LABEL } from '../sources.ts';

const LABEL = /^(?:packages?|pkg|area|component|module|scope|workspace|crate)[ \t]*[/:][ \t]*(\S.*)$/i;
/** `@acme/cart`: of packages, and of teams. */
const SCOPED = /(?<![\w@/.])@[a-z\d~][\w.~-]{0,100}\/[a-z\d~][\w.~-]{0,100}/gi;

/** Packages of the workspace that are named, in inline code, in plain text with their scope, or by a label. */
export function addPackages(list: ClueList, words: IssueWords, { packages }: CodeIndex): void {
  const add = (name: string, found: Found): void => {
    const directory = packages.get(name.toLowerCase())?.directory;
    if (directory) list.add(`${directory}/**`, { ...found, via: null });
  };
  for (const code of words.codes) add(code, { source: 'package', quote: code, confidence: PACKAGE_IN_CODE });
  for (const name of scopedNames(words))
    add(name, { source: 'package', quote: name, confidence: PACKAGE_IN_TEXT });
  for (const label of words.labels) {
    const name = LABEL.exec(label)?.[1] ?? '';
    add(name, { source: 'package-label', quote: label, confidence: PACKAGE_LABEL });
  }
}

interface Found {
  readonly source: 'package' | 'package-label';
  readonly quote: string;
  readonly confidence: number;
}

/** In the title and the text; each once. A sentence may end behind one. */
export function scopedNames({ title, lines }: IssueWords): readonly string[] {
  const found = [title, ...lines].flatMap((line) => line.match(SCOPED) ?? []);
  return [...new Set(found.map((name) => name.replace(/[.~-]+$/, '')))];
}
