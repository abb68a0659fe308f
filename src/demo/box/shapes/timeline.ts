import { iso } from '../clock.ts';
import type { BoxCore } from '../core.ts';
import { accountById, repositoryById } from '../find.ts';
import type { Issue, IssueRef, TimelineEvent } from '../issue.ts';
import { nodeId, type Repository } from '../state.ts';
import { accountShape } from './account.ts';
import { appOrNull } from './app.ts';
import { commentShape } from './comment.ts';
import { committedShape } from './commit.ts';
import { issueShape } from './issue.ts';
import { repositoryShape, repositoryUrl, simpleRepositoryShape } from './repository.ts';
import { reviewShape } from './review.ts';

/** One entry of an issue's timeline. Undefined for what is no longer there, as a deleted comment. */
export function timelineShape(
  box: BoxCore,
  repo: Repository,
  { issue, event }: { readonly issue: Issue; readonly event: TimelineEvent },
) {
  if (event.event === 'commented') return commented(box, repo, event);
  if (event.event === 'cross-referenced') return crossReferenced(box, event);
  if (event.event === 'committed') return event.commit && committedShape(box, repo, event.commit);
  if (event.event === 'reviewed') return reviewed(box, repo, issue, event);
  return { ...base(box, repo, event), ...special(box, event), ...link(box, event) };
}

/** What stands on an issue's or a pull request's timeline. */
export function timelineOf(box: BoxCore, repo: Repository, issue: Issue): readonly unknown[] {
  return issue.timeline.flatMap((event) => timelineShape(box, repo, { issue, event }) ?? []);
}

function base(box: BoxCore, repo: Repository, event: TimelineEvent) {
  const url = repositoryUrl(box, repo);
  const sha = event.commitSha ?? null;
  return {
    id: event.id,
    node_id: nodeId('event', event.id),
    url: `${url}/issues/events/${event.id}`,
    actor: actorShape(box, event),
    event: event.event,
    commit_id: sha,
    commit_url: sha === null ? null : `${url}/commits/${sha}`,
    created_at: iso(event.at),
    performed_via_github_app: appOrNull(box, event.appId),
  };
}

function special(box: BoxCore, event: TimelineEvent) {
  const subject = event.subjectId === undefined ? undefined : accountById(box.world, event.subjectId);
  const isReview = event.event.startsWith('review_request');
  return {
    ...(event.label && { label: event.label }),
    ...(event.rename && { rename: event.rename }),
    ...(event.stateReason !== undefined && { state_reason: event.stateReason }),
    ...(subject && !isReview && { assignee: accountShape(box, subject), assigner: actorShape(box, event) }),
    ...(subject &&
      isReview && {
        requested_reviewer: accountShape(box, subject),
        review_requester: actorShape(box, event),
      }),
  };
}

const linkNames = [
  ['sub_issue_', 'sub_issue'],
  ['parent_issue_', 'parent_issue'],
  ['blocked_by_', 'blocked_by'],
  ['blocking_', 'blocking'],
] as const;

/** The other issue of a sub-issue or dependency event, under the name that GitHub gives it. */
function link(box: BoxCore, event: TimelineEvent) {
  const name = linkNames.find(([start]) => event.event.startsWith(start))?.[1];
  return name && event.source ? { [name]: referenceShape(box, event.source) } : {};
}

/** `issue-reference`: null once the issue is deleted. */
function referenceShape(box: BoxCore, ref: IssueRef) {
  const repo = repositoryById(box.world, ref.repositoryId);
  const issue = repo.issues.get(ref.number);
  if (!issue) return null;
  return {
    number: issue.number,
    title: issue.title,
    state: issue.state,
    state_reason: issue.stateReason,
    repository: simpleRepositoryShape(box, repo),
    issue_type: null,
  };
}

function reviewed(box: BoxCore, repo: Repository, issue: Issue, event: TimelineEvent) {
  const pull = repo.pulls.get(issue.number);
  const review = pull?.reviews.find((one) => one.id === event.reviewId);
  if (!pull || !review) return undefined;
  return { ...reviewShape(box, { repo, pull }, review), event: 'reviewed' };
}

function commented(box: BoxCore, repo: Repository, event: TimelineEvent) {
  const comment = repo.comments.get(event.commentId ?? 0);
  if (!comment) return undefined;
  const shape = commentShape(box, repo, comment);
  return { ...shape, event: 'commented', actor: shape.user };
}

function crossReferenced(box: BoxCore, event: TimelineEvent) {
  const source = event.source && sourceShape(box, event.source);
  if (!source) return undefined;
  return {
    actor: actorShape(box, event),
    created_at: iso(event.at),
    updated_at: iso(event.at),
    source: { type: 'issue', issue: source },
    event: 'cross-referenced',
  };
}

function sourceShape(box: BoxCore, ref: IssueRef) {
  const repo = repositoryById(box.world, ref.repositoryId);
  const issue = repo.issues.get(ref.number);
  if (!issue) return undefined;
  return { ...issueShape(box, repo, issue), repository: repositoryShape(box, repo) };
}

function actorShape(box: BoxCore, event: TimelineEvent) {
  return event.actorId === null ? null : accountShape(box, accountById(box.world, event.actorId));
}
