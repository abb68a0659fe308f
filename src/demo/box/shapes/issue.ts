import { iso, isoOrNull } from '../clock.ts';
import type { BoxCore } from '../core.ts';
import { accountById, issueAt, repositoryById } from '../find.ts';
import type { Issue, IssueRef } from '../issue.ts';
import { roleOf } from '../needs.ts';
import { nodeId, type Repository } from '../state.ts';
import { accountShape } from './account.ts';
import { appOrNull } from './app.ts';
import { labelShape, labelsOf } from './label.ts';
import { reactionCounts } from './reaction.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';

export function issueUrl(box: BoxCore, repo: Repository, number: number): string {
  return `${repositoryUrl(box, repo)}/issues/${number}`;
}

/** The page that people open; a pull request's is below `/pull`. */
export function issuePage(box: BoxCore, repo: Repository, issue: Issue): string {
  return `${repositoryPage(box, repo)}/${issue.isPull ? 'pull' : 'issues'}/${issue.number}`;
}

/** GraphQL knows a pull request by its own id, not by its issue's. */
export function issueNode(repo: Repository, issue: Issue): string {
  const pull = repo.pulls.get(issue.number);
  return pull ? nodeId('pull', pull.id) : nodeId('issue', issue.id);
}

/** `issue`, also for a pull request seen as an issue. */
export function issueShape(box: BoxCore, repo: Repository, issue: Issue) {
  const url = issueUrl(box, repo, issue.number);
  return {
    ...identity(box, repo, issue),
    ...people(box, issue),
    labels: labelsOf(repo, issue).map((label) => labelShape(box, repo, label)),
    state: issue.state,
    locked: issue.locked,
    milestone: null,
    comments: commentCount(repo, issue),
    created_at: iso(issue.createdAt),
    updated_at: iso(issue.updatedAt),
    closed_at: isoOrNull(issue.closedAt),
    author_association: association(box, repo, issue.authorId),
    active_lock_reason: null,
    body: issue.body,
    reactions: reactionCounts(url, issue.reactions),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: appOrNull(box, issue.appId),
    state_reason: issue.stateReason,
    ...(issue.isPull ? pullPart(box, repo, issue) : relations(box, issue)),
  };
}

function identity(box: BoxCore, repo: Repository, issue: Issue) {
  const url = issueUrl(box, repo, issue.number);
  return {
    url,
    repository_url: repositoryUrl(box, repo),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: issuePage(box, repo, issue),
    id: issue.id,
    node_id: issueNode(repo, issue),
    number: issue.number,
    title: issue.title,
  };
}

function people(box: BoxCore, issue: Issue) {
  const assignees = issue.assigneeIds.map((id) => accountShape(box, accountById(box.world, id)));
  return {
    user: accountShape(box, accountById(box.world, issue.authorId)),
    assignee: assignees[0] ?? null,
    assignees,
    closed_by: issue.closedById === null ? null : accountShape(box, accountById(box.world, issue.closedById)),
  };
}

function commentCount(repo: Repository, issue: Issue): number {
  return [...repo.comments.values()].filter((comment) => comment.issueNumber === issue.number).length;
}

/** How somebody stands to the repository: `OWNER`, `COLLABORATOR`, `CONTRIBUTOR` or `NONE`. */
export function association(box: BoxCore, repo: Repository, accountId: number): string {
  if (repo.ownerId === accountId) return 'OWNER';
  const account = accountById(box.world, accountId);
  if (account.kind === 'Bot') return 'NONE';
  const role = roleOf(box.world, repo, account);
  if (!repo.collaborators.has(accountId) || role === 'none') return 'NONE';
  return accountById(box.world, repo.ownerId).kind === 'Organization' ? 'MEMBER' : 'COLLABORATOR';
}

function pullPart(box: BoxCore, repo: Repository, issue: Issue) {
  const pull = repo.pulls.get(issue.number);
  const page = issuePage(box, repo, issue);
  return {
    draft: pull?.draft ?? false,
    pull_request: {
      url: `${repositoryUrl(box, repo)}/pulls/${issue.number}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: isoOrNull(pull?.mergedAt ?? null),
    },
  };
}

/** Sub-issues and dependencies; counts without `total_` leave closed issues out. */
function relations(box: BoxCore, issue: Issue) {
  const open = (refs: readonly IssueRef[]) =>
    refs.filter((ref) => issueAt(box.world, ref).state === 'open').length;
  const total = issue.subIssues.length;
  const completed = total - open(issue.subIssues);
  return {
    ...(issue.parent && { parent_issue_url: urlOf(box, issue.parent) }),
    sub_issues_summary: {
      total,
      completed,
      percent_completed: total === 0 ? 0 : Math.floor((completed / total) * 100),
    },
    issue_dependencies_summary: {
      blocked_by: open(issue.blockedBy),
      total_blocked_by: issue.blockedBy.length,
      blocking: open(issue.blocking),
      total_blocking: issue.blocking.length,
    },
  };
}

function urlOf(box: BoxCore, ref: IssueRef): string {
  return issueUrl(box, repositoryById(box.world, ref.repositoryId), ref.number);
}
