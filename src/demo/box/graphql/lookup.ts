import type { BoxCore } from '../core.ts';
import type { Issue } from '../issue.ts';
import type { PullRequest, ReviewThread } from '../pull.ts';
import { commentById } from '../reviews/threads.ts';
import type { PullAt } from '../shapes/review.ts';
import { databaseId, type Repository } from '../state.ts';
import type { Node, View } from './view.ts';

/** A node, the repository that it is in, and the permission that reading it takes. */
export interface Found {
  readonly repo: Repository;
  readonly permission: 'issues' | 'pull_requests' | 'metadata';
  readonly node: (view: View) => Node;
}

/** Finds what a node id stands for, in whichever repository it is. */
export function lookUp(box: BoxCore, id: string): Found | undefined {
  for (const repo of box.world.repositories.values()) {
    const found = inRepository(repo, id);
    if (found) return found;
  }
  return undefined;
}

function inRepository(repo: Repository, id: string): Found | undefined {
  if (databaseId('repository', id) === repo.id) {
    return { repo, permission: 'metadata', node: (view) => view.repository(repo) };
  }
  return issueNode(repo, id) ?? commentNode(repo, id) ?? pullNode(repo, id) ?? inPulls(repo, id);
}

function issueNode(repo: Repository, id: string): Found | undefined {
  const issue = issueIn(repo, id);
  return issue && { repo, permission: 'issues', node: (view) => view.issue(repo, issue) };
}

function commentNode(repo: Repository, id: string): Found | undefined {
  const comment = repo.comments.get(databaseId('comment', id) ?? 0);
  if (!comment) return undefined;
  const permission = repo.pulls.has(comment.issueNumber) ? 'pull_requests' : 'issues';
  return { repo, permission, node: (view) => view.comment(repo, comment) };
}

function pullNode(repo: Repository, id: string): Found | undefined {
  const pull = pullIn(repo, id);
  return pull && { repo, permission: 'pull_requests', node: (view) => view.pull(repo, pull) };
}

function inPulls(repo: Repository, id: string): Found | undefined {
  const wanted = databaseId('review', id);
  for (const pull of repo.pulls.values()) {
    const review = pull.reviews.find((one) => one.id === wanted && one.state !== 'PENDING');
    if (review)
      return { repo, permission: 'pull_requests', node: (view) => view.review({ repo, pull }, review) };
  }
  return reviewCommentNode(repo, id) ?? threadNode(repo, id);
}

function reviewCommentNode(repo: Repository, id: string): Found | undefined {
  const found = commentById(repo, databaseId('reviewComment', id) ?? 0);
  if (!found) return undefined;
  const at = { repo, pull: found.pull };
  return { repo, permission: 'pull_requests', node: (view) => view.reviewComment(at, found.comment) };
}

function threadNode(repo: Repository, id: string): Found | undefined {
  const found = threadIn(repo, id);
  return found && { repo, permission: 'pull_requests', node: (view) => view.thread(found, found.thread) };
}

function issueIn(repo: Repository, id: string): Issue | undefined {
  const wanted = databaseId('issue', id);
  return [...repo.issues.values()].find((one) => one.id === wanted && !one.isPull);
}

function pullIn(repo: Repository, id: string): PullRequest | undefined {
  const wanted = databaseId('pull', id);
  return [...repo.pulls.values()].find((pull) => pull.id === wanted);
}

function threadIn(repo: Repository, id: string): (PullAt & { readonly thread: ReviewThread }) | undefined {
  const wanted = databaseId('thread', id);
  for (const pull of repo.pulls.values()) {
    const thread = pull.threads.find((one) => one.id === wanted);
    if (thread) return { repo, pull, thread };
  }
  return undefined;
}

/** An issue by its node id. */
export function findIssue(
  box: BoxCore,
  id: string,
): { readonly repo: Repository; readonly issue: Issue } | undefined {
  for (const repo of box.world.repositories.values()) {
    const issue = issueIn(repo, id);
    if (issue) return { repo, issue };
  }
  return undefined;
}

/** A pull request by its node id. */
export function findPull(box: BoxCore, id: string): PullAt | undefined {
  for (const repo of box.world.repositories.values()) {
    const pull = pullIn(repo, id);
    if (pull) return { repo, pull };
  }
  return undefined;
}

/** A conversation on a line by its node id. */
export function findThread(
  box: BoxCore,
  id: string,
): (PullAt & { readonly thread: ReviewThread }) | undefined {
  for (const repo of box.world.repositories.values()) {
    const found = threadIn(repo, id);
    if (found) return found;
  }
  return undefined;
}
