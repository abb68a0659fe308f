import type { CodeMap } from '../../src/domain/code-map.ts';
import { sha } from '../../src/domain/ids.ts';

type Pair = readonly [path: string, partner: string, support: number, confidence: number];

export interface MapDraft {
  readonly files?: readonly string[];
  readonly imports?: Readonly<Record<string, readonly string[]>>;
  /** Names of packages by directory. */
  readonly packages?: Readonly<Record<string, string>>;
  /** Owners by pattern. */
  readonly owners?: Readonly<Record<string, readonly string[]>>;
  readonly together?: readonly Pair[];
  readonly commits?: number;
  readonly changes?: Readonly<Record<string, number>>;
  readonly hot?: CodeMap['hot'];
  readonly gaps?: readonly string[];
}

/** The code map of a small repository, with just what a test names in it. */
export function aCodeMap(draft: MapDraft = {}): CodeMap {
  const partners = new Map<
    string,
    CodeMap['history']['together'] extends ReadonlyMap<string, infer P> ? P : never
  >();
  for (const [path, partner, support, confidence] of draft.together ?? [])
    partners.set(path, [...(partners.get(path) ?? []), { path: partner, support, lift: 3, confidence }]);
  return {
    commit: sha('a'.repeat(40)),
    files: [...new Set(draft.files ?? [])].sort(),
    packages: Object.entries(draft.packages ?? {}).map(([directory, name]) => ({
      name,
      directory,
      manifest: directory === '' ? 'package.json' : `${directory}/package.json`,
      dependencies: [],
    })),
    imports: new Map(Object.entries(draft.imports ?? {})),
    owners: Object.entries(draft.owners ?? {}).map(([pattern, owners], at) => ({
      pattern,
      owners,
      line: at + 1,
    })),
    history: {
      commits: draft.commits ?? 100,
      changes: new Map(Object.entries(draft.changes ?? {})),
      together: partners,
    },
    hot: draft.hot ?? [],
    gaps: draft.gaps ?? [],
  };
}
