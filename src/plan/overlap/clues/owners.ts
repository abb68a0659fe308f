import type { ClueList } from '../clue-list.ts';
import type { CodeIndex } from '../code-index.ts';
import type { IssueWords } from '../issue-words.ts';
import { OWNED } from '../sources.ts';
import { scopedNames } from './packages.ts';

const LABEL = /^(?:teams?|owner|squad)[ \t]*[/:][ \t]*(\S.*)$/i;
/** More rules than these are the whole repository. */
const MOST_RULES = 10;

/** What a team owns that is named in the text or by a label (`team/checkout`, or just `checkout`). */
export function addOwned(list: ClueList, words: IssueWords, { owned }: CodeIndex): void {
  if (owned.size === 0) return;
  for (const name of scopedNames(words)) add(list, owned.get(name.slice(1).toLowerCase()), name);
  for (const label of words.labels) {
    const name = (LABEL.exec(label)?.[1] ?? label).replace(/^@/, '').toLowerCase();
    add(list, owned.get(name), label);
  }
}

function add(list: ClueList, rules: readonly { readonly pattern: string }[] = [], quote: string): void {
  if (rules.length > MOST_RULES) return;
  for (const { pattern } of rules) {
    const key = keyOf(pattern);
    if (key !== null) list.add(key, { source: 'owner', quote, via: null, confidence: OWNED });
  }
}

/** A CODEOWNERS pattern as a key; null: it covers everything. */
function keyOf(pattern: string): string | null {
  const path = pattern.replace(/^\//, '').replace(/\/$/, '/**');
  if (/^\**$/.test(path.replaceAll('/', ''))) return null;
  const anywhere = !pattern.replace(/\/$/, '').includes('/');
  return anywhere ? `**/${path}` : path;
}
