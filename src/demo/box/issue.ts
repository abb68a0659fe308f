import type { Commit } from './git/history.ts';

/** Issues and what hangs on them. A pull request has an issue of the same number, with `isPull`. */

export type IssueState = 'open' | 'closed';
export type StateReason = 'completed' | 'not_planned' | 'duplicate' | 'reopened';

/** Points at an issue of any repository of the box. */
export interface IssueRef {
  readonly repositoryId: number;
  readonly number: number;
}

export interface Label {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface Issue {
  readonly id: number;
  readonly repositoryId: number;
  readonly number: number;
  readonly isPull: boolean;
  title: string;
  body: string | null;
  state: IssueState;
  stateReason: StateReason | null;
  readonly authorId: number;
  /** The App that wrote it, when one did. */
  readonly appId: number | null;
  labelIds: number[];
  assigneeIds: number[];
  locked: boolean;
  readonly createdAt: number;
  updatedAt: number;
  closedAt: number | null;
  closedById: number | null;
  /** When title or body were last changed by an edit; GraphQL's `lastEditedAt`. */
  lastEditedAt: number | null;
  lastEditorId: number | null;
  parent: IssueRef | null;
  /** In priority order. */
  subIssues: IssueRef[];
  blockedBy: IssueRef[];
  blocking: IssueRef[];
  readonly reactions: Reaction[];
  readonly timeline: TimelineEvent[];
}

export interface IssueComment {
  readonly id: number;
  readonly issueNumber: number;
  readonly authorId: number;
  readonly appId: number | null;
  body: string;
  readonly createdAt: number;
  updatedAt: number;
  lastEditedAt: number | null;
  lastEditorId: number | null;
  readonly reactions: Reaction[];
}

export const reactionContents = [
  '+1',
  '-1',
  'laugh',
  'confused',
  'heart',
  'hooray',
  'rocket',
  'eyes',
] as const;
export type ReactionContent = (typeof reactionContents)[number];

export interface Reaction {
  readonly id: number;
  readonly accountId: number;
  readonly content: ReactionContent;
  readonly createdAt: number;
}

/** One line of an issue's history. Which of the optional parts are there depends on `event`. */
export interface TimelineEvent {
  readonly id: number;
  readonly event: string;
  readonly actorId: number | null;
  readonly appId: number | null;
  readonly at: number;
  /** `labeled`, `unlabeled`: as the label was then. */
  readonly label?: { readonly name: string; readonly color: string };
  /** `commented` */
  readonly commentId?: number;
  /** `cross-referenced`: where the mention stands; `sub_issue_added`, `blocked_by_added` …: the other issue. */
  readonly source?: IssueRef;
  /** `closed` */
  readonly stateReason?: StateReason | null;
  /** `closed` by a commit, `merged`, `referenced`, `committed` */
  readonly commitSha?: string;
  /** `committed` */
  readonly commit?: Commit;
  /** `renamed` */
  readonly rename?: { readonly from: string; readonly to: string };
  /** `assigned`, `unassigned`, `review_requested`, `review_request_removed` */
  readonly subjectId?: number;
  /** `reviewed` */
  readonly reviewId?: number;
}
