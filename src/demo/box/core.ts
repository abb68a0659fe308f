import type { Account } from './account.ts';
import type { CallLog } from './calls.ts';
import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { GitPort } from './git-port.ts';
import type { Repository, World } from './state.ts';

/** What every file of the box works with. */
export interface BoxCore {
  readonly world: World;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly calls: CallLog;
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** Replaced by the git half when it registers. */
  git: GitPort;
  /** Sends a webhook to every App that is installed there, subscribed, and permitted. */
  emit(event: BoxEvent): void;
  /** To be called after every change of a repository: lists that lag behind remember when it was. */
  changed(repo: Repository): void;
  /** The repository as lists show it: the live one, or an older copy while `faults.listLagMs` is set. */
  listed(repo: Repository): Repository;
  /** Runs when the box closes, last registered first. */
  onClose(close: () => Promise<void> | void): void;
}

export interface BoxEvent {
  /** `issues`, `pull_request` … */
  readonly event: string;
  /** `opened` …; null for `push` and the like. */
  readonly action: string | null;
  readonly repo: Repository;
  readonly sender: Account;
  /** Only for these Apps, as check events are. */
  readonly onlyAppId?: number;
  /** The event's own part; action, repository, organization, sender and installation are added. */
  readonly payload: Readonly<Record<string, unknown>>;
}
