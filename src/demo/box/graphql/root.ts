import { type Author, authorOf } from '../author.ts';
import { findRepository } from '../find.ts';
import { deleteIssue } from '../issues/edit.ts';
import { canSee, mayDo, needs } from '../needs.ts';
import { setDraft } from '../pulls/draft.ts';
import { resolveThread } from '../reviews/threads.ts';
import type { PullAt } from '../shapes/review.ts';
import { refusal } from './error.ts';
import { findIssue, findPull, findThread, lookUp } from './lookup.ts';
import type { Node, View } from './view.ts';

interface Input<T> {
  readonly input: T & { readonly clientMutationId?: string | null };
}

/** The fields of `Query` and of `Mutation` that the box answers. */
export function rootOf(view: View) {
  return { ...queries(view), ...mutations(view) };
}

function queries(view: View) {
  return {
    node: ({ id }: { readonly id: string }) => nodeById(view, id),
    nodes: ({ ids }: { readonly ids: readonly string[] }) =>
      ids.map((id) => orError(() => nodeById(view, id))),
    repository: ({ owner, name }: { readonly owner: string; readonly name: string }) =>
      repositoryNode(view, owner, name),
    viewer: () => viewer(view),
  };
}

/** One missing node is an error of its own and leaves the others alone. */
function orError(read: () => Node): Node | Error {
  try {
    return read();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function nodeById(view: View, id: string): Node {
  const { box, actor } = view;
  const found = lookUp(box, id);
  if (!found || !canSee(box.world, actor, found.repo)) {
    throw unknownNode(id);
  }
  const wanted = needs(`${found.permission}:read`, 'read');
  if (actor.kind === 'installation' && !mayDo(box.world, { actor, repo: found.repo, needs: wanted })) {
    throw forbidden();
  }
  return found.node(view);
}

function repositoryNode(view: View, owner: string, name: string): Node {
  const repo = findRepository(view.box.world, { owner, repo: name });
  if (repo && canSee(view.box.world, view.actor, repo)) return view.repository(repo);
  throw refusal('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
}

function viewer(view: View): Node {
  return view.account(authorOf(view.actor).account);
}

function mutations(view: View) {
  const draft = (isDraft: boolean) => (args: Input<{ readonly pullRequestId: string }>) =>
    changeDraft(view, args, isDraft);
  const resolve = (resolved: boolean) => (args: Input<{ readonly threadId: string }>) =>
    changeThread(view, args, resolved);
  return {
    markPullRequestReadyForReview: draft(false),
    convertPullRequestToDraft: draft(true),
    resolveReviewThread: resolve(true),
    unresolveReviewThread: resolve(false),
    deleteIssue: (args: Input<{ readonly issueId: string }>) => removeIssue(view, args),
  };
}

function changeDraft(view: View, { input }: Input<{ readonly pullRequestId: string }>, draft: boolean) {
  const { by, at } = permit(view, findPull(view.box, input.pullRequestId), input.pullRequestId);
  setDraft(view.box, at.repo, at.pull, { draft, by });
  return answer(input, { pullRequest: () => view.pull(at.repo, at.pull) });
}

function changeThread(view: View, { input }: Input<{ readonly threadId: string }>, resolved: boolean) {
  const { by, at } = permit(view, findThread(view.box, input.threadId), input.threadId);
  resolveThread(view.box, at, at.thread, { by, resolved });
  return answer(input, { thread: () => view.thread(at, at.thread) });
}

/** Only admins delete issues. */
function removeIssue(view: View, { input }: Input<{ readonly issueId: string }>) {
  const { box, actor } = view;
  const found = findIssue(box, input.issueId);
  if (!found || !canSee(box.world, actor, found.repo)) throw unknownNode(input.issueId);
  const wanted = needs('administration:write', 'admin');
  if (!mayDo(box.world, { actor, repo: found.repo, needs: wanted })) throw forbidden();
  deleteIssue(box, found.issue, authorOf(actor));
  box.changed(found.repo);
  return answer(input, { repository: () => view.repository(found.repo) });
}

function answer(input: { readonly clientMutationId?: string | null }, payload: object) {
  return { clientMutationId: input.clientMutationId ?? null, ...payload };
}

/** Writing takes `pull_requests:write`, or of a person the role to write. */
function permit<T extends PullAt>(
  { box, actor }: View,
  found: T | undefined,
  id: string,
): { readonly by: Author; readonly at: T } {
  if (!found || !canSee(box.world, actor, found.repo)) {
    throw unknownNode(id);
  }
  const wanted = needs('pull_requests:write', 'write');
  if (!mayDo(box.world, { actor, repo: found.repo, needs: wanted })) throw forbidden();
  return { by: authorOf(actor), at: found };
}

function unknownNode(id: string): Error {
  return refusal('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
}

function forbidden(): Error {
  return refusal('FORBIDDEN', 'Resource not accessible by integration');
}
