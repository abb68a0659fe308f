import type { Attempt } from '../domain/attempt.ts';
import type { RepositoryKey, RunId } from '../domain/ids.ts';
import type { Scores } from '../domain/overlap.ts';
import type { Inbox, LeaseStore, RunStore } from '../domain/ports/store.ts';
import type { Run } from '../domain/run.ts';
import type { Task } from '../domain/task.ts';

/** The embedded database: what cannot be read again from GitHub or git. */
export interface Store extends Inbox, RunStore, LeaseStore, History {
  /** Waits for what is under way, then closes the database and gives the data folder free. */
  close(): Promise<void>;
}

/** What reports read: ended runs included. */
export interface History {
  runsOf(key: RepositoryKey): Promise<readonly Run[]>;
  tasksOf(run: RunId): Promise<readonly Task[]>;
  attemptsOf(run: RunId): Promise<readonly Attempt[]>;
  /** How right the predictions of overlap were here so far, by source. */
  scoresOf(key: RepositoryKey): Promise<Scores>;
}
