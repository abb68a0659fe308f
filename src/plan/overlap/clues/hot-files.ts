import type { ClueList } from '../clue-list.ts';
import type { CodeIndex } from '../code-index.ts';
import type { IssueWords } from '../issue-words.ts';
import {
  LOCK_BY_TEXT,
  LOCK_BY_TITLE,
  MANIFEST,
  MIGRATION_BY_TEXT,
  MIGRATION_BY_TITLE,
  MOST_OFTEN,
} from '../sources.ts';

const DEPENDENCIES =
  /\b(?:upgrade|update|bump|add|install|remove|replace|drop|pin|migrate to)\b[^.!?\n]{0,60}\b(?:dependenc(?:y|ies)|librar(?:y|ies)|(?:npm|pip|unused|outdated|third-party) packages?|package versions?|version of|v\d|\d+\.(?:\d+|x))|\b(?:upgrade|bump|install)\b[^.!?\n]{1,60}\bto (?:version )?v?\d/i;
const DATABASE =
  /\b(?:(?:database|db|schema|table|sql) (?:migrations?|changes?)|migrations?\b(?! guide)|alter table|create table|(?:add|drop|rename|new)\b[^.!?\n]{0,40}\b(?:column|table|foreign key)|(?:database|db|sql) schema)\b/i;

/** Keys that unrelated tasks need: by what the issue asks for, or as often as they change anyway. */
export function addHotFiles(list: ClueList, words: IssueWords, { hot }: CodeIndex): void {
  const locks = saysSo(words, DEPENDENCIES, { title: LOCK_BY_TITLE, text: LOCK_BY_TEXT });
  const migrations = saysSo(words, DATABASE, { title: MIGRATION_BY_TITLE, text: MIGRATION_BY_TEXT });
  for (const said of locks) addLocks(list, said, hot);
  for (const said of migrations)
    for (const key of hot.migrations) list.add(key, { source: 'migration', via: null, ...said });
  for (const { path, rate } of hot.often)
    list.add(path, { source: 'often-changed', quote: '', via: null, confidence: Math.min(MOST_OFTEN, rate) });
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

/** The manifest beside a lock file changes with it. */
function addLocks(list: ClueList, { quote, confidence }: Said, { locks }: CodeIndex['hot']): void {
  for (const { path, manifest } of locks) {
    list.add(path, { source: 'lock-file', quote, via: null, confidence });
    if (manifest !== null)
      list.add(manifest, { source: 'lock-file', quote, via: path, confidence: confidence * MANIFEST });
  }
}
