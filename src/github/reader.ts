import type { GitHubReader } from '../domain/ports/github-reader.ts';
import type { Connection } from './connection.ts';
import { repositoriesOf } from './read/app.ts';
import { checksOf } from './read/checks.ts';
import { editsReader } from './read/edits.ts';
import {
  blockedBy,
  blocker,
  commentsSince,
  issuesSince,
  labelEvent,
  labelledIssues,
  lastRename,
  oneIssue,
  subIssues,
} from './read/issue.ts';
import { reviewsOf } from './read/pull.ts';
import { pullsTogether } from './read/pulls-together.ts';
import { fileOf, permissionOf, repositoryByKey, repositoryByName } from './read/repository.ts';

export function createReader({ connection, appId }: { connection: Connection; appId: number }): GitHubReader {
  const edits = editsReader(connection);
  return {
    repositories: () => repositoriesOf(connection, connection.installationId),
    repository: (key) => repositoryByKey(connection, key),
    repositoryNamed: (owner, name) => repositoryByName(connection, owner, name),
    file: (repository, path) => fileOf(connection, repository, path),
    labelledIssues: (repository, label) => labelledIssues(connection, repository, label),
    issuesSince: (repository, since) => issuesSince(connection, repository, since),
    issue: (repository, number) => oneIssue(connection, repository, number),
    labelEvent: (repository, number, label) => labelEvent({ connection, repository, number, label }),
    subIssues: (repository, number) => subIssues(connection, repository, number),
    blockedBy: (repository, number) => blockedBy(connection, repository, number),
    blocker: (_repository, ref) => blocker(connection, ref),
    permission: (repository, login) => permissionOf(connection, repository, login),
    comments: (repository, since) => commentsSince(connection, repository, since),
    lastEdits: (_repository, nodeIds) => edits(nodeIds),
    lastRename: (repository, number) => lastRename(connection, repository, number),
    pull: pullsTogether(connection),
    reviews: (repository, pull) => reviewsOf(connection, repository, pull),
    checks: (repository, head) => checksOf({ connection, repository, head, appId }),
  };
}
