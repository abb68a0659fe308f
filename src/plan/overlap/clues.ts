import type { KeyClues } from '../../domain/overlap.ts';
import { ClueList } from './clue-list.ts';
import { addHotFiles } from './clues/hot-files.ts';
import { addNeighbours } from './clues/neighbours.ts';
import { addOwned } from './clues/owners.ts';
import { addPackages } from './clues/packages.ts';
import { seedsOf } from './clues/seeds.ts';
import type { CodeIndex } from './code-index.ts';
import type { IssueWords } from './issue-words.ts';

/**
 * All that files and history say about what an issue will change, beyond the paths that it names; the surest keys, at most
 * `MOST_PREDICTED`. Takes time linear in the words and in what lies next to the files that they point at, whatever the size of
 * the repository or the number of issues.
 */
export function cluesOf(words: IssueWords, index: CodeIndex): readonly KeyClues[] {
  const list = new ClueList();
  const { named, guessed } = seedsOf(words, index);
  for (const { path, quote, confidence } of guessed)
    list.add(path, { source: 'identifier', quote, via: null, confidence });
  for (const seed of [...named, ...guessed]) addNeighbours(list, seed, index);
  addPackages(list, words, index);
  addOwned(list, words, index);
  addHotFiles(list, words, index);
  return list.strongest(new Set(words.named.map(({ key }) => key)));
}
