import type { ChangeHistory, CodePackage, HotFile, OwnerRule } from '../code-map.ts';

/*
 * What anybody may plug in. A provider is asked for facts and keeps none; what two providers of a kind answer is added
 * up, in the order in which they were registered. Heddle's own are registered in the same way (`heddle/providers`).
 */

/** A repository at one commit: its paths, the texts that the provider asked for, and what its commits changed. */
export interface SourceTree {
  /** Every tracked file, sorted, separated by `/`, relative to the root. */
  readonly files: readonly string[];
  /** Null: not tracked, not asked for by `reads`, too large, or not text. */
  text(path: string): string | null;
  /** The files of each commit that counts, newest first; merges and very large commits do not count. */
  readonly commits: readonly (readonly string[])[];
}

/** What every provider of facts about a repository has. */
interface Reading {
  /** What it is called in messages. */
  readonly name: string;
  /** Whether the provider wants the text of this file; nothing else is read for it. */
  reads(path: string): boolean;
}

/** Finds the packages of a workspace in its manifests. Synchronous and total: a broken manifest is a gap. */
export interface WorkspaceGraphProvider extends Reading {
  graph(tree: SourceTree): WorkspaceGraph;
}

/** The packages of a repository, with what they depend on. */
export interface WorkspaceGraph {
  readonly packages: readonly CodePackage[];
  /** What could not be read, in words for people. */
  readonly gaps: readonly string[];
}

/** Says who owns files, which of them change together, and which of them many tasks change. Synchronous and total. */
export interface RepositoryInfoProvider extends Reading {
  info(tree: SourceTree): RepositoryInfo;
}

/** What is absent is not known to this provider. Of several histories the first counts, lists are added up. */
export interface RepositoryInfo {
  readonly owners?: readonly OwnerRule[];
  readonly history?: ChangeHistory;
  readonly hot?: readonly HotFile[];
  readonly gaps?: readonly string[];
}

/** Finds what is wrong in a directory now, as a compiler or a linter does. */
export interface DiagnosticsProvider {
  readonly name: string;
  /** Rejects where it could not look; what it found is an answer. Nothing out of the directory is executed. */
  diagnose(directory: string, options?: { readonly signal?: AbortSignal }): Promise<readonly Diagnostic[]>;
}

/** One thing that a compiler or a linter says. */
export interface Diagnostic {
  /** Relative to the directory and separated by `/`; null: it concerns no file. */
  readonly path: string | null;
  /** From 1; null where `path` is null. */
  readonly line: number | null;
  readonly severity: 'error' | 'warning';
  /** As `TS2322`; empty where the tool gives none. */
  readonly code: string;
  readonly message: string;
}

/** What tells the series of a metric apart: names and values. */
export type Labels = Readonly<Record<string, string>>;

/** Where numbers go: one that a monitoring system can read, or nowhere. A name always has the same kind. */
export interface MetricsProvider {
  readonly name: string;
  /** A count that only grows; adds 1 without an amount. */
  count(metric: Metric, amount?: number): void;
  /** A value as it is now. */
  gauge(metric: Metric, value: number): void;
  /** One observation of a distribution, as a time in seconds. */
  observe(metric: Metric, value: number): void;
}

/** Something that is measured, and which of its series. */
export interface Metric {
  /** As `heddle_attempts_total`. */
  readonly name: string;
  /** In words for people; the first one given counts. */
  readonly help?: string;
  readonly labels?: Labels;
}

/** One of each kind that there is. */
export interface ProviderKinds {
  readonly 'workspace-graph': WorkspaceGraphProvider;
  readonly 'repository-info': RepositoryInfoProvider;
  readonly diagnostics: DiagnosticsProvider;
  readonly metrics: MetricsProvider;
}

/** What was plugged in, by kind. */
export interface Providers {
  /** Adds a provider after those that are there; a name that is taken within its kind is a TypeError. */
  register<Kind extends keyof ProviderKinds>(kind: Kind, provider: ProviderKinds[Kind]): Providers;
  /** Those of a kind, in the order in which they were registered. */
  of<Kind extends keyof ProviderKinds>(kind: Kind): readonly ProviderKinds[Kind][];
}

/** An empty registry: what is not registered is not asked. */
export function createProviders(): Providers {
  const lists: { readonly [Kind in keyof ProviderKinds]: ProviderKinds[Kind][] } = {
    'workspace-graph': [],
    'repository-info': [],
    diagnostics: [],
    metrics: [],
  };
  const providers: Providers = {
    register: (kind, provider) => {
      const list = lists[kind];
      if (list.some(({ name }) => name === provider.name))
        throw new TypeError(
          `a ${kind} provider named ${JSON.stringify(provider.name)} is registered already`,
        );
      list.push(provider);
      return providers;
    },
    of: (kind) => lists[kind].slice(),
  };
  return providers;
}
