import { parseDocument } from 'yaml';
import type { SourceTree, WorkspaceGraphProvider } from '../../../domain/ports/providers.ts';
import { nestsTooDeep } from '../../yaml-depth.ts';
import { BOUNDS } from '../bounds.ts';
import { looseObject, objectOf, own, strings, text } from '../imports/json.ts';
import { below, joined } from '../imports/paths.ts';
import { chosenBy } from './globs.ts';
import { type Candidate, isManifest, type Manifest, manifestsOf, packagesOf } from './manifest.ts';

const PNPM = 'pnpm-workspace.yaml';

/** Workspaces of npm, Yarn and pnpm; where there is none, every package with a name. */
export const npmWorkspace: WorkspaceGraphProvider = {
  name: 'npm',
  reads: (path) => isManifest(path, 'package.json') || isManifest(path, PNPM),
  graph: (tree) => {
    const { manifests, gaps } = manifestsOf(tree, 'package.json', looseObject);
    const workspaces = workspacesOf(tree, manifests);
    const members = membersOf(manifests, workspaces);
    const graph = packagesOf(candidatesOf(members));
    const refused = workspaces.flatMap(({ chosen, path }) => chosen.refused.map((one) => refusal(path, one)));
    return { packages: graph.packages, gaps: [...gaps, ...refused, ...graph.gaps] };
  },
};

interface Workspace {
  readonly directory: string;
  /** Where its patterns stand. */
  readonly path: string;
  readonly chosen: ReturnType<typeof chosenBy>;
}

const refusal = (path: string, pattern: string): string =>
  `${path}: the pattern ${JSON.stringify(pattern.slice(0, 100))} is left out: it would take too long to match`;

function workspacesOf(tree: SourceTree, manifests: readonly Manifest[]): readonly Workspace[] {
  const ofPnpm = tree.files
    .filter((path) => isManifest(path, PNPM))
    .map((path) => ({ path, patterns: pnpmPatterns(tree.text(path) ?? '') }));
  const ofNpm = manifests.flatMap(({ path, content }) => {
    const field = own(content, 'workspaces');
    const patterns = Array.isArray(field) ? field : own(objectOf(field), 'packages');
    return patterns === undefined ? [] : [{ path, patterns: strings(patterns) }];
  });
  return [...ofPnpm, ...ofNpm].slice(0, BOUNDS.workspaces).map(({ path, patterns }) => ({
    path,
    directory: path.slice(0, Math.max(0, path.lastIndexOf('/'))),
    chosen: chosenBy(patterns),
  }));
}

/** pnpm's patterns with `!` count wherever they stand. */
function pnpmPatterns(yaml: string): readonly string[] {
  if (nestsTooDeep(yaml)) return [];
  try {
    const data = parseDocument(yaml, { prettyErrors: false, uniqueKeys: false }).toJS({ maxAliasCount: 50 });
    const patterns = strings(own(objectOf(data), 'packages'));
    return [...patterns].sort((a, b) => Number(a.startsWith('!')) - Number(b.startsWith('!')));
  } catch {
    return [];
  }
}

function membersOf(manifests: readonly Manifest[], workspaces: readonly Workspace[]): readonly Manifest[] {
  if (workspaces.length === 0) return manifests.filter(({ content }) => text(own(content, 'name')) !== null);
  return manifests.filter(({ directory }) =>
    workspaces.some(({ directory: root, chosen }) => directory === root || isInside(root, directory, chosen)),
  );
}

function isInside(root: string, directory: string, chosen: Workspace['chosen']): boolean {
  const start = root === '' ? '' : `${root}/`;
  return directory.startsWith(start) && chosen.has(directory.slice(start.length));
}

function candidatesOf(members: readonly Manifest[]): readonly Candidate[] {
  const names = new Map(members.map((one) => [one.directory, nameOf(one)]));
  return members.map((manifest) => ({
    name: nameOf(manifest),
    manifest,
    needs: FIELDS.flatMap((field) => needsOf(manifest, objectOf(own(manifest.content, field)), names)),
  }));
}

const FIELDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

/** A package without a name goes by its directory. */
const nameOf = ({ content, directory }: Manifest): string => text(own(content, 'name')) ?? (directory || '.');

/** Also by another name (`workspace:name@*`) or by its place (`file:../name`). */
function needsOf(
  { directory }: Manifest,
  table: Readonly<Record<string, unknown>> | null,
  names: ReadonlyMap<string, string>,
): readonly string[] {
  return Object.entries(table ?? {}).flatMap(([name, value]) => {
    const [, alias] = /^(?:workspace|npm):(@?[^@]+)@/.exec(String(value)) ?? [];
    const [, place] = /^(?:file|link|portal|workspace):(\.{1,2}\/.*)$/.exec(String(value)) ?? [];
    const at = place === undefined ? null : joined(directory, place);
    return [alias ?? (at === null ? undefined : names.get(below('', at))) ?? name];
  });
}
