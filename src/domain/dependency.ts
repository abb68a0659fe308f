import type { IssueRef } from './ids.ts';

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
}

/** What one text says: the reference as written, not yet resolved against a repository. */
export interface TextDependency {
  /** Null: in the repository of the text. */
  readonly owner: string | null;
  readonly name: string | null;
  readonly number: number;
  readonly source: 'text' | 'task-list';
  readonly quote: string;
  /** 1-based. */
  readonly line: number;
  readonly confidence: number;
}

/** An issue that others wait for, as far as the App can see it. */
export interface Blocker {
  readonly ref: IssueRef;
  readonly state: 'open' | 'closed' | 'unreadable';
}
