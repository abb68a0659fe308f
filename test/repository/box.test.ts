import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Box } from '../../src/demo/box/start.ts';
import type { RepositoryView } from '../../src/demo/box/verbs.ts';
import { type Sha, sha } from '../../src/domain/ids.ts';
import type { GitRepository } from '../../src/domain/ports/work.ts';
import type { Repository } from '../../src/domain/repository.ts';
import { createGitHub } from '../../src/github/client.ts';
import { createGitRepository } from '../../src/repository/git-repository.ts';
import { openTestBox } from '../support/boxed.ts';
import { Origin } from './origin.ts';

let box: Box;
let shop: RepositoryView;
let home: Repository;
let worker: Origin;
let git: GitRepository;
let tokens: string[];
const branch = 'parallel/1-first';

beforeEach(async () => {
  box = await openTestBox();
  shop = await box.createsRepository('acme/shop', { private: true, files: { 'readme.md': 'hello\n' } });
  await startGit('write');
});
afterEach(async () => {
  await worker.remove();
  await box.close();
});

/** The coordinator's git with tokens of the box, and a worker's clone of the default branch. */
async function startGit(most: 'read' | 'write'): Promise<void> {
  const installationId = box.installsApp('acme').id;
  const { app, privateKey, url } = box;
  const github = createGitHub({
    appId: app.id,
    privateKey,
    baseUrl: `${url}/api/v3`,
    userAgent: 'heddle-test',
  });
  home = await github.reader(installationId).repository({ installationId, repositoryId: shop.repo.id });
  worker = await Origin.create();
  tokens = [];
  git = createGitRepository({
    dataDir: join(worker.root, 'data'),
    host: { protocol: 'http', host: box.host },
    token: async ({ key }, access, refresh) => {
      const contents = most === 'read' ? 'read' : access;
      const token = await github.token({ ...key, permissions: { contents }, refresh });
      tokens.push(token);
      return token;
    },
  });
}

/** The worker commits on the box's default branch. */
async function work(): Promise<{ base: Sha; tip: Sha }> {
  const base = await git.base(home, { mustContain: [], fresh: false });
  await worker.run(['fetch', '--quiet', box.git.directory(shop.repo), 'main']);
  return { base, tip: await worker.commits(branch, { 'a.ts': 'a\n' }, { from: 'FETCH_HEAD' }) };
}

async function push(base: Sha, expected: Sha | null = null) {
  return await git.push({ repository: home, outcome: await worker.outcome(branch, base), branch, expected });
}

test('work is pushed with a token that is good for the one repository', async () => {
  const { base, tip } = await work();
  expect(await push(base)).toMatchObject({ kind: 'pushed', sha: tip });
  expect(await shop.tip(branch)).toBe(tip);
  expect(await git.deleteBranch(home, branch, tip)).toEqual({ kind: 'done' });
  expect(await shop.tip(branch)).toBeUndefined();
});

test('a token that GitHub does not know any more is replaced', async () => {
  const { base, tip } = await work();
  await push(base);
  for (const token of tokens) box.world.tokens.delete(token);
  const next = await worker.commits(branch, { 'a.ts': 'b\n' });
  expect(await push(tip, tip)).toMatchObject({ kind: 'pushed', sha: next });
});

test('without the permission to write, the push is refused with its remedy', async () => {
  await worker.remove();
  await startGit('read');
  const { base } = await work();
  expect(await push(base)).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('contents:write'),
  });
});

test.each([
  [503, 'Retryable'],
  [429, 'Retryable'],
  [404, 'Terminal'],
  [403, 'Terminal'],
])('an answer %i to git is %s', async (status, name) => {
  const server = createServer((_request, response) => response.writeHead(status).end()).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const address = server.address();
  const host = typeof address === 'object' && address ? `127.0.0.1:${address.port}` : '';
  const { base } = await work();
  const token = async () => 'ghs_secret';
  const broken = createGitRepository({
    dataDir: join(worker.root, 'data'),
    host: { protocol: 'http', host },
    token,
  });
  await expect(broken.base(home, { mustContain: [], fresh: false })).rejects.toMatchObject({ name });
  const outcome = await worker.outcome(branch, base);
  const result = await broken
    .push({ repository: home, outcome, branch, expected: null })
    .catch((error: unknown) => error);
  expect(result).toMatchObject(name === 'Retryable' ? { name } : { kind: 'refused', stale: false });
  server.close();
});

test('a server that cannot be reached may be tried again', async () => {
  const { base } = await work();
  await box.close();
  await expect(push(base)).rejects.toMatchObject({ name: 'Retryable' });
});

test('no token is left in the mirror, nor in what is said', async () => {
  const { base } = await work();
  await push(base);
  const mirror = join(worker.root, 'data', 'mirrors', `${shop.repo.id}.git`);
  const names = await readdir(mirror, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'latin1')));
  expect(tokens.length).toBeGreaterThan(0);
  expect(texts.filter((text) => tokens.some((token) => text.includes(token)))).toEqual([]);
});

test('somebody who pushed in between is not overwritten', async () => {
  const { base, tip } = await work();
  await push(base);
  const theirs = await shop.person('ann').pushes(branch, { 'b.ts': 'b\n' });
  await worker.commits(branch, { 'a.ts': 'c\n' });
  expect(await push(tip, tip)).toMatchObject({ kind: 'refused', stale: true });
  expect(await shop.tip(branch)).toBe(theirs);
  expect(sha(theirs)).not.toBe(tip);
});

test('a push whose answer is lost, and which git then sends again, is a push', async () => {
  const { base, tip } = await work();
  box.faults.git({ method: 'POST', path: 'git-receive-pack' }, { kind: 'closed', when: 'after' });
  expect(await push(base).catch(() => push(base))).toMatchObject({ kind: 'pushed', sha: tip });
});
