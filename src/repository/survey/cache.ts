import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Changed } from './commits.ts';

/** What earlier surveys of a repository read: true of blobs and commits for ever. */
export interface Cache {
  /** By blob and language: what a file imports, as it is written; null: it ended the process that parsed it. */
  readonly imports: Map<string, readonly string[] | null>;
  readonly changed: ReadonlyMap<string, Changed>;
}

export const emptyCache = (): Cache => ({ imports: new Map(), changed: new Map() });

/** Raised whenever the same file would be read differently: by other code or by another parser. */
const VERSION = 1;

/** A cache that is missing, broken or of another version is an empty one. */
export async function loadCache(file: string): Promise<Cache> {
  const content = await readFile(file, 'utf8').catch(() => '');
  const end = content.indexOf('\n');
  const body = content.slice(end + 1);
  if (end < 0 || content.slice(0, end) !== headOf(body)) return emptyCache();
  // What has its checksum was written by `saveCache`.
  const { imports, paths, changed } = JSON.parse(body) as Saved;
  const named = (at: number): string => paths[at] ?? '';
  return {
    imports: new Map(imports),
    changed: new Map(changed.map(([commit, those]) => [commit, those?.map(named) ?? null])),
  };
}

/** Written beside the old one, which it replaces once it is on the disk: a crash leaves the one or the other. */
export async function saveCache(file: string, cache: Cache): Promise<void> {
  const body = JSON.stringify(savedOf(cache));
  const beside = `${file}.new`;
  await mkdir(dirname(file), { recursive: true });
  await rm(beside, { force: true });
  const handle = await open(beside, 'wx');
  try {
    await handle.writeFile(`${headOf(body)}\n${body}`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
}

interface Saved {
  readonly imports: readonly (readonly [string, readonly string[] | null])[];
  readonly paths: readonly string[];
  /** Paths by their place in `paths`. */
  readonly changed: readonly (readonly [string, readonly number[] | null])[];
}

const headOf = (body: string): string =>
  `heddle survey ${VERSION} ${createHash('sha256').update(body).digest('hex')}`;

function savedOf({ imports, changed }: Cache): Saved {
  const places = new Map<string, number>();
  const place = (path: string): number => {
    const at = places.get(path) ?? places.size;
    places.set(path, at);
    return at;
  };
  const entries = [...changed].map(([commit, paths]) => [commit, paths?.map(place) ?? null] as const);
  return { imports: [...imports], paths: [...places.keys()], changed: entries };
}
