import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Recording } from '../../src/domain/effect.ts';
import type { RepositoryKey } from '../../src/domain/ids.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { HERE, NOON } from './builders.ts';

/** A folder that its caller removes. */
export const newFolder = async (): Promise<string> => await mkdtemp(join(tmpdir(), 'heddle-store-'));

/** A folder that goes with the test. */
export async function tempFolder(): Promise<string> {
  const folder = await newFolder();
  onTestFinished(async () => await rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A store in a folder of its own, or in the given one; closed with the test. */
export async function tempStore(dataDir?: string, now: () => number = () => NOON): Promise<Store> {
  const store = await openStore({ dataDir: dataDir ?? (await tempFolder()), now });
  onTestFinished(async () => await store.close());
  return store;
}

export async function recordIn(
  store: Store,
  recordings: readonly Recording[],
  key: RepositoryKey = HERE,
): Promise<void> {
  await store.commit(key, { recordings, actions: [] }, NOON);
}
