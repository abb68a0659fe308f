import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { issueOf } from '../find.ts';
import { remember } from '../issues/announce.ts';
import type { PullRequest } from '../pull.ts';
import type { Repository } from '../state.ts';
import { emitPull } from './emit.ts';

/** Makes a draft ready for review, or takes that back; nothing happens when it is so already. */
export function setDraft(
  box: BoxCore,
  repo: Repository,
  pull: PullRequest,
  { draft, by }: { readonly draft: boolean; readonly by: Author },
): void {
  if (pull.draft === draft) return;
  pull.draft = draft;
  const action = draft ? 'converted_to_draft' : 'ready_for_review';
  remember(box, issueOf(repo, pull.number), by, { event: draft ? 'convert_to_draft' : 'ready_for_review' });
  emitPull(box, repo, pull, { action, by });
  box.changed(repo);
}
