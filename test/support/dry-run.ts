import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Site } from './github/site.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** The batches of each run, as `heddle plan --repo` shows them to the operator of the App; `dataDir`: its server's. */
export async function dryRun(
  site: Site,
  { repository, dataDir }: { readonly repository: string; readonly dataDir?: string },
): Promise<readonly (readonly number[])[][]> {
  const { app, host, protocol } = site;
  const folder = await mkdtemp(join(tmpdir(), 'heddle-dry-run-'));
  const { stdout } = await execa(process.execPath, [MAIN, 'plan', '--repo', repository, '--json'], {
    cwd: folder,
    extendEnv: false,
    env: {
      PATH: process.env.PATH ?? '',
      APP_ID: String(app.id),
      PRIVATE_KEY: app.privateKey,
      ...(dataDir === undefined ? {} : { HEDDLE_DATA_DIR: dataDir }),
      ...(host === 'github.com' ? {} : { GHE_HOST: host, GHE_PROTOCOL: protocol }),
    },
  });
  await rm(folder, { recursive: true });
  return JSON.parse(stdout).runs.map(({ batches }: { batches: number[][] }) => batches);
}

/** The batches that a tracking text or an answer lists. */
export const batchesIn = (text: string): readonly (readonly number[])[] =>
  [...text.matchAll(/^\d+\. (#\d.*)$/gm)].map(([, line = '']) =>
    [...line.matchAll(/#(\d+)/g)].map(([, issue]) => Number(issue)),
  );
