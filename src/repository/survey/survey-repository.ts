import type { CodeMap } from '../../domain/code-map.ts';
import { sha } from '../../domain/ids.ts';
import type { Providers } from '../../domain/ports/providers.ts';
import { git } from '../git.ts';
import { surveyProviders } from './built-in.ts';
import { emptyCache } from './cache.ts';
import { makeMap } from './make-map.ts';

/**
 * The map of a repository on this machine, made in this process by the given providers (Heddle's own where they are
 * absent). Only for repositories that you trust: a source with an expression of a hundred thousand levels ends the
 * process. Rejects where git fails.
 */
export async function surveyRepository(
  /** The git directory: `.git`, or a bare repository. */
  gitDir: string,
  {
    revision = 'HEAD',
    providers = surveyProviders(),
  }: { readonly revision?: string; readonly providers?: Providers } = {},
): Promise<CodeMap> {
  const args = ['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`];
  const commit = sha((await git({ gitDir, args })).trim());
  return (await makeMap({ gitDir, commit, cache: emptyCache(), providers })).map;
}
