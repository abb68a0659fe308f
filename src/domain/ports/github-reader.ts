import type { Blocker } from '../dependency.ts';
import type { IssueRef, RepositoryKey, Sha } from '../ids.ts';
import type { Comment, Issue, LabelEvent, LastEdit, Permission } from '../issue.ts';
import type { Checks, Pull, Review } from '../pull.ts';
import type { Repository } from '../repository.ts';

/** Reading GitHub for one installation: current answers, by conditional requests. Rejects with Retryable or Terminal only. */
export interface GitHubReader {
  /** All repositories that the installation covers. */
  repositories(): Promise<readonly Repository[]>;
  repository(key: RepositoryKey): Promise<Repository>;
  /** By the name that people know; null: there is none, or none that may be seen. */
  repositoryNamed(owner: string, name: string): Promise<Repository | null>;
  /** A file of the default branch; null: no such file. */
  file(
    repository: Repository,
    path: string,
  ): Promise<{ readonly text: string; readonly blob: string } | null>;
  /** Open issues with the label, pull requests left out, oldest first. */
  labelledIssues(repository: Repository, label: string): Promise<readonly Issue[]>;
  /** Issues updated since (GitHub's clock, milliseconds), open or closed; pull requests are issues to GitHub. */
  issuesSince(repository: Repository, since: number): Promise<readonly Issue[]>;
  /** Null: gone, moved away or not readable. */
  issue(repository: Repository, number: number): Promise<Issue | null>;
  /** The issue's last `labeled` event for the label. */
  labelEvent(repository: Repository, number: number, label: string): Promise<LabelEvent | null>;
  /** Native sub-issues in their order; empty where this GitHub has none. */
  subIssues(repository: Repository, number: number): Promise<readonly Issue[]>;
  /** Native blockers, closed ones included; empty where this GitHub has none. */
  blockedBy(repository: Repository, number: number): Promise<readonly Blocker[]>;
  /** The state of an issue anywhere; `unreadable` where the App has no access. */
  blocker(repository: Repository, ref: IssueRef): Promise<Blocker>;
  permission(repository: Repository, login: string): Promise<Permission>;
  /** Comments of all issues updated since (GitHub's clock, milliseconds), oldest first. Their `lastEdit` is null. */
  comments(repository: Repository, since: number): Promise<readonly Comment[]>;
  /** Last edits of the texts of issues and comments by node id; null: never edited. Left out: nobody knows. */
  lastEdits(
    repository: Repository,
    nodeIds: readonly string[],
  ): Promise<ReadonlyMap<string, LastEdit | null>>;
  /** When an issue's title was changed last; null: never. */
  lastRename(repository: Repository, number: number): Promise<LastEdit | null>;
  /** One pull request with `mergeable` as GitHub has it now; reviews and checks unread. */
  pull(repository: Repository, number: number): Promise<Pull>;
  /** Submitted reviews with their inline comments, oldest first; `authorMayWrite` is false: the caller looks it up. */
  reviews(repository: Repository, pull: number): Promise<readonly Review[]>;
  checks(repository: Repository, head: Sha): Promise<Checks>;
}
