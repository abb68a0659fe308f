import type { HotFile } from '../../../domain/code-map.ts';
import type { KeySource } from '../../../domain/overlap.ts';
import type { ClueList } from '../clue-list.ts';
import { type CodeIndex, nameOf } from '../code-index.ts';
import type { IssueWords } from '../issue-words.ts';
import { LOCK_BY_TEXT, LOCK_BY_TITLE, MANIFEST, MIGRATION_BY_TEXT, MIGRATION_BY_TITLE } from '../sources.ts';

const DEPENDENCIES =
  /\b(?:upgrade|update|bump|add|install|remove|replace|drop|pin|migrate to)\b[^.!?\n]{0,60}\b(?:dependenc(?:y|ies)|librar(?:y|ies)|npm package|packages?(?: version)?s?|version of|v\d|\d+\.(?:\d+|x))|\b(?:upgrade|bump|install)\b[^.!?\n]{1,60}\bto (?:version )?v?\d/i;
const DATABASE =
  /\b(?:(?:database|db|schema|table|sql) (?:schema|migrations?|changes?)|migrations?\b(?! guide)|alter table|create table|(?:add|drop|rename|new)\b[^.!?\n]{0,40}\b(?:column|table|foreign key)|schema (?:of|for))\b/i;

/** Files that change beneath this share of the commits say nothing about one task. */
const LEAST_RATE = 0.1;

/** Files that unrelated tasks change: by what the issue asks for, or as often as they change anyway. */
export function addHotFiles(list: ClueList, words: IssueWords, index: CodeIndex): void {
  const asked = {
    'lock-file': saysSo(words, DEPENDENCIES, { title: LOCK_BY_TITLE, text: LOCK_BY_TEXT }),
    migrations: saysSo(words, DATABASE, { title: MIGRATION_BY_TITLE, text: MIGRATION_BY_TEXT }),
  };
  for (const hot of index.map.hot) {
    if (hot.kind === 'lock-file') addAsked(list, asked['lock-file'], { source: 'lock-file', key: hot.path });
    else if (hot.kind === 'migrations')
      addAsked(list, asked.migrations, { source: 'migration', key: keyOf(hot, index) });
    addRate(list, hot, index);
  }
  if (asked['lock-file'].length > 0) addManifests(list, asked['lock-file'], index);
}

interface Said {
  readonly quote: string;
  readonly confidence: number;
}

/** The words that ask for it, of the title and of the text, each once: two reasons where both do. */
function saysSo(
  { title, lines }: IssueWords,
  pattern: RegExp,
  sure: { readonly title: number; readonly text: number },
): readonly Said[] {
  const inTitle = pattern.exec(title)?.[0];
  const inText = lines.map((line) => pattern.exec(line)?.[0]).find((found) => found !== undefined);
  return [
    ...(inTitle === undefined ? [] : [{ quote: inTitle, confidence: sure.title }]),
    ...(inText === undefined ? [] : [{ quote: inText, confidence: sure.text }]),
  ];
}

const addAsked = (
  list: ClueList,
  said: readonly Said[],
  { source, key }: { readonly source: KeySource; readonly key: string },
): void => {
  for (const each of said) list.add(key, { source, via: null, ...each });
};

const keyOf = ({ path }: HotFile, { files }: CodeIndex): string =>
  files.has(path) || path.includes('*') ? path : `${path}/**`;

/** The manifest beside a lock file changes with it. */
function addManifests(list: ClueList, said: readonly Said[], { map }: CodeIndex): void {
  const beside = new Map(map.packages.map(({ directory, manifest }) => [directory, manifest]));
  for (const { path, kind } of map.hot) {
    const manifest = kind === 'lock-file' ? beside.get(directoryOf(path)) : undefined;
    if (manifest === undefined) continue;
    for (const { quote, confidence } of said)
      list.add(manifest, { source: 'lock-file', quote, via: path, confidence: confidence * MANIFEST });
  }
}

const directoryOf = (path: string): string =>
  path.slice(0, Math.max(0, path.length - nameOf(path).length - 1));

/** P(a commit changes it), whatever the task is about. */
function addRate(list: ClueList, { path }: HotFile, { map: { history } }: CodeIndex): void {
  const rate = (history.changes.get(path) ?? 0) / Math.max(1, history.commits);
  if (rate >= LEAST_RATE)
    list.add(path, { source: 'often-changed', quote: '', via: null, confidence: Math.min(0.75, rate) });
}
