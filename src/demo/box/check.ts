/** What machines say about a commit. */

export type CheckStatus = 'queued' | 'in_progress' | 'completed';
export type CheckConclusion =
  | 'success'
  | 'failure'
  | 'neutral'
  | 'cancelled'
  | 'skipped'
  | 'timed_out'
  | 'action_required'
  | 'stale';

export interface CheckSuite {
  readonly id: number;
  readonly appId: number;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly createdAt: number;
  updatedAt: number;
}

export interface CheckRun {
  readonly id: number;
  readonly suiteId: number;
  readonly appId: number;
  readonly headSha: string;
  name: string;
  externalId: string;
  detailsUrl: string | null;
  status: CheckStatus;
  conclusion: CheckConclusion | null;
  startedAt: number;
  completedAt: number | null;
  output: CheckOutput;
  actions: readonly CheckAction[];
}

export interface CheckOutput {
  title: string | null;
  summary: string | null;
  text: string | null;
  annotations: CheckAnnotation[];
}

export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title: string | null;
  readonly raw_details: string | null;
  readonly start_column: number | null;
  readonly end_column: number | null;
}

/** A button on a check run; a click sends `check_run.requested_action`. */
export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export interface CommitStatus {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creatorId: number;
  readonly createdAt: number;
}

/** What a scripted CI sees of a push. */
export interface CiPush {
  readonly sha: string;
  readonly branch: string;
  /** A file's text in the pushed commit; undefined if it is not there. */
  read(path: string): Promise<string | undefined>;
}

export interface CiVerdict {
  readonly conclusion: CheckConclusion;
  /** The check run's name; default `ci`. */
  readonly name?: string;
  readonly title?: string;
  readonly summary?: string;
  readonly text?: string;
  /** How long it runs, in milliseconds; default 0. */
  readonly takes?: number;
}

/** Decides for each pushed branch how its CI ends; undefined starts none. */
export type CiScript = (push: CiPush) => CiVerdict | undefined | Promise<CiVerdict | undefined>;
