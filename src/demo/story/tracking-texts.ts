import { readMarker } from '../../domain/marker.ts';
import type { PullRequest } from '../box/pull.ts';
import type { RepositoryView } from '../box/verbs.ts';

/** Where the App tells how a run goes: an issue of its own, or its sticky comment on an epic. */
export interface TrackingText {
  readonly issue: number;
  readonly kind: 'issue' | 'comment';
  readonly body: string;
  /** The run is over: the text has its report. */
  readonly isOver: boolean;
}

/** Every tracking text of a repository, found by the App's hidden markers, as anybody could. */
export function trackingTexts(shop: RepositoryView, botId: number): readonly TrackingText[] {
  const issues = [...shop.repo.issues.values()].filter(({ isPull }) => !isPull);
  const comments = [...shop.repo.comments.values()];
  return [
    ...issues
      .filter(({ authorId, body }) => authorId === botId && isTracking(body ?? ''))
      .map(({ number, body }) => textOf('issue', number, body ?? '')),
    ...comments
      .filter(({ authorId, body }) => authorId === botId && isTracking(body))
      .map(({ issueNumber, body }) => textOf('comment', issueNumber, body)),
  ];
}

/** The issue that a pull request of the App is for, by its branch. */
export function taskBranch(pull: PullRequest): number | undefined {
  const number = /^parallel\/(\d+)(?:-|$)/.exec(pull.head.ref)?.[1];
  return number === undefined ? undefined : Number(number);
}

const isTracking = (body: string): boolean => /\/tracking(-body)?$/.test(readMarker(body)?.key ?? '');

const textOf = (kind: TrackingText['kind'], issue: number, body: string): TrackingText => ({
  issue,
  kind,
  body,
  isOver: /^### Report$/m.test(body),
});
