import type { CodeMap } from '../../domain/code-map.ts';
import type { Sha } from '../../domain/ids.ts';
import type { Providers, SourceTree } from '../../domain/ports/providers.ts';
import { BOUNDS } from './bounds.ts';
import type { Cache } from './cache.ts';
import { readCommits } from './commits.ts';
import { type Parsing, readImports } from './imports/read-imports.ts';
import { resolveImports } from './imports/resolve-imports.ts';
import { isTsconfig } from './imports/tsconfig.ts';
import { Texts } from './texts.ts';
import { readTree } from './tree.ts';

export interface MapRequest extends Parsing {
  /** A bare repository that holds the commit. */
  readonly gitDir: string;
  readonly commit: Sha;
  readonly cache: Cache;
  readonly providers: Providers;
}

export interface Made {
  readonly map: CodeMap;
  /** What this commit and its history need of the old cache and of what was read now. */
  readonly cache: Cache;
}

/**
 * The map of one commit. What a blob imports and what a commit changed is taken out of the cache where it is known; the
 * map is the same as without one. Rejects where git fails.
 */
export async function makeMap(request: MapRequest): Promise<Made> {
  const { gitDir, commit, cache, providers } = request;
  const tree = await readTree(gitDir, commit);
  const files = [...tree.files.keys()];
  const { changed, gaps: historyGaps } = await readCommits(gitDir, commit, cache.changed);
  const texts = new Texts(gitDir, tree);
  const read = await textsFor(providers, files, texts);
  const commits = [...changed.values()].filter((paths) => paths !== null);
  const source: SourceTree = { files, commits, text: (path) => read.get(path) ?? null };
  const graphs = providers.of('workspace-graph').map((one) => one.graph(source));
  const infos = providers.of('repository-info').map((one) => one.info(source));
  const packages = graphs.flatMap((graph) => graph.packages);
  const written = await readImports({ ...request, tree, texts });
  const map: CodeMap = {
    commit,
    files,
    packages,
    imports: resolveImports({ files, packages, written: written.byPath, read: source.text }),
    owners: infos.flatMap(({ owners }) => owners ?? []),
    history: infos.find(({ history }) => history)?.history ?? NO_HISTORY,
    hot: infos.flatMap(({ hot }) => hot ?? []),
    gaps: [
      ...tree.gaps,
      ...historyGaps,
      ...[...graphs, ...infos].flatMap(({ gaps }) => gaps ?? []),
      ...written.gaps,
      ...texts.gaps,
    ],
  };
  return { map, cache: { imports: written.cache, changed } };
}

const NO_HISTORY = { commits: 0, changes: new Map(), together: new Map() } as const;

/** The texts that providers ask for, and the configurations that imports are resolved by. */
async function textsFor(
  providers: Providers,
  files: readonly string[],
  texts: Texts,
): Promise<ReadonlyMap<string, string>> {
  const wanted = wantedTexts(providers, files);
  const read = new Map<string, string>();
  const take = async (paths: readonly string[], fileBytes: number): Promise<void> => {
    for await (const [path, text] of texts.read(paths, fileBytes)) if (text !== null) read.set(path, text);
  };
  await take(wanted.filter(isOwners), BOUNDS.ownersBytes);
  await take(
    wanted.filter((path) => !isOwners(path)),
    BOUNDS.fileBytes,
  );
  return read;
}

/** The files whose texts are read beside those of sources. */
export function wantedTexts(providers: Providers, files: readonly string[]): readonly string[] {
  const readers = [...providers.of('workspace-graph'), ...providers.of('repository-info')];
  return files.filter((path) => isTsconfig(path) || readers.some((one) => one.reads(path)));
}

const isOwners = (path: string): boolean => path.endsWith('CODEOWNERS');
