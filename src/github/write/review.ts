import type { ActionResult } from '../../domain/effect.ts';
import { Refusal } from '../errors.ts';
import { at, integer, integerOr, type Json, login } from '../json.ts';
import { reviewComments } from '../read/pull.ts';
import { DONE, laneOf, marked, named, type Of, ownText, type Place } from './place.ts';

const PULL = '/repos/{owner}/{repo}/pulls/{pull_number}';

/** Asking again somebody who is asked already changes nothing; who has looked at this very head is not bothered again. */
export async function requestReview(place: Place, action: Of<'request-review'>): Promise<ActionResult> {
  const seen = place.retry ? await reviewersOfHead(place, action.pull) : [];
  const reviewers = action.reviewers.filter((reviewer) => !seen.includes(reviewer.toLowerCase()));
  if (reviewers.length === 0) return DONE;
  const params = { ...named(place), pull_number: action.pull, reviewers };
  await place.connection.write(laneOf(place), `POST ${PULL}/requested_reviewers`, params);
  return DONE;
}

/** An earlier request that came through may have its answer already. */
async function reviewersOfHead(place: Place, number: number): Promise<readonly string[]> {
  const params = { ...named(place), pull_number: number };
  const head = at(await place.connection.read(`GET ${PULL}`, params), 'head', 'sha').value;
  const reviews = await place.connection.list(`GET ${PULL}/reviews`, params);
  const ofHead = reviews.filter((review) => at(review, 'commit_id').value === head);
  return ofHead.map((review) => login(at(review, 'user')).toLowerCase());
}

/**
 * Answers an inline comment in its thread, once. GitHub takes answers to a thread's first comment only, so the thread is
 * looked up; the same list shows whether an earlier try came through.
 */
export async function replyReview(place: Place, action: Of<'reply-review'>): Promise<ActionResult> {
  const comments = await reviewComments(place.connection, place.repository, action.pull);
  const found = await ownText(place, action, comments);
  return { kind: 'comment', id: integer(at(found ?? (await postReply(place, action, comments)), 'id')) };
}

async function postReply(place: Place, action: Of<'reply-review'>, comments: readonly Json[]): Promise<Json> {
  const asked = comments.find((comment) => at(comment, 'id').value === action.comment);
  if (!asked)
    throw new Refusal(`the comment ${action.comment} was deleted before it was answered`, {
      status: 404,
      stale: true,
    });
  const first = integerOr(at(asked, 'in_reply_to_id'), action.comment);
  const params = {
    ...named(place),
    pull_number: action.pull,
    comment_id: first,
    body: marked(action, action.body),
  };
  return await place.connection.write(laneOf(place), `POST ${PULL}/comments/{comment_id}/replies`, params);
}
