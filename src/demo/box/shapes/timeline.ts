import { iso } from '../clock.ts';
import type { BoxCore } from '../core.ts';
import { accountById, issueAt, repositoryById } from '../find.ts';
import type { Issue, IssueRef, TimelineEvent } from '../issue.ts';
import { nodeId, type Repository } from '../state.ts';
import { accountShape } from './account.ts';
import { appOrNull } from './app.ts';
import { commentShape } from './comment.ts';
import { issueShape } from './issue.ts';
import { repositoryShape, repositoryUrl } from './repository.ts';

/**
 * One entry of an issue's timeline. Undefined for what is no longer there, as a deleted comment. Sub-issue and
 * dependency events carry actor and time as all do; GitHub's description names no further field for them.
 */
export function timelineShape(box: BoxCore, repo: Repository, event: TimelineEvent) {
  if (event.event === 'commented') return commented(box, repo, event);
  if (event.event === 'cross-referenced') return crossReferenced(box, event);
  return { ...base(box, repo, event), ...special(box, event) };
}

/** What stands on an issue's timeline; the git half adds `committed` and `reviewed` by shapes of its own. */
export function timelineOf(box: BoxCore, repo: Repository, issue: Issue): readonly unknown[] {
  return issue.timeline.flatMap((event) => timelineShape(box, repo, event) ?? []);
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

function commented(box: BoxCore, repo: Repository, event: TimelineEvent) {
  const comment = repo.comments.get(event.commentId ?? 0);
  if (!comment) return undefined;
  const shape = commentShape(box, repo, comment);
  return { ...shape, event: 'commented', actor: shape.user };
}

function crossReferenced(box: BoxCore, event: TimelineEvent) {
  if (!event.source) return undefined;
  return {
    actor: actorShape(box, event),
    created_at: iso(event.at),
    updated_at: iso(event.at),
    source: { type: 'issue', issue: sourceShape(box, event.source) },
    event: 'cross-referenced',
  };
}

function sourceShape(box: BoxCore, ref: IssueRef) {
  const repo = repositoryById(box.world, ref.repositoryId);
  return { ...issueShape(box, repo, issueAt(box.world, ref)), repository: repositoryShape(box, repo) };
}

function actorShape(box: BoxCore, event: TimelineEvent) {
  return event.actorId === null ? null : accountShape(box, accountById(box.world, event.actorId));
}
