/*
 * Where GitHub does not say when a text was edited last and by whom (the text is gone meanwhile, or the server has no
 * GraphQL), the worst is assumed, and no more than that, so that work still goes on: what somebody who may write has
 * written or approved needs no second approval.
 */
import type { Comment, Issue, LastEdit } from '../domain/issue.ts';

/**
 * The worst edit of an issue's body. Only its author and people who may write can edit it: at worst it was the author, at
 * the last moment when anything happened to the issue. Was that something known, such as the label or the comment that
 * approves, then it was no edit, and an edit can only have come before. Times are whole seconds, GitHub's clock.
 */
export function worstEdit(issue: Issue, knownTimes: readonly number[]): LastEdit {
  const isExplained = knownTimes.includes(issue.updatedAt);
  return { at: isExplained ? issue.updatedAt - 1 : issue.updatedAt, editor: issue.author };
}

/** A comment that was updated after it was made may hold a command that was not there at first. */
export const worstCommentEdit = ({ createdAt, updatedAt }: Comment): LastEdit | null =>
  updatedAt > createdAt ? { at: updatedAt, editor: null } : null;
