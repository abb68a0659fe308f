import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes all logs but the newest; their sizes are bounded, so this bounds them all. Logs are worth no failure. */
export async function removeOldLogs(logs: string, keep: number): Promise<void> {
  const names = await readdir(logs).catch(() => []);
  if (names.length <= keep) return;
  const dated = await Promise.all(names.map(async (name) => datedFile(join(logs, name))));
  const old = dated.sort((one, other) => other.changedAt - one.changedAt).slice(keep);
  await Promise.all(old.map(({ path }) => rm(path, { force: true }).catch(() => {})));
}

const datedFile = async (path: string) => ({
  path,
  changedAt: (await stat(path).catch(() => null))?.mtimeMs ?? 0,
});
