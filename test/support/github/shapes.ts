import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { CheckRun, Comment, Diff, Issue, Pull, Review, Thread, Tip } from './things.ts';

type Endpoints = RestEndpointMethodTypes;
type RestIssue = Endpoints['issues']['get']['response']['data'];
type RestWholePull = Endpoints['pulls']['get']['response']['data'];
type RestReview = Endpoints['pulls']['listReviews']['response']['data'][number];
type RestLineComment = Endpoints['pulls']['listReviewComments']['response']['data'][number];
type RestRun = Endpoints['checks']['listForRef']['response']['data']['check_runs'][number];

interface User {
  readonly login: string;
}

interface RestComment {
  readonly id: number;
  readonly body?: string | null | undefined;
  readonly user?: User | null | undefined;
}

export function issueFrom(data: RestIssue): Issue {
  return {
    number: data.number,
    id: data.id,
    nodeId: data.node_id,
    title: data.title,
    body: data.body ?? '',
    author: loginOf(data.user),
    state: data.state,
    stateReason: data.state_reason ?? null,
    isPull: data.pull_request !== undefined,
  };
}

export function commentFrom({ id, user, body }: RestComment): Comment {
  return { id, author: loginOf(user), body: body ?? '' };
}

/** What a pull request has in lists and by itself. */
interface RestPull {
  readonly number: number;
  readonly node_id: string;
  readonly title: string;
  readonly body: string | null;
  readonly user: User | null;
  readonly state: string;
  readonly draft?: boolean | undefined;
  readonly merged_at: string | null;
  readonly head: Tip;
  readonly base: Tip;
  readonly requested_reviewers?: readonly User[] | null | undefined;
}

export function pullFrom(data: RestPull): Pull {
  return {
    number: data.number,
    nodeId: data.node_id,
    title: data.title,
    body: data.body ?? '',
    author: loginOf(data.user),
    state: data.state,
    isDraft: data.draft ?? false,
    isMerged: data.merged_at !== null,
    head: tipFrom(data.head),
    base: tipFrom(data.base),
    asked: (data.requested_reviewers ?? []).map(loginOf),
  };
}

export function diffFrom(data: RestWholePull): Diff {
  const { mergeable: isMergeable, merged_by: merger, additions, deletions } = data;
  const mergedBy = merger === null ? null : loginOf(merger);
  return { isMergeable, mergedBy, additions, deletions, changedFiles: data.changed_files };
}

export function reviewFrom(data: RestReview): Review {
  const { id, user, state, body, commit_id: sha } = data;
  return { id, author: loginOf(user), state, body, sha: sha ?? '' };
}

/** Conversations in the order in which they began. */
export function threadsFrom(comments: readonly RestLineComment[]): readonly Thread[] {
  const first = comments.filter((comment) => comment.in_reply_to_id === undefined);
  return first.map(({ id, path }) => ({
    path,
    comments: comments.filter((one) => one.id === id || one.in_reply_to_id === id).map(commentFrom),
  }));
}

export function checkFrom({ name, status, conclusion, output }: RestRun): CheckRun {
  const { title, summary, text } = output;
  return { name, status, conclusion, title: title ?? '', summary: summary ?? '', text: text ?? '' };
}

export function loginOf(user: User | null | undefined): string {
  return user?.login ?? 'ghost';
}

function tipFrom({ ref, sha }: Tip): Tip {
  return { ref, sha };
}
