import type { Account, Actor, Installation } from './account.ts';
import type { CallLog } from './calls.ts';
import type { CiScript } from './check.ts';
import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { GitPort } from './git-port.ts';
import type { Issue } from './issue.ts';
import type { Rates } from './rates.ts';
import type { Delivery, Repository, World } from './state.ts';

/** What every file of the box works with. */
export interface BoxCore {
  readonly world: World;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly calls: CallLog;
  readonly rates: Rates;
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** Replaced by the git half when it registers. */
  git: GitPort;
  /** The scripted CI of a repository, by the repository's id. */
  readonly ci: Map<number, CiScript>;
  /** Sends a webhook to every App that is installed there, subscribed, and permitted. */
  emit(event: BoxEvent): void;
  /** Sends a webhook about an installation itself. */
  emitTo(installation: Installation, event: InstallationEvent): void;
  /** Sends a delivery once more under its GUID and returns the new record. */
  redeliver(delivery: Delivery): Delivery;
  /** Until every webhook so far has been answered, refused or given up. */
  idle(): Promise<void>;
  /** Tells of changes of a pull request's issue side; replaced by the pull requests when they register. */
  announcePull: (news: PullNews) => void;
  /** To be called after every change of a repository: lists that lag behind remember when it was. */
  changed(repo: Repository): void;
  /** The repository as lists show it to a caller: the live one, or an older copy while `faults.listLagMs` is set. */
  listed(call: { readonly repo: Repository; readonly actor: Actor }): Repository;
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

export interface InstallationEvent {
  readonly event: 'installation' | 'installation_repositories';
  readonly action: string;
  readonly sender: Account;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A change that for an issue is an `issues` event and for a pull request a `pull_request` event. */
export interface PullNews {
  readonly repo: Repository;
  readonly issue: Issue;
  readonly action: string;
  readonly sender: Account;
  /** `label`, `changes`, `assignee`. */
  readonly extra: Readonly<Record<string, unknown>>;
}
