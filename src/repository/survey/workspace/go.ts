import type { WorkspaceGraphProvider } from '../../../domain/ports/providers.ts';
import { directoryOf, joined } from '../imports/paths.ts';
import { isManifest, manifestsOf, packagesOf } from './manifest.ts';

/** Go's modules: each `go.mod` is one, and `replace` (also in `go.work`) says where another one lies. */
export const goWorkspace: WorkspaceGraphProvider = {
  name: 'go',
  reads: (path) => isManifest(path, 'go.mod') || isManifest(path, 'go.work'),
  graph: (tree) => {
    const { manifests, gaps } = manifestsOf(tree, 'go.mod', (text) => {
      const read = readModule(text);
      return read.module === null ? null : { ...read };
    });
    const modules = manifests.map((manifest) => ({
      manifest,
      ...readModule(tree.text(manifest.path) ?? ''),
    }));
    const names = new Map(modules.map(({ manifest, module }) => [manifest.directory, module ?? '']));
    const works = tree.files.filter((path) => isManifest(path, 'go.work'));
    const shared = works.flatMap((path) =>
      placed(directoryOf(path), readModule(tree.text(path) ?? '').replaced),
    );
    const graph = packagesOf(
      modules.map(({ manifest, module, required, replaced }) => {
        const places = [...placed(manifest.directory, replaced), ...shared];
        const needs = required.map(
          (name) => names.get(places.find(([of]) => of === name)?.[1] ?? '?') ?? name,
        );
        return { name: module ?? '', manifest, needs };
      }),
    );
    return { packages: graph.packages, gaps: [...gaps, ...graph.gaps] };
  },
};

interface GoModule {
  readonly module: string | null;
  readonly required: readonly string[];
  /** Name and directory, as written. */
  readonly replaced: readonly (readonly [name: string, place: string])[];
}

const placed = (directory: string, replaced: GoModule['replaced']): readonly (readonly [string, string])[] =>
  replaced.flatMap(([name, place]) => {
    const at = joined(directory, place);
    return at === null ? [] : [[name, at] as const];
  });

/** The format is lines of words, or blocks of them in brackets (https://go.dev/ref/mod#go-mod-file-lexical). */
function readModule(source: string): GoModule {
  const found = {
    module: null as string | null,
    required: [] as string[],
    replaced: [] as [string, string][],
  };
  let block: string | null = null;
  for (const line of source.split('\n')) {
    const words = wordsOf(line);
    if (words[0] === ')') block = null;
    else if (words[1] === '(') block = words[0] ?? null;
    else if (words.length > 0) take(found, block === null ? words : [block, ...words]);
  }
  return found;
}

const wordsOf = (line: string): readonly string[] =>
  (line.replace(/\/\/.*$/, '').match(/"[^"]*"|`[^`]*`|[^\s"`()]+|[()]/g) ?? []).map((word) =>
    word.replace(/^["`]|["`]$/g, ''),
  );

function take(
  found: { module: string | null; required: string[]; replaced: [string, string][] },
  [verb, name, ...more]: readonly string[],
): void {
  if (name === undefined) return;
  if (verb === 'module') found.module ??= name;
  if (verb === 'require') found.required.push(name);
  const place = more[more.indexOf('=>') + 1];
  if (verb === 'replace' && more.includes('=>') && place?.startsWith('.')) found.replaced.push([name, place]);
}
