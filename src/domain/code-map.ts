import type { Sha } from './ids.ts';

/**
 * What a repository's files and history say about which files change together: what the exclusive keys of a task are
 * predicted from. Paths are relative to the repository's root and separated by `/`. Plain data, made once a commit.
 */
export interface CodeMap {
  /** The commit of the default branch that it describes. */
  readonly commit: Sha;
  /** Every tracked file, sorted. */
  readonly files: readonly string[];
  readonly packages: readonly CodePackage[];
  /** The files of the repository that a file imports, sorted; files without any are absent. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
  /** CODEOWNERS, in the file's order: the last rule that matches a path counts. */
  readonly owners: readonly OwnerRule[];
  readonly history: ChangeHistory;
  readonly hot: readonly HotFile[];
  /** What could not be read, in words for people: too large, broken manifests, a shallow history. */
  readonly gaps: readonly string[];
}

/** A package of the workspace, as its manifest names it. */
export interface CodePackage {
  readonly name: string;
  /** Empty for the package at the root. */
  readonly directory: string;
  readonly manifest: string;
  /** Names of packages of this workspace that it depends on. */
  readonly dependencies: readonly string[];
}

/** A line of CODEOWNERS: who owns the paths that a pattern matches. */
export interface OwnerRule {
  readonly pattern: string;
  readonly owners: readonly string[];
  /** From 1. */
  readonly line: number;
}

/** Which files changed in the same commits, of the commits that were read. */
export interface ChangeHistory {
  /** Commits that count: merges and very large commits do not. */
  readonly commits: number;
  /** How many of them changed a file. */
  readonly changes: ReadonlyMap<string, number>;
  /** Partners of a file, strongest first: only pairs with enough support and a lift above 1. */
  readonly together: ReadonlyMap<string, readonly CoChange[]>;
}

export interface CoChange {
  readonly path: string;
  /** Commits that changed both. */
  readonly support: number;
  /** P(both) / (P(one) · P(other)): 1 means by chance. */
  readonly lift: number;
  /** P(this path changes | the other one changes). */
  readonly confidence: number;
}

/** A file that many unrelated tasks change. */
export interface HotFile {
  readonly path: string;
  readonly kind: 'lock-file' | 'migrations' | 'registry' | 'often-changed';
  /** In words for people. */
  readonly why: string;
}
