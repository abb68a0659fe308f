import { ListSearch } from './list-search.ts';
import type { Search, SearchTask } from './task.ts';

/** The searches that fit a task, in turns. */
export function portfolio(task: SearchTask): Search {
  return new ListSearch(task);
}
