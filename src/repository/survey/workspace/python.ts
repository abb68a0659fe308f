import type { WorkspaceGraphProvider } from '../../../domain/ports/providers.ts';
import { objectOf, own, strings, text } from '../imports/json.ts';
import { joined } from '../imports/paths.ts';
import { type Candidate, isManifest, type Manifest, manifestsOf, packagesOf } from './manifest.ts';
import { membersBelow } from './members.ts';
import { tomlObject } from './toml.ts';

type Table = Readonly<Record<string, unknown>>;

/** Python's projects by `pyproject.toml` (PEP 621, Poetry); uv's workspaces, and without any every project. */
export const pythonWorkspace: WorkspaceGraphProvider = {
  name: 'python',
  reads: (path) => isManifest(path, 'pyproject.toml'),
  graph: (tree) => {
    const { manifests, gaps } = manifestsOf(tree, 'pyproject.toml', tomlObject);
    const projects = manifests.filter((one) => nameOf(one) !== null);
    const workspaces = manifests.flatMap(workspaceOf);
    const members = workspaces.length === 0 ? projects : membersBelow(projects, workspaces);
    const graph = packagesOf(candidatesOf(members));
    return { packages: graph.packages, gaps: [...gaps, ...graph.gaps] };
  },
};

const project = (content: Table): Table | null => objectOf(own(content, 'project'));
const tool = (content: Table, name: string): Table | null =>
  objectOf(own(objectOf(own(content, 'tool')), name));

/** Names are compared without case, and with `-` for `_` and `.` (PEP 503). */
const normal = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

function nameOf({ content }: Manifest): string | null {
  const name = text(own(project(content), 'name')) ?? text(own(tool(content, 'poetry'), 'name'));
  return name === null ? null : normal(name);
}

function workspaceOf({ directory, content }: Manifest) {
  const workspace = objectOf(own(tool(content, 'uv'), 'workspace'));
  if (workspace === null) return [];
  return [
    { directory, members: strings(own(workspace, 'members')), excluded: strings(own(workspace, 'exclude')) },
  ];
}

function candidatesOf(members: readonly Manifest[]): readonly Candidate[] {
  const names = new Map(members.map((one) => [one.directory, nameOf(one) ?? '']));
  return members.map((manifest) => ({
    name: nameOf(manifest) ?? '',
    manifest,
    needs: [...standardNeeds(manifest.content), ...poetryNeeds(manifest, names)],
  }));
}

/** PEP 508 begins with the name. */
const required = (list: unknown): readonly string[] =>
  strings(list)
    .flatMap((one) => /^\s*([A-Za-z0-9][\w.-]*)/.exec(one)?.[1] ?? [])
    .map(normal);

function standardNeeds(content: Table): readonly string[] {
  const optional = Object.values(objectOf(own(project(content), 'optional-dependencies')) ?? {});
  const groups = Object.values(objectOf(own(content, 'dependency-groups')) ?? {});
  return [own(project(content), 'dependencies'), ...optional, ...groups].flatMap(required);
}

function poetryNeeds(
  { directory, content }: Manifest,
  names: ReadonlyMap<string, string>,
): readonly string[] {
  const poetry = tool(content, 'poetry');
  const groups = Object.values(objectOf(own(poetry, 'group')) ?? {}).map(objectOf);
  const tables = [
    own(poetry, 'dependencies'),
    own(poetry, 'dev-dependencies'),
    ...groups.map((group) => own(group, 'dependencies')),
  ];
  return tables.flatMap((table) =>
    Object.entries(objectOf(table) ?? {}).map(([name, value]) => {
      const path = text(own(objectOf(value), 'path'));
      const at = path === null ? null : joined(directory, path);
      return (at === null ? undefined : names.get(at)) ?? normal(name);
    }),
  );
}
