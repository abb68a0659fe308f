import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import type { PullRequest } from '../pull.ts';
import { pullShape } from '../shapes/pull.ts';
import type { Repository } from '../state.ts';

export interface PullAction {
  readonly action: string;
  readonly by: Author;
  /** The action's own fields, such as `before` and `after` of `synchronize`. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Sends a `pull_request` webhook with the pull request as it is now. */
export function emitPull(
  box: BoxCore,
  repo: Repository,
  pull: PullRequest,
  { action, by, more }: PullAction,
): void {
  const payload = { number: pull.number, pull_request: pullShape(box, repo, pull), ...more };
  box.emit({ event: 'pull_request', action, repo, sender: by.account, payload });
}
