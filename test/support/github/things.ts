/** What people see on GitHub, as it was at the moment of a look. */

export interface Numbered {
  readonly number: number;
}

/** An issue, or a pull request seen as one. */
export interface Issue extends Numbered {
  /** The database id, which sub-issues and dependencies are named by. */
  readonly id: number;
  readonly nodeId: string;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly isPull: boolean;
}

export interface Comment {
  readonly id: number;
  readonly author: string;
  readonly body: string;
}

export interface Pull extends Numbered {
  readonly nodeId: string;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly state: string;
  readonly isDraft: boolean;
  readonly isMerged: boolean;
  readonly head: Tip;
  readonly base: Tip;
  /** Logins. */
  readonly asked: readonly string[];
}

/** What a pull request changes, and what becomes of it. */
export interface Diff {
  /** Null while the server still finds out. */
  readonly isMergeable: boolean | null;
  readonly mergedBy: string | null;
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
}

export interface Tip {
  readonly ref: string;
  readonly sha: string;
}

export interface Review {
  readonly id: number;
  readonly author: string;
  /** `APPROVED`, `CHANGES_REQUESTED`, `COMMENTED`, `DISMISSED`. */
  readonly state: string;
  readonly body: string;
  /** The head that it is about. */
  readonly sha: string;
}

/** A conversation on a line. */
export interface Thread {
  readonly path: string;
  readonly comments: readonly Comment[];
}

export interface CheckRun {
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
}

export interface TimelineEvent {
  readonly event: string;
  readonly actor: string;
  readonly label: string;
}

/** Where a reviewer writes a comment: a line of the new side of the diff. */
export interface LineComment {
  readonly path: string;
  readonly line: number;
  readonly body: string;
}

/** Files by path; null removes one. */
export type Files = Readonly<Record<string, string | null>>;

export type Reaction = '+1' | '-1' | 'laugh' | 'confused' | 'heart' | 'hooray' | 'rocket' | 'eyes';
