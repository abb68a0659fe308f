import type { ActionResult } from '../domain/effect.ts';
import { Terminal } from '../domain/errors.ts';
import type { GitHubAction, GitHubWriter } from '../domain/ports/github-writer.ts';
import type { Connection } from './connection.ts';
import { writeCheck } from './write/check.ts';
import { react, writeComment } from './write/comment.ts';
import { addSubIssue, closeIssue, createIssue, editIssue } from './write/issue.ts';
import { setLabels } from './write/label.ts';
import type { Place } from './write/place.ts';
import { mergePull, openPull, readyPull } from './write/pull.ts';
import { replyReview, requestReview } from './write/review.ts';

export function createWriter(given: {
  connection: Connection;
  appLogin: () => Promise<string>;
}): GitHubWriter {
  return {
    perform: async ({ action, ...request }) => {
      try {
        return await write({ ...given, ...request }, action);
      } catch (error) {
        if (!(error instanceof Terminal)) throw error;
        return { kind: 'refused', message: error.message, stale: error.stale };
      }
    },
  };
}

async function write(place: Place, action: GitHubAction): Promise<ActionResult> {
  switch (action.kind) {
    case 'create-issue':
      return await createIssue(place, action);
    case 'edit-issue':
      return await editIssue(place, action);
    case 'close-issue':
      return await closeIssue(place, action);
    case 'comment':
      return await writeComment(place, action);
    case 'react':
      return await react(place, action);
    case 'set-labels':
      return await setLabels(place, action);
    case 'add-sub-issue':
      return await addSubIssue(place, action);
    case 'open-pull':
      return await openPull(place, action);
    case 'ready-pull':
      return await readyPull(place, action);
    case 'check':
      return await writeCheck(place, action);
    case 'request-review':
      return await requestReview(place, action);
    case 'reply-review':
      return await replyReview(place, action);
    case 'merge':
      return await mergePull(place, action);
    default:
      return action satisfies never;
  }
}
