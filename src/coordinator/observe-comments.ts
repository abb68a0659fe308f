import { unhandled } from '../decide/commands.ts';
import type { Memory } from '../domain/facts.ts';
import type { Comment, LastEdit } from '../domain/issue.ts';
import type { GitHubReader } from '../domain/ports/github-reader.ts';
import type { Repository } from '../domain/repository.ts';
import { worstCommentEdit } from './unknown-edits.ts';

/** Lists lag behind writes: every look starts this much before the newest comment that was seen. */
export const COMMENT_OVERLAP_MS = 120_000;

/**
 * New comments, with their last edit where they hold a command that was not handled yet: a command counts only in a
 * comment as it was first written.
 */
export async function observeComments(given: {
  github: GitHubReader;
  repository: Repository;
  memory: Memory;
}): Promise<{ comments: readonly Comment[]; people: readonly string[] }> {
  const { github, repository, memory } = given;
  const comments = await github.comments(repository, memory.commentsSince - COMMENT_OVERLAP_MS);
  const open = [...new Set(unhandled(memory, comments).map(({ comment }) => comment))];
  if (open.length === 0) return { comments, people: [] };
  const edits = await github.lastEdits(
    repository,
    open.map((comment) => comment.nodeId),
  );
  const known = new Set(open.map((comment) => comment.id));
  return {
    comments: comments.map((comment) =>
      known.has(comment.id)
        ? { ...comment, lastEdit: lastEdit(edits.get(comment.nodeId), comment) }
        : comment,
    ),
    people: open.map((comment) => comment.author),
  };
}

const lastEdit = (found: LastEdit | null | undefined, comment: Comment): LastEdit | null =>
  found === undefined ? worstCommentEdit(comment) : found;
