import type { IssueRef, WrittenRef } from './ids.ts';

/** Where the evidence for a dependency was found. */
export type DependencySource = 'blocked-by' | 'sub-issue-order' | 'text' | 'task-list' | 'command';

/** `from` waits until `to` has landed or its issue is closed. */
export interface Dependency {
  readonly from: IssueRef;
  readonly to: IssueRef;
  readonly source: DependencySource;
  /** The words that say so, as people wrote them; empty where it takes no words. */
  readonly quote: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** Who said so, where it was said by command. */
  readonly by?: string;
}

/** What one text says: the reference as written, not yet resolved against a repository. */
export interface TextDependency extends WrittenRef {
  readonly source: 'text' | 'task-list';
  readonly quote: string;
  /** 1-based. */
  readonly line: number;
  readonly confidence: number;
}

/** Whether one issue waits for another. */
export type Relation = 'depends-on' | 'independent-of';

/** What somebody said by command about one dependency. All of it is kept; see `decide/evidence.ts` for what counts. */
export interface Override {
  /** The issue that waits, or does not. */
  readonly issue: number;
  readonly on: IssueRef;
  readonly relation: Relation;
  readonly author: string;
  /** The line as written. */
  readonly quote: string;
  /** With the line: which word came last. GitHub numbers comments in the order in which they are written. */
  readonly commentId: number;
  readonly line: number;
}

/** One piece of evidence, and whether it counts beside all others about the same two issues. */
export interface Claim {
  readonly dependency: Dependency;
  readonly relation: Relation;
  readonly counts: boolean;
}

/** All that is said about two issues, where it does not go together. */
export type Disagreement = readonly Claim[];

/** An issue that others wait for, as far as the App can see it. */
export interface Blocker {
  readonly ref: IssueRef;
  readonly state: 'open' | 'closed' | 'unreadable';
}
