import type { Author } from './author.ts';
import type { BoxCore } from './core.ts';
import type { Issue, TimelineEvent } from './issue.ts';
import { nextId } from './state.ts';

/** What differs from event to event; the rest is filled in when it is recorded. */
export type TimelineEntry = Omit<TimelineEvent, 'id' | 'actorId' | 'appId' | 'at'>;

/** Writes a line of an issue's history. `by` is null for what nobody did, such as a reference by a push. */
export function record(box: BoxCore, issue: Issue, by: Author | null, entry: TimelineEntry): TimelineEvent {
  const event: TimelineEvent = {
    id: nextId(box.world),
    actorId: by?.account.id ?? null,
    appId: by?.appId ?? null,
    at: box.clock.now(),
    ...entry,
  };
  issue.timeline.push(event);
  issue.updatedAt = event.at;
  return event;
}
