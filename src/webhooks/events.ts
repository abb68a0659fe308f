import type { EmitterWebhookEventName } from '@octokit/webhooks';

/** An event's name without its action, as the `X-GitHub-Event` header has it. */
type EventName = Exclude<EmitterWebhookEventName, `${string}.${string}`>;

/**
 * The only table of event names that this App listens to, each with what it may have changed. The App's manifest asks
 * for exactly these; `installation` and `installation_repositories` come to every App unasked.
 */
export const EVENTS = {
  issues: 'labelled, edited, closed or reopened: the scope, a text, a blocker',
  issue_comment: 'a command',
  sub_issues: 'the scope and the order of an epic',
  issue_dependencies: 'a blocked-by relation',
  pull_request: 'merged, closed, pushed to by a person, made ready',
  pull_request_review: 'changes requested, approved, dismissed',
  pull_request_review_comment: 'an inline comment of a review',
  check_run: 'a check that decides whether to land',
  check_suite: 'the checks of a head are finished',
  status: 'the same, from older CI systems',
  push: 'a new base, or a mended policy',
  repository: 'renamed, moved, archived, deleted',
  installation: 'installed, suspended, given other permissions',
  installation_repositories: 'repositories added to the installation or taken out',
} as const satisfies Partial<Record<EventName, string>>;

export type HeddleEvent = keyof typeof EVENTS;

/** The table's names, for a webhook server to listen to. */
export const EVENT_NAMES = Object.keys(EVENTS) as readonly HeddleEvent[];

export const isHeddleEvent = (name: string): name is HeddleEvent => Object.hasOwn(EVENTS, name);
