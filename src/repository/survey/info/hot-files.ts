import type { HotFile } from '../../../domain/code-map.ts';
import type { RepositoryInfoProvider } from '../../../domain/ports/providers.ts';
import { OFTEN } from '../bounds.ts';

/** Lock files of package managers: every new dependency changes them, and they cannot be merged by hand. */
const LOCK_FILES: ReadonlyMap<string, string> = new Map([
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
  ['yarn.lock', 'Yarn'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['bun.lock', 'Bun'],
  ['bun.lockb', 'Bun'],
  ['deno.lock', 'Deno'],
  ['go.sum', 'Go'],
  ['go.work.sum', 'Go'],
  ['Cargo.lock', 'Cargo'],
  ['poetry.lock', 'Poetry'],
  ['uv.lock', 'uv'],
  ['pdm.lock', 'PDM'],
  ['pixi.lock', 'Pixi'],
  ['pylock.toml', 'Python'],
  ['Pipfile.lock', 'Pipenv'],
  ['conda-lock.yml', 'Conda'],
  ['composer.lock', 'Composer'],
  ['Gemfile.lock', 'Bundler'],
  ['mix.lock', 'Mix'],
  ['rebar.lock', 'Rebar'],
  ['pubspec.lock', 'Dart'],
  ['Podfile.lock', 'CocoaPods'],
  ['Cartfile.resolved', 'Carthage'],
  ['Package.resolved', 'Swift'],
  ['gradle.lockfile', 'Gradle'],
  ['packages.lock.json', 'NuGet'],
  ['paket.lock', 'Paket'],
  ['cabal.project.freeze', 'Cabal'],
  ['stack.yaml.lock', 'Stack'],
  ['flake.lock', 'Nix'],
  ['.terraform.lock.hcl', 'Terraform'],
  ['Chart.lock', 'Helm'],
  ['MODULE.bazel.lock', 'Bazel'],
  ['Manifest.toml', 'Julia'],
]);

/** Folders whose files have an order: two new ones at once want the same number. */
const MIGRATIONS =
  /(?:^|\/)(?:migrations?|migrate|db\/migrate|db\/versions|alembic\/versions)\/[^/]+(?:\/[^/]+)?$/;

/** Files that list what others define: everybody who adds something adds a line there. */
const REGISTRY =
  /(?:^|\/)(?:index|mod|lib|main|__init__|registry|routes?|router|urls|barrel|exports|constants|changelog|history|news|releases|settings|config|schema|app)(?:\.d)?(?:\.[a-z0-9]+)?$/i;

/** Files that many unrelated tasks change: lock files, migrations, registries, and what changes often. */
export const hotFiles: RepositoryInfoProvider = {
  name: 'hot-files',
  reads: () => false,
  info: ({ files, commits }) => {
    const counted = commits.filter((paths) => paths.length > 0);
    const changes = countsOf(counted);
    return { hot: files.flatMap((path) => hotness(path, changes.get(path) ?? 0, counted.length) ?? []) };
  },
};

function hotness(path: string, changes: number, commits: number): HotFile | null {
  const manager = LOCK_FILES.get(path.slice(path.lastIndexOf('/') + 1));
  if (manager !== undefined) return { path, kind: 'lock-file', why: `the lock file of ${manager}` };
  if (MIGRATIONS.test(path)) return { path, kind: 'migrations', why: 'in a folder of migrations' };
  if (changes < OFTEN.changes || changes < OFTEN.share * commits) return null;
  const why = `changed by ${changes} of the last ${commits} commits`;
  return { path, kind: REGISTRY.test(path) ? 'registry' : 'often-changed', why };
}

function countsOf(commits: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const path of commits.flat()) counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts;
}
