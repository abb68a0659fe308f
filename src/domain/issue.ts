/** A GitHub issue, as much of it as rules look at. Times are milliseconds since the epoch (GitHub's clock). */
export interface Issue {
  /** Database id: what the sub-issue and dependency endpoints want. */
  readonly id: number;
  readonly nodeId: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly labels: readonly string[];
  readonly author: string;
  /** GitHub lists pull requests among issues. */
  readonly isPullRequest: boolean;
  readonly hasParent: boolean;
  /** Closed ones included; null where this GitHub does not count them. */
  readonly subIssueCount: number | null;
  /** Native blockers, closed ones included; null where this GitHub does not count them. */
  readonly blockedByCount: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The label by which people ask for the work. */
export const PARALLEL_LABEL = 'parallel';

/** Whether an issue carries the label. GitHub's labels differ by more than case: a repository may write it `Parallel`. */
export const hasParallelLabel = ({ labels }: Pick<Issue, 'labels'>): boolean =>
  labels.some((label) => label.toLowerCase() === PARALLEL_LABEL);

/** The last edit of a text, from GraphQL; null where it was never edited. */
export interface LastEdit {
  readonly at: number;
  readonly editor: string | null;
}

/** Of an issue or a comment. GitHub keeps the edits of titles apart: `lastEditedAt` knows of bodies alone. */
export interface LastEdits {
  readonly body: LastEdit | null;
  readonly title: LastEdit | null;
}

/** Who put `parallel` on an issue, and when: from the issue's timeline, never from a delivery. */
export interface LabelEvent {
  readonly id: number;
  readonly actor: string;
  readonly at: number;
}

export type Permission = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

/** Write or more: what it takes to start work, to command, to review with effect. */
export const canWrite = (permission: Permission | undefined): boolean =>
  permission === 'admin' || permission === 'maintain' || permission === 'write';

/** An issue comment, on an issue or on a pull request. */
export interface Comment {
  readonly id: number;
  readonly nodeId: string;
  readonly issue: number;
  readonly author: string;
  readonly byBot: boolean;
  readonly body: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Null: never edited. */
  readonly lastEdit: LastEdit | null;
}
