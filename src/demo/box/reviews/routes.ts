import { z } from 'zod';
import { authorOf } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { forbidden, notFound } from '../errors.ts';
import { needs } from '../needs.ts';
import { page } from '../pages.ts';
import type { Review } from '../pull.ts';
import { pullOf } from '../pulls/routes.ts';
import { ok, type Register, type RepoCall, type Routes } from '../router.ts';
import { commentOfReviewShape, type PullAt, reviewShape } from '../shapes/review.ts';
import { createReview, dismissReview, type NewSpotComment, submitReview } from './review.ts';
import { commentsOf } from './threads.ts';

const read = needs('pull_requests:read', 'read');
const write = needs('pull_requests:write', 'read');
const dismiss = needs('pull_requests:write', 'write');

/** Reviews of a pull request: written with their comments, sent, dismissed. */
export const reviewRoutes: Register = (routes, box) => {
  reading(routes, box);
  writing(routes, box);
  ending(routes, box);
};

const base = '/pulls/:pull_number/reviews';
const one = `${base}/:review_id`;

function reading(routes: Routes, box: BoxCore): void {
  routes.repo('GET', base, read, (call) => {
    const repo = box.listed(call);
    const pull = repo.pulls.get(pullOf(call).number);
    const shown = pull?.reviews.filter((review) => isVisible(call, review)) ?? [];
    return page(call, shown, (review) => pull && reviewShape(box, { repo, pull }, review));
  });
  routes.repo('GET', one, read, (call) => ok(reviewShape(box, at(call), reviewOf(call))));
  routes.repo('GET', `${one}/comments`, read, (call) => {
    const shown = commentsOf(pullOf(call), reviewOf(call));
    return page(call, shown, (comment) => commentOfReviewShape(box, at(call), comment));
  });
}

const line = z.object({
  path: z.string(),
  body: z.string(),
  line: z.number().int().optional(),
  side: z.enum(['LEFT', 'RIGHT']).optional(),
  position: z.number().int().optional(),
  start_line: z.number().int().optional(),
});
const event = z.enum(['APPROVE', 'REQUEST_CHANGES', 'COMMENT']);
const newReview = z.object({
  body: z.string().default(''),
  event: event.optional(),
  commit_id: z.string().optional(),
  comments: z.array(line).default([]),
});

function writing(routes: Routes, box: BoxCore): void {
  routes.repo('POST', base, write, async (call) => {
    const { commit_id: commitSha, comments, ...wanted } = await call.body(newReview);
    const by = authorOf(call.actor);
    const review = await createReview(box, at(call), {
      ...wanted,
      by,
      commitSha,
      comments: comments.map(spot),
    });
    return ok(reviewShape(box, at(call), review));
  });
}

function spot({ start_line: startLine, ...rest }: z.infer<typeof line>): NewSpotComment {
  return { ...rest, startLine };
}

const submission = z.object({ event, body: z.string().optional() });
const dismissal = z.object({ message: z.string().min(1) });

function ending(routes: Routes, box: BoxCore): void {
  routes.repo('POST', `${one}/events`, write, async (call) => {
    const review = reviewOf(call);
    const by = authorOf(call.actor);
    if (review.authorId !== by.account.id) throw forbidden();
    submitReview(box, at(call), review, { by, ...(await call.body(submission)) });
    return ok(reviewShape(box, at(call), review));
  });
  routes.repo('PUT', `${one}/dismissals`, dismiss, async (call) => {
    await call.body(dismissal);
    dismissReview(box, at(call), reviewOf(call), { by: authorOf(call.actor) });
    return ok(reviewShape(box, at(call), reviewOf(call)));
  });
}

/** The repository and the pull request of a call. */
export function at(call: RepoCall): PullAt {
  return { repo: call.repo, pull: pullOf(call) };
}

function reviewOf(call: RepoCall): Review {
  const id = call.number('review_id');
  const review = pullOf(call).reviews.find((one) => one.id === id && isVisible(call, one));
  if (!review) throw notFound();
  return review;
}

/** A pending review exists for its author only. */
function isVisible({ actor }: RepoCall, review: Review): boolean {
  if (review.state !== 'PENDING') return true;
  return 'account' in actor && actor.account.id === review.authorId;
}
