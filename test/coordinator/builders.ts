import { Terminal } from '../../src/domain/errors.ts';
import type { Issue } from '../../src/domain/issue.ts';
import type { GitHubReader } from '../../src/domain/ports/github-reader.ts';

/** What a test must not need. */
export const unasked = (): never => {
  throw new Terminal('not there');
};

export const anIssue = (over: Partial<Issue> = {}): Issue => ({
  id: 1,
  nodeId: 'I_1',
  number: 1,
  title: 'Work',
  body: '',
  state: 'open',
  labels: ['parallel'],
  author: 'ann',
  isPullRequest: false,
  hasParent: false,
  subIssueCount: 0,
  blockedByCount: 0,
  createdAt: 1_000,
  updatedAt: 1_000,
  ...over,
});

/** A reader that answers nothing. */
export const UNREAD: GitHubReader = {
  repositories: unasked,
  repository: unasked,
  repositoryNamed: unasked,
  file: unasked,
  labelledIssues: unasked,
  issuesSince: unasked,
  issue: unasked,
  labelEvent: unasked,
  subIssues: unasked,
  blockedBy: unasked,
  blocker: unasked,
  permission: unasked,
  comments: unasked,
  lastEdits: unasked,
  lastRename: unasked,
  pull: unasked,
  reviews: unasked,
  checks: unasked,
};
