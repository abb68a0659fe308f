import { BOUNDS } from '../bounds.ts';
import { chosenBy } from './globs.ts';
import type { Manifest } from './manifest.ts';

/** A workspace as its root declares it. */
export interface Workspace {
  readonly directory: string;
  /** Globs of directories, relative to its own. */
  readonly members: readonly string[];
  readonly excluded: readonly string[];
}

/** The manifests that are the root of a workspace or one of its members. */
export function membersBelow(
  manifests: readonly Manifest[],
  workspaces: readonly Workspace[],
): readonly Manifest[] {
  const chosen = workspaces.slice(0, BOUNDS.workspaces).map(({ directory, members, excluded }) => ({
    directory,
    start: directory === '' ? '' : `${directory}/`,
    has: chosenBy([...members, ...excluded.flatMap((one) => [`!${one}`, `!${one}/**`])]).has,
  }));
  return manifests.filter((manifest) =>
    chosen.some(
      ({ directory, start, has }) =>
        manifest.directory === directory ||
        (manifest.directory.startsWith(start) && has(manifest.directory.slice(start.length))),
    ),
  );
}
