import type { CodeMap } from '../../domain/code-map.ts';
import type { Sha } from '../../domain/ids.ts';
import { streamGit } from '../git.ts';
import { loadCache, saveCache } from './cache.ts';
import { languageOf } from './imports/language.ts';
import { recordsOf } from './records.ts';

/** So few files change together in so few pairs that even a long history takes this process no noticeable time. */
const MOST_FILES = 30;

/**
 * The map of a small repository of which nothing is parsed, as one of texts or of shell scripts, made in this process:
 * to start another one takes a quarter of a second of a processor. Null: that one has to make it.
 */
export async function plainMap(given: {
  readonly gitDir: string;
  readonly commit: Sha;
  /** The cache. */
  readonly file: string;
}): Promise<CodeMap | null> {
  const { gitDir, commit, file } = given;
  const paths = await fewPaths(gitDir, commit);
  if (paths === null || paths.some((path) => languageOf(path) !== null)) return null;
  const [{ surveyProviders }, { makeMap, wantedTexts }] = await Promise.all([
    import('./built-in.ts'),
    import('./make-map.ts'),
  ]);
  const providers = surveyProviders();
  if (wantedTexts(providers, paths).length > 0) return null;
  const made = await makeMap({ gitDir, commit, cache: await loadCache(file), providers });
  await saveCache(file, made.cache);
  return made.map;
}

/** Null: there are more. */
async function fewPaths(gitDir: string, commit: Sha): Promise<readonly string[] | null> {
  const args = ['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit];
  const paths: string[] = [];
  for await (const records of recordsOf(streamGit({ gitDir, args }))) {
    paths.push(...records);
    if (paths.length > MOST_FILES) return null;
  }
  return paths;
}
