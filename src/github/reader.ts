import type { Blocker } from '../domain/dependency.ts';
import type { IssueRef, RepositoryKey, Sha } from '../domain/ids.ts';
import type { Comment, Issue, LabelEvent, LastEdits, Permission } from '../domain/issue.ts';
import type { Checks, Pull, Review } from '../domain/pull.ts';
import type { Repository } from '../domain/repository.ts';
import type { Connection } from './connection.ts';
import { checksOf } from './read/checks.ts';
import { lastEdits } from './read/edits.ts';
import {
  blockedBy,
  blocker,
  commentsSince,
  labelEvent,
  labelledIssues,
  oneIssue,
  subIssues,
} from './read/issue.ts';
import { pullsOf, reviewsOf } from './read/pull.ts';
import { pullsTogether } from './read/pulls-together.ts';
import { fileOf, permissionOf, repositoryByKey } from './read/repository.ts';

/** What is read of GitHub for one installation: current answers, by conditional requests. Times are GitHub's clock. */
export interface Reader {
  repository(key: RepositoryKey): Promise<Repository>;
  file(
    repository: Repository,
    path: string,
  ): Promise<{ readonly text: string; readonly blob: string } | null>;
  labelledIssues(repository: Repository, label: string): Promise<readonly Issue[]>;
  issue(repository: Repository, number: number): Promise<Issue | null>;
  labelEvent(repository: Repository, number: number, label: string): Promise<LabelEvent | null>;
  subIssues(repository: Repository, number: number): Promise<readonly Issue[]>;
  blockedBy(repository: Repository, number: number): Promise<readonly Blocker[]>;
  blocker(repository: Repository, ref: IssueRef): Promise<Blocker>;
  permission(repository: Repository, login: string): Promise<Permission>;
  comments(repository: Repository, since: number): Promise<readonly Comment[]>;
  lastEdits(repository: Repository, nodeIds: readonly string[]): Promise<ReadonlyMap<string, LastEdits>>;
  pulls(repository: Repository, branchPrefix: string): Promise<readonly Pull[]>;
  pull(repository: Repository, number: number): Promise<Pull>;
  reviews(repository: Repository, pull: number): Promise<readonly Review[]>;
  checks(repository: Repository, head: Sha): Promise<Checks>;
}

export function createReader({ connection, appId }: { connection: Connection; appId: number }): Reader {
  return {
    repository: (key) => repositoryByKey(connection, key),
    file: (repository, path) => fileOf(connection, repository, path),
    labelledIssues: (repository, label) => labelledIssues(connection, repository, label),
    issue: (repository, number) => oneIssue(connection, repository, number),
    labelEvent: (repository, number, label) => labelEvent({ connection, repository, number, label }),
    subIssues: (repository, number) => subIssues(connection, repository, number),
    blockedBy: (repository, number) => blockedBy(connection, repository, number),
    blocker: (_repository, ref) => blocker(connection, ref),
    permission: (repository, login) => permissionOf(connection, repository, login),
    comments: (repository, since) => commentsSince(connection, repository, since),
    lastEdits: (_repository, nodeIds) => lastEdits(connection, nodeIds),
    pulls: (repository, branchPrefix) => pullsOf(connection, repository, branchPrefix),
    pull: pullsTogether(connection),
    reviews: (repository, pull) => reviewsOf(connection, repository, pull),
    checks: (repository, head) => checksOf({ connection, repository, head, appId }),
  };
}
