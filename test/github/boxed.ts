import type { Box } from '../../src/demo/box/start.ts';
import type { ActionBody, ActionResult } from '../../src/domain/effect.ts';
import { effectKey } from '../../src/domain/ids.ts';
import type { GitHubReader } from '../../src/domain/ports/github-reader.ts';
import type { GitHubAction } from '../../src/domain/ports/github-writer.ts';
import type { Repository } from '../../src/domain/repository.ts';
import { createGitHub, type GitHub } from '../../src/github/client.ts';
import { openTestBox } from '../support/boxed.ts';

type Body = Extract<ActionBody, { readonly kind: GitHubAction['kind'] }>;

/** The adapter against a GitHub in a box with one repository, `acme/shop`. */
export interface Boxed {
  readonly box: Box;
  readonly github: GitHub;
  readonly reader: GitHubReader;
  readonly home: Repository;
  /** Performs an action under the key; `retry` as after a crash. */
  readonly perform: (key: string, body: Body, how?: How) => Promise<ActionResult>;
}

export interface How {
  readonly mode?: 'once' | 'level';
  readonly previous?: ActionResult | null;
  readonly retry?: boolean;
}

export async function startBoxed(): Promise<Boxed> {
  const box = await openTestBox();
  const shop = await box.createsRepository('acme/shop', {
    files: { 'readme.md': 'hello\n' },
    collaborators: { ann: 'write', tim: 'triage' },
    labels: ['parallel'],
  });
  const installation = box.installsApp('acme');
  const github = createGitHub({
    appId: box.app.id,
    privateKey: box.privateKey,
    baseUrl: `${box.url}/api/v3`,
    userAgent: 'heddle-test',
  });
  const reader = github.reader(installation.id);
  const home = await reader.repository({ installationId: installation.id, repositoryId: shop.repo.id });
  const perform: Boxed['perform'] = async (
    key,
    body,
    { mode = 'once', previous = null, retry = false } = {},
  ) => {
    const action: GitHubAction = { key: effectKey(key), runId: null, mode, ...body };
    return await github.writer(installation.id).perform({ repository: home, action, previous, retry });
  };
  return { box, github, reader, home, perform };
}
