import { linesOf } from './lines.ts';
import { ListSearch } from './list-search.ts';
import { TabuSearch } from './tabu-search.ts';
import type { Search, SearchTask } from './task.ts';

/** The part of the work after which sequences are searched, where there are any. */
const LIST_PART = 0.04;

/** Priority lists first; where keys or different workers decide, then sequences, from the best that the lists gave. */
export function portfolio(task: SearchTask): Search {
  const lines = linesOf(task.instance, task.ranking);
  const lists = new ListSearch(task);
  return lines === null || !lines.decide
    ? lists
    : new InTurn(lists, (best) => new TabuSearch({ ...task, first: best }, lines));
}

class InTurn implements Search {
  private readonly lists: Search;
  private readonly follow: (best: Search['best']) => Search;
  private sequences: Search | null = null;

  constructor(lists: Search, follow: (best: Search['best']) => Search) {
    this.lists = lists;
    this.follow = follow;
  }

  get best(): Search['best'] {
    return (this.sequences ?? this.lists).best;
  }

  get work(): number {
    return this.lists.work + (this.sequences?.work ?? 0);
  }

  step(progress: number): void {
    if (progress < LIST_PART) this.lists.step(progress / LIST_PART);
    else {
      this.sequences ??= this.follow(this.lists.best);
      this.sequences.step(progress);
    }
  }
}
