import type { CodePackage } from '../../../domain/code-map.ts';
import type { SourceTree, WorkspaceGraph } from '../../../domain/ports/providers.ts';
import { BOUNDS } from '../bounds.ts';
import { directoryOf } from '../imports/paths.ts';

/** A manifest that was read. */
export interface Manifest {
  readonly path: string;
  readonly directory: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** Folders in which manifests belong to somebody else, or are data of tests. */
const FOREIGN = /(?:^|\/)(?:node_modules|bower_components|vendor|site-packages|testdata|\.venv|\.yarn)\//;

export const isManifest = (path: string, name: string): boolean =>
  (path === name || path.endsWith(`/${name}`)) && !FOREIGN.test(path);

/** All manifests of a name, and what could not be read of them. */
export function manifestsOf(
  tree: SourceTree,
  name: string,
  parse: (text: string) => Readonly<Record<string, unknown>> | null,
): { readonly manifests: readonly Manifest[]; readonly gaps: readonly string[] } {
  const paths = tree.files.filter((path) => isManifest(path, name));
  const read = paths
    .slice(0, BOUNDS.manifests)
    .map((path) => ({ path, content: contentOf(tree, path, parse) }));
  const manifests = read.flatMap(({ path, content }) =>
    content === null ? [] : [{ path, directory: directoryOf(path), content }],
  );
  const broken = read.filter(({ content }) => content === null).map(({ path }) => path);
  const more = paths.length - read.length;
  return {
    manifests,
    gaps: [...brokenGap(broken), ...(more > 0 ? [`${more} more files named ${name} are left out`] : [])],
  };
}

function contentOf(
  tree: SourceTree,
  path: string,
  parse: (text: string) => Readonly<Record<string, unknown>> | null,
): Readonly<Record<string, unknown>> | null {
  const text = tree.text(path);
  return text === null ? null : parse(text);
}

const SHOWN = 5;

/** Broken manifests in one line: data of tests often are. */
export function brokenGap(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  const more = paths.length > SHOWN ? ` and ${paths.length - SHOWN} more` : '';
  return [`cannot be read: ${paths.slice(0, SHOWN).join(', ')}${more}`];
}

/** A package before the names of its workspace are known. */
export interface Candidate {
  readonly name: string;
  readonly manifest: Manifest;
  /** Names of packages, of this workspace or not. */
  readonly needs: readonly string[];
}

/** The packages with what they need of each other; of two with one name the first counts. */
export function packagesOf(candidates: readonly Candidate[]): Pick<WorkspaceGraph, 'packages' | 'gaps'> {
  const byName = new Map<string, Candidate>();
  const doubled: string[] = [];
  for (const one of candidates) {
    if (byName.has(one.name)) doubled.push(one.manifest.path);
    else byName.set(one.name, one);
  }
  const packages = [...byName.values()].map(({ name, manifest, needs }): CodePackage => {
    const dependencies = [...new Set(needs)].filter((need) => need !== name && byName.has(need)).sort();
    return { name, directory: manifest.directory, manifest: manifest.path, dependencies };
  });
  const gaps = doubled
    .slice(0, SHOWN)
    .map((path) => `${path} has the name of another package; it is left out`);
  return { packages, gaps };
}
