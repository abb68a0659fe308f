import type { WorkspaceGraphProvider } from '../../../domain/ports/providers.ts';
import { objectOf, own, strings, text } from '../imports/json.ts';
import { joined } from '../imports/paths.ts';
import { type Candidate, isManifest, type Manifest, manifestsOf, packagesOf } from './manifest.ts';
import { membersBelow } from './members.ts';
import { tomlObject } from './toml.ts';

type Table = Readonly<Record<string, unknown>>;

/** Cargo's workspaces, with the packages that members reach by path; without any, every package. */
export const cargoWorkspace: WorkspaceGraphProvider = {
  name: 'cargo',
  reads: (path) => isManifest(path, 'Cargo.toml'),
  graph: (tree) => {
    const { manifests, gaps } = manifestsOf(tree, 'Cargo.toml', tomlObject);
    const crates = manifests.filter((one) => nameOf(one) !== null);
    const roots = manifests.filter(({ content }) => objectOf(own(content, 'workspace')) !== null);
    const reach = new Reach(crates, roots);
    const members = membersBelow(crates, roots.map(workspaceOf));
    const graph = packagesOf(reach.from(roots.length === 0 ? crates : members));
    return { packages: graph.packages, gaps: [...gaps, ...graph.gaps] };
  },
};

const nameOf = ({ content }: Manifest): string | null => text(own(objectOf(own(content, 'package')), 'name'));

function workspaceOf({ directory, content }: Manifest) {
  const workspace = objectOf(own(content, 'workspace'));
  return {
    directory,
    members: strings(own(workspace, 'members')),
    excluded: strings(own(workspace, 'exclude')),
  };
}

/** Follows dependencies by path from crate to crate. */
class Reach {
  private readonly byDirectory: ReadonlyMap<string, Manifest>;
  private readonly roots: readonly Manifest[];

  constructor(crates: readonly Manifest[], roots: readonly Manifest[]) {
    this.byDirectory = new Map(crates.map((one) => [one.directory, one]));
    this.roots = [...roots].sort((a, b) => b.directory.length - a.directory.length);
  }

  from(members: readonly Manifest[]): readonly Candidate[] {
    const found = new Map<string, Candidate>();
    const open = [...members];
    for (let at = 0; at < open.length; at += 1) {
      const manifest = open[at];
      if (manifest === undefined || found.has(manifest.path)) continue;
      const needed = this.needed(manifest);
      const needs = needed.flatMap((one) => nameOf(one) ?? []);
      found.set(manifest.path, { name: nameOf(manifest) ?? '', manifest, needs });
      open.push(...needed.filter(({ path }) => !found.has(path)));
    }
    return [...found.values()].sort((a, b) => (a.manifest.path < b.manifest.path ? -1 : 1));
  }

  /** The crates of the repository that one depends on, also where the workspace says by which path. */
  private needed({ directory, content }: Manifest): readonly Manifest[] {
    const root = this.roots.find(
      (one) => one.directory === '' || `${directory}/`.startsWith(`${one.directory}/`),
    );
    const shared = objectOf(own(objectOf(own(root?.content ?? null, 'workspace')), 'dependencies'));
    return tablesOf(content).flatMap((table) =>
      Object.entries(table).flatMap(([name, value]) => {
        const inherits = own(objectOf(value), 'workspace') === true;
        const path = text(own(objectOf(inherits ? own(shared, name) : value), 'path'));
        const at = path === null ? null : joined(inherits ? (root?.directory ?? '') : directory, path);
        return (at === null ? undefined : this.byDirectory.get(at)) ?? [];
      }),
    );
  }
}

const FIELDS = ['dependencies', 'dev-dependencies', 'build-dependencies'];

function tablesOf(content: Table): readonly Table[] {
  const targets = Object.values(objectOf(own(content, 'target')) ?? {}).map(objectOf);
  const tables = [content, ...targets].flatMap((holder) =>
    FIELDS.map((field) => objectOf(own(holder, field))),
  );
  return tables.filter((table) => table !== null);
}
