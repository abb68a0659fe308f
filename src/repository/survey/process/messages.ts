import type { CodePackage, HotFile, OwnerRule } from '../../../domain/code-map.ts';

/** What the process that makes a map is told: one line of JSON. */
export interface SurveyOrder {
  readonly gitDir: string;
  readonly commit: string;
  /** What earlier surveys of the repository read. */
  readonly cacheFile: string;
  /** Where the name of what is parsed stands, should it end the process. */
  readonly journalFile: string;
  readonly refused: readonly string[] | 'all';
}

/**
 * What it answers, a line of JSON each: a map in slices that are small enough to be read between other work. Files are
 * named by their place in the list of all files.
 */
export type Slice =
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'files'; readonly files: readonly string[] }
  | { readonly kind: 'packages'; readonly packages: readonly CodePackage[] }
  | { readonly kind: 'imports'; readonly imports: readonly (readonly [number, readonly number[]])[] }
  | { readonly kind: 'owners'; readonly owners: readonly OwnerRule[] }
  | { readonly kind: 'changes'; readonly changes: readonly (readonly [number, number])[] }
  | { readonly kind: 'together'; readonly together: readonly (readonly [number, readonly Partner[]])[] }
  | { readonly kind: 'hot'; readonly hot: readonly HotFile[] }
  | { readonly kind: 'gaps'; readonly gaps: readonly string[] }
  | { readonly kind: 'done'; readonly commits: number }
  | { readonly kind: 'failed'; readonly message: string };

export type Partner = readonly [file: number, support: number, lift: number, confidence: number];
