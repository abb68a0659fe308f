import type { CodeMap, CodePackage, HotFile, OwnerRule } from '../../domain/code-map.ts';
import { push } from './groups.ts';

/** A code map, ready to be asked by name: made once a map, and shared by all issues. */
export interface CodeIndex {
  readonly map: CodeMap;
  readonly files: ReadonlySet<string>;
  /** Paths by their last segment. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
  /** The one file whose name without its ending is this, as `stemOf` writes it; null: there are several. */
  readonly byStem: ReadonlyMap<string, string | null>;
  /** Who imports a file, sorted. */
  readonly importers: ReadonlyMap<string, readonly string[]>;
  /** By every name that only one package has; in lower case. The package at the root has none. */
  readonly packages: ReadonlyMap<string, CodePackage | null>;
  /** What a team or person owns, by its name without `@`, and by a team's own name alone; in lower case. */
  readonly owned: ReadonlyMap<string, readonly OwnerRule[]>;
  readonly hot: HotKeys;
}

/** Keys that unrelated tasks need; at most `MOST_HOT` of a kind, as every issue looks at all of them. */
export interface HotKeys {
  /** With the manifest beside each. */
  readonly locks: readonly { readonly path: string; readonly manifest: string | null }[];
  /** Folders of migrations: a new one is a file that is not there yet. */
  readonly migrations: readonly string[];
  /** With the share of the commits that change them, the most often changed first. */
  readonly often: readonly { readonly path: string; readonly rate: number }[];
}

/** Linear in the size of the map. */
export function indexOf(map: CodeMap): CodeIndex {
  const byName = new Map<string, string[]>();
  const byStem = new Map<string, string | null>();
  for (const path of map.files) {
    const name = nameOf(path);
    push(byName, name, path);
    const stem = stemOf(name.replace(/(?<=[^.])\..*$/, ''));
    byStem.set(stem, byStem.has(stem) ? null : path);
  }
  return {
    map,
    files: new Set(map.files),
    byName,
    byStem,
    importers: importersIn(map),
    packages: packageNames(map.packages),
    owned: ownedIn(map.owners),
    hot: hotKeysIn(map),
  };
}

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** `PriceList`, `price_list` and `price-list` are one name. */
export const stemOf = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

function importersIn({ imports }: CodeMap): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const [from, targets] of imports) for (const target of targets) push(importers, target, from);
  for (const found of importers.values()) found.sort();
  return importers;
}

/** By its whole name, what follows the scope, its directory, and the directory's last segment. */
function packageNames(packages: readonly CodePackage[]): ReadonlyMap<string, CodePackage | null> {
  const names = new Map<string, CodePackage | null>();
  for (const each of packages.filter(({ directory }) => directory !== '')) {
    const own = new Set(
      [each.name, nameOf(each.name), each.directory, nameOf(each.directory)].map((name) =>
        name.toLowerCase(),
      ),
    );
    for (const name of own) names.set(name, names.has(name) ? null : each);
  }
  // A whole name is nobody else's, though another one may be called the same in its own scope.
  for (const each of packages) if (each.directory !== '') names.set(each.name.toLowerCase(), each);
  return names;
}

function ownedIn(rules: readonly OwnerRule[]): ReadonlyMap<string, readonly OwnerRule[]> {
  const owned = new Map<string, OwnerRule[]>();
  for (const rule of rules)
    for (const owner of new Set(rule.owners)) push(owned, owner.replace(/^@/, '').toLowerCase(), rule);
  for (const [owner, theirs] of [...owned]) {
    const team = nameOf(owner);
    if (!owned.has(team)) owned.set(team, theirs);
  }
  return owned;
}

const MOST_HOT = 20;

const directoryOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Files that change beneath this share of the commits say nothing about one task. */
const LEAST_RATE = 0.1;

/** The first commit of a repository changes everything in it: a share of few commits says nothing. */
const LEAST_CHANGES = 5;

function hotKeysIn({ hot, history, packages }: CodeMap): HotKeys {
  const beside = new Map(packages.map(({ directory, manifest }) => [directory, manifest]));
  const pathsOf = (kind: HotFile['kind']) => hot.filter((file) => file.kind === kind).map(({ path }) => path);
  const often = hot
    .map(({ path }) => ({ path, changes: history.changes.get(path) ?? 0 }))
    .filter(({ changes }) => changes >= LEAST_CHANGES)
    .map(({ path, changes }) => ({ path, rate: changes / Math.max(1, history.commits) }))
    .filter(({ rate }) => rate >= LEAST_RATE)
    .sort((a, b) => b.rate - a.rate || (a.path < b.path ? -1 : 1));
  return {
    locks: pathsOf('lock-file')
      .sort()
      .slice(0, MOST_HOT)
      .map((path) => ({ path, manifest: beside.get(directoryOf(path)) ?? null })),
    migrations: [...new Set(pathsOf('migrations').map(migrationsKey))].sort().slice(0, MOST_HOT),
    often: often.slice(0, MOST_HOT),
  };
}

/** `db/migrate/**` for `db/migrate/0001-first.sql` and `db/migrate/0001/up.sql`. */
const migrationsKey = (path: string): string =>
  path.replace(/^((?:.*?\/)?(?:migrations?|migrate|versions))\/.*$/, '$1').replace(/(?:\/\*\*)?$/, '/**');
