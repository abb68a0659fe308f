import { z } from 'zod';
import { authorOf } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { forbidden, notFound } from '../errors.ts';
import { issueOf } from '../find.ts';
import type { IssueComment } from '../issue.ts';
import { addComment, deleteComment, editComment } from '../issues/comments.ts';
import { mayDo, needs } from '../needs.ts';
import { page, sinceOf } from '../pages.ts';
import { type Answer, choice, noContent, ok, type Register, type RepoCall } from '../router.ts';
import { commentShape } from '../shapes/comment.ts';

const reads = needs(['issues:read', 'pull_requests:read'], 'read');
const writes = needs(['issues:write', 'pull_requests:write'], 'read');
const manages = needs(['issues:write', 'pull_requests:write'], 'write');
const text = z.object({
  body: z
    .string()
    .max(65_536)
    .refine((value) => value.trim() !== '', 'is blank'),
});

/** Comments of issues and pull requests; both kinds of lists may lag behind writes. */
export const registerCommentRoutes: Register = (routes, box) => {
  routes.repo('GET', '/issues/comments', reads, (call) => listAll(box, call));
  routes.repo('GET', '/issues/comments/:id', reads, (call) =>
    ok(commentShape(box, call.repo, commentAt(call))),
  );
  routes.repo('PATCH', '/issues/comments/:id', writes, async (call) => {
    const { body } = await call.body(text);
    const comment = ownOrManaged(box, call);
    editComment(box, call.repo, { comment, author: authorOf(call.actor), body });
    return ok(commentShape(box, call.repo, comment));
  });
  routes.repo('DELETE', '/issues/comments/:id', writes, (call) => {
    deleteComment(box, call.repo, ownOrManaged(box, call), authorOf(call.actor));
    return noContent;
  });
  routes.repo('GET', '/issues/:number/comments', reads, (call) => listOnIssue(box, call));
  routes.repo('POST', '/issues/:number/comments', writes, async (call) => {
    const { body } = await call.body(text);
    const issue = issueOf(call.repo, call.number('number'));
    const comment = addComment(box, call.repo, { issue, author: authorOf(call.actor), body });
    return ok(commentShape(box, call.repo, comment), 201);
  });
};

/** A comment by id; 404 when there is none. */
export function commentAt(call: RepoCall): IssueComment {
  const comment = call.repo.comments.get(call.number('id'));
  if (!comment) throw notFound();
  return comment;
}

function ownOrManaged(box: BoxCore, call: RepoCall): IssueComment {
  const comment = commentAt(call);
  const isOwn = authorOf(call.actor).account.id === comment.authorId;
  if (!isOwn && !mayDo(box.world, { ...call, needs: manages })) throw forbidden();
  return comment;
}

function listOnIssue(box: BoxCore, call: RepoCall): Answer {
  const { number } = issueOf(call.repo, call.number('number'));
  const repo = box.listed(call);
  const comments = since(call, [...repo.comments.values()]).filter((one) => one.issueNumber === number);
  return page(call, comments, (comment) => commentShape(box, repo, comment));
}

/** In the order in which they were written, unless `sort` asks otherwise; `direction` counts only with `sort`. */
function listAll(box: BoxCore, call: RepoCall): Answer {
  const repo = box.listed(call);
  const by = choice(call, 'sort', ['', 'created', 'updated'], '');
  const direction = choice(call, 'direction', ['asc', 'desc'], by === '' ? 'asc' : 'desc');
  const sign = by !== '' && direction === 'desc' ? -1 : 1;
  const key = (comment: IssueComment) => (by === 'updated' ? comment.updatedAt : comment.createdAt);
  const comments = since(call, [...repo.comments.values()]).sort(
    (left, right) => sign * (key(left) - key(right) || left.id - right.id),
  );
  return page(call, comments, (comment) => commentShape(box, repo, comment));
}

/** Updated at that second or later. */
function since(call: RepoCall, comments: IssueComment[]): IssueComment[] {
  const from = sinceOf(call.query);
  return from === undefined
    ? comments
    : comments.filter((comment) => Math.floor(comment.updatedAt / 1000) * 1000 >= from);
}
