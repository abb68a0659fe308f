import { isoOrNull } from '../clock.ts';
import type { BoxCore } from '../core.ts';
import { accountById, issueOf, repositoryById } from '../find.ts';
import type { PullRequest, PullSide } from '../pull.ts';
import { mergeableState } from '../pulls/state.ts';
import { nodeId, type Repository } from '../state.ts';
import { accountShape } from './account.ts';
import { issueShape, issueUrl } from './issue.ts';
import { repositoryPage, repositoryShape, repositoryUrl } from './repository.ts';

export function pullUrl(box: BoxCore, repo: Repository, number: number): string {
  return `${repositoryUrl(box, repo)}/pulls/${number}`;
}

export function pullPage(box: BoxCore, repo: Repository, number: number): string {
  return `${repositoryPage(box, repo)}/pull/${number}`;
}

/** `pull-request-simple`: a pull request in a list. */
export function pullSimpleShape(box: BoxCore, repo: Repository, pull: PullRequest) {
  return {
    ...identity(box, repo, pull),
    ...fromIssue(box, repo, pull),
    draft: pull.draft,
    merged_at: isoOrNull(pull.mergedAt),
    merge_commit_sha: pull.mergeCommitSha,
    requested_reviewers: pull.requestedReviewerIds.map((id) => accountShape(box, accountById(box.world, id))),
    requested_teams: [],
    head: sideShape(box, pull.head),
    base: sideShape(box, pull.base),
    auto_merge: null,
    ...addresses(box, repo, pull),
    _links: links(box, repo, pull),
  };
}

/** `pull-request`: one pull request, also in webhooks. */
export function pullShape(box: BoxCore, repo: Repository, pull: PullRequest) {
  const state = mergeableState(box.world, repo, pull);
  const comments = [...repo.comments.values()].filter((comment) => comment.issueNumber === pull.number);
  return {
    ...pullSimpleShape(box, repo, pull),
    merged: pull.mergedAt !== null,
    merged_by: pull.mergedById === null ? null : accountShape(box, accountById(box.world, pull.mergedById)),
    mergeable: pull.mergeable,
    rebaseable: pull.rebaseable,
    mergeable_state: state,
    maintainer_can_modify: pull.maintainerCanModify,
    comments: comments.length,
    review_comments: pull.threads.reduce((sum, thread) => sum + thread.comments.length, 0),
    commits: pull.size.commits,
    additions: pull.size.additions,
    deletions: pull.size.deletions,
    changed_files: pull.size.changedFiles,
  };
}

/** `pull-request-minimal`: a pull request inside a check. */
export function pullMinimalShape(box: BoxCore, repo: Repository, pull: PullRequest) {
  const here = { id: repo.id, url: repositoryUrl(box, repo), name: repo.name };
  return {
    id: pull.id,
    number: pull.number,
    url: pullUrl(box, repo, pull.number),
    head: { ref: pull.head.ref, sha: pull.head.sha, repo: here },
    base: { ref: pull.base.ref, sha: pull.base.sha, repo: here },
  };
}

function identity(box: BoxCore, repo: Repository, pull: PullRequest) {
  return {
    url: pullUrl(box, repo, pull.number),
    id: pull.id,
    node_id: nodeId('pull', pull.id),
    html_url: pullPage(box, repo, pull.number),
    number: pull.number,
  };
}

/** What a pull request shares with the issue of its number. */
function fromIssue(box: BoxCore, repo: Repository, pull: PullRequest) {
  const issue = issueShape(box, repo, issueOf(repo, pull.number));
  return {
    state: issue.state,
    locked: issue.locked,
    title: issue.title,
    user: issue.user,
    body: issue.body,
    labels: issue.labels,
    milestone: issue.milestone,
    active_lock_reason: issue.active_lock_reason,
    created_at: issue.created_at,
    updated_at: issue.updated_at,
    closed_at: issue.closed_at,
    assignee: issue.assignee,
    assignees: issue.assignees,
    author_association: issue.author_association,
  };
}

function sideShape(box: BoxCore, side: PullSide) {
  const repo = repositoryById(box.world, side.repositoryId);
  const owner = accountById(box.world, repo.ownerId);
  return {
    label: `${owner.login}:${side.ref}`,
    ref: side.ref,
    sha: side.sha,
    user: accountShape(box, owner),
    repo: repositoryShape(box, repo),
  };
}

function addresses(box: BoxCore, repo: Repository, pull: PullRequest) {
  const url = pullUrl(box, repo, pull.number);
  const page = pullPage(box, repo, pull.number);
  return {
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issueUrl(box, repo, pull.number),
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${repositoryUrl(box, repo)}/pulls/comments{/number}`,
    comments_url: `${issueUrl(box, repo, pull.number)}/comments`,
    statuses_url: `${repositoryUrl(box, repo)}/statuses/${pull.head.sha}`,
  };
}

function links(box: BoxCore, repo: Repository, pull: PullRequest) {
  const { issue_url, comments_url, ...rest } = addresses(box, repo, pull);
  return {
    self: { href: pullUrl(box, repo, pull.number) },
    html: { href: pullPage(box, repo, pull.number) },
    issue: { href: issue_url },
    comments: { href: comments_url },
    review_comments: { href: rest.review_comments_url },
    review_comment: { href: rest.review_comment_url },
    commits: { href: rest.commits_url },
    statuses: { href: rest.statuses_url },
  };
}
