import { z } from 'zod';
import { type Author, authorOf } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { type HttpError, invalid, notFound } from '../errors.ts';
import { needs } from '../needs.ts';
import { page, sinceOf } from '../pages.ts';
import type { PullRequest, ReviewComment } from '../pull.ts';
import { pullOf } from '../pulls/routes.ts';
import { type Answer, choice, ok, type Register, type RepoCall, type Routes } from '../router.ts';
import { reviewCommentShape } from '../shapes/review.ts';
import type { Repository } from '../state.ts';
import { anchors } from './anchor.ts';
import { addReply, announceComment, startThread } from './comment.ts';
import { singleReview } from './review.ts';
import { at } from './routes.ts';
import { commentById, publicComments, threadOf } from './threads.ts';

const read = needs('pull_requests:read', 'read');
const write = needs('pull_requests:write', 'read');

/** Comments on lines: of one pull request, of a repository, new ones and answers. */
export const reviewCommentRoutes: Register = (routes, box) => {
  routes.repo('GET', '/pulls/comments', read, (call) => {
    const repo = box.listed(call);
    return list(box, call, repo, [...repo.pulls.values()]);
  });
  routes.repo('GET', '/pulls/comments/:comment_id', read, (call) => {
    const found = commentById(call.repo, call.number('comment_id'));
    if (!found) throw notFound();
    return ok(reviewCommentShape(box, { repo: call.repo, pull: found.pull }, found.comment));
  });
  routes.repo('GET', '/pulls/:pull_number/comments', read, (call) => {
    const repo = box.listed(call);
    const pull = repo.pulls.get(pullOf(call).number);
    return list(box, call, repo, pull ? [pull] : []);
  });
  writing(routes, box);
};

function list(box: BoxCore, call: RepoCall, repo: Repository, pulls: readonly PullRequest[]): Answer {
  const since = sinceOf(call.query) ?? 0;
  const sort = choice(call, 'sort', ['created', 'updated', 'created_at'], 'created');
  const sign = choice(call, 'direction', ['asc', 'desc'], 'asc') === 'asc' ? 1 : -1;
  const time = (comment: ReviewComment) => (sort === 'updated' ? comment.updatedAt : comment.createdAt);
  const items = pulls
    .flatMap((pull) => publicComments(pull).map((comment) => ({ pull, comment })))
    .filter(({ comment }) => comment.updatedAt >= since)
    .sort(
      (left, right) =>
        sign * (time(left.comment) - time(right.comment) || left.comment.id - right.comment.id),
    );
  return page(call, items, ({ pull, comment }) => reviewCommentShape(box, { repo, pull }, comment));
}

const newComment = z.object({
  body: z.string().min(1),
  commit_id: z.string().optional(),
  path: z.string().optional(),
  line: z.number().int().optional(),
  side: z.enum(['LEFT', 'RIGHT']).optional(),
  position: z.number().int().optional(),
  start_line: z.number().int().optional(),
  in_reply_to: z.number().int().optional(),
});
const reply = z.object({ body: z.string().min(1) });

function writing(routes: Routes, box: BoxCore): void {
  routes.repo('POST', '/pulls/:pull_number/comments', write, async (call) => {
    const wanted = await call.body(newComment);
    const by = authorOf(call.actor);
    if (wanted.in_reply_to !== undefined)
      return answer(box, call, by, { to: wanted.in_reply_to, body: wanted.body });
    return await comment(box, call, by, wanted);
  });
  routes.repo('POST', '/pulls/:pull_number/comments/:comment_id/replies', write, async (call) => {
    const { body } = await call.body(reply);
    return answer(box, call, authorOf(call.actor), { to: call.number('comment_id'), body });
  });
}

/** A single comment is a review of its own, as on GitHub. */
async function comment(
  box: BoxCore,
  call: RepoCall,
  by: Author,
  wanted: z.infer<typeof newComment>,
): Promise<Answer> {
  const { body, path, commit_id: commitSha, start_line: startLine } = wanted;
  const pull = pullOf(call);
  const anchor =
    path && (await anchors(box, call.repo, pull, commitSha ?? pull.head.sha))({ ...wanted, path });
  if (!path || !anchor) throw unresolved();
  const review = singleReview(box, at(call), { by, commitSha });
  const made = startThread(box, at(call), { review, by, body, path, anchor, startLine });
  announceComment(box, at(call), made, by);
  return ok(reviewCommentShape(box, at(call), made), 201);
}

function answer(
  box: BoxCore,
  call: RepoCall,
  by: Author,
  { to, body }: { readonly to: number; readonly body: string },
): Answer {
  const thread = threadOf(pullOf(call), to);
  if (!thread) throw notFound();
  const review = singleReview(box, at(call), { by });
  const made = addReply(box, thread, { review, by, body });
  announceComment(box, at(call), made, by);
  return ok(reviewCommentShape(box, at(call), made), 201);
}

function unresolved(): HttpError {
  const field = 'pull_request_review_thread.line';
  const message = `${field} must be part of the diff`;
  return invalid({ resource: 'PullRequestReviewComment', code: 'custom', field, message });
}
