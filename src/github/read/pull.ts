import { type Pull, type Review, type ReviewComment, UNREAD_CHECKS } from '../../domain/pull.ts';
import type { Repository } from '../../domain/repository.ts';
import type { Connection } from '../connection.ts';
import {
  at,
  flagOr,
  integer,
  integerOr,
  isNull,
  type Json,
  login,
  shaOf,
  text,
  textOr,
  time,
  word,
} from '../json.ts';

const PULLS = 'GET /repos/{owner}/{repo}/pulls';
const PULL = `${PULLS}/{pull_number}`;

/** One pull request as it is now, whether it can be merged included. */
export async function onePull(connection: Connection, repository: Repository, number: number): Promise<Pull> {
  return pullOf(await connection.read(PULL, { ...named(repository), pull_number: number }));
}

/** A fork's branch may have any name; it is gone (null) once the fork is deleted. */
export const isOwnBranch = (repository: Repository, pull: Json): boolean =>
  at(pull, 'head', 'repo', 'id').value === repository.key.repositoryId;

export function pullOf(from: Json): Pull {
  const merged = !isNull(at(from, 'merged_at'));
  const mergeSha = at(from, 'merge_commit_sha');
  return {
    number: integer(at(from, 'number')),
    nodeId: text(at(from, 'node_id')),
    branch: text(at(from, 'head', 'ref')),
    headSha: shaOf(at(from, 'head', 'sha')),
    base: text(at(from, 'base', 'ref')),
    state: word(at(from, 'state'), ['open', 'closed'], 'closed'),
    draft: flagOr(at(from, 'draft'), false),
    merged,
    // Before the merge this is GitHub's test merge, which is on no branch.
    mergeSha: merged && !isNull(mergeSha) ? shaOf(mergeSha) : null,
    updatedAt: time(at(from, 'updated_at')),
    mergeable: flagOr(at(from, 'mergeable'), null),
    reviews: [],
    checks: UNREAD_CHECKS,
  };
}

/** Submitted reviews, oldest first; with their inline comments where one asks for changes: only then anybody acts on them. */
export async function reviewsOf(
  connection: Connection,
  repository: Repository,
  number: number,
): Promise<readonly Review[]> {
  const params = { ...named(repository), pull_number: number };
  const submitted = (await connection.list(`${PULL}/reviews`, params)).filter(
    (review) => !isNull(at(review, 'submitted_at')),
  );
  const asks = submitted.some((review) => ASKS.has(at(review, 'state').value));
  const comments = asks ? await reviewComments(connection, repository, number) : [];
  return submitted
    .map((review) =>
      reviewOf(
        review,
        comments.filter((comment) => belongs(comment, review)),
      ),
    )
    .toSorted((a, b) => a.submittedAt - b.submittedAt || a.id - b.id);
}

/** A dismissed one may have asked for what is being answered. */
const ASKS = new Set<unknown>(['CHANGES_REQUESTED', 'DISMISSED']);

const belongs = (comment: Json, review: Json): boolean =>
  at(comment, 'pull_request_review_id').value === at(review, 'id').value;

/** All inline comments of a pull request, as GitHub has them. */
export async function reviewComments(
  connection: Connection,
  repository: Repository,
  number: number,
): Promise<readonly Json[]> {
  return await connection.list(`${PULL}/comments`, { ...named(repository), pull_number: number });
}

const STATES = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  DISMISSED: 'dismissed',
  COMMENTED: 'commented',
} as const;

function reviewOf(from: Json, comments: readonly Json[]): Review {
  const commit = at(from, 'commit_id');
  const state = word(
    at(from, 'state'),
    ['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED', 'COMMENTED'],
    'COMMENTED',
  );
  return {
    id: integer(at(from, 'id')),
    author: login(at(from, 'user')),
    authorMayWrite: false,
    state: STATES[state],
    body: textOr(at(from, 'body'), ''),
    commit: isNull(commit) ? null : shaOf(commit),
    submittedAt: time(at(from, 'submitted_at')),
    comments: comments.map(reviewCommentOf),
  };
}

/** A line that is gone from the diff is null; where it was says more than nothing. */
function reviewCommentOf(from: Json): ReviewComment {
  return {
    id: integer(at(from, 'id')),
    path: text(at(from, 'path')),
    line: integerOr(at(from, 'line'), null) ?? integerOr(at(from, 'original_line'), null),
    body: textOr(at(from, 'body'), ''),
    author: login(at(from, 'user')),
  };
}

const named = ({ owner, name }: Repository) => ({ owner, repo: name });
