import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { repositoryById } from '../find.ts';
import type { Issue, TimelineEvent } from '../issue.ts';
import { issueShape } from '../shapes/issue.ts';
import { nextId } from '../state.ts';

/** What differs from event to event; the rest is filled in when it is remembered. */
export type TimelineEntry = Omit<TimelineEvent, 'id' | 'actorId' | 'appId' | 'at'>;

/** Adds a line to an issue's timeline and marks the issue as changed now. */
export function remember(box: BoxCore, issue: Issue, author: Author, entry: TimelineEntry): void {
  const at = box.clock.now();
  issue.timeline.push({
    id: nextId(box.world),
    actorId: author.account.id,
    appId: author.appId,
    at,
    ...entry,
  });
  issue.updatedAt = at;
}

interface News {
  readonly issue: Issue;
  readonly author: Author;
  readonly action: string;
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Sends `issues` for an issue and `pull_request` for a pull request. */
export function announce(box: BoxCore, { issue, author, action, extra = {} }: News): void {
  const repo = repositoryById(box.world, issue.repositoryId);
  const sender = author.account;
  if (issue.isPull) {
    box.announcePull({ repo, issue, action, sender, extra });
    return;
  }
  const payload = { issue: issueShape(box, repo, issue), ...extra };
  box.emit({ event: 'issues', action, repo, sender, payload });
}
