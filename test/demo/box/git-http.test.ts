import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Box } from '../../../src/demo/box/start.ts';
import type { RepositoryView } from '../../../src/demo/box/verbs.ts';
import { appClient } from '../../support/box-clients.ts';
import { boxEachTest } from '../../support/boxed.ts';
import { address, Clone } from '../../support/clone.ts';
import type { Listener } from '../../support/listener.ts';

let box: Box;
let view: RepositoryView;
let listener: Listener;
const clones: Clone[] = [];

const boxed = boxEachTest({ listens: true });

beforeEach(async () => {
  ({ box, listener } = boxed());
  const collaborators = { alice: 'write', rita: 'read' } as const;
  view = await box.createsRepository('acme/shop', { collaborators, files: { 'README.md': '# Shop\n' } });
  await box.createsRepository('acme/secret', { private: true, collaborators, files: { a: 'a\n' } });
});

afterEach(async () => {
  for (const clone of clones.splice(0)) await clone.remove();
});

async function clone(fullName: string, token?: string): Promise<Clone> {
  const made = await Clone.of(box, fullName, token);
  clones.push(made);
  return made;
}

const aliceToken = () => box.person('alice').token;

async function installationToken(
  permissions: { contents: 'read' | 'write' },
  installation: number,
): Promise<string> {
  const { rest } = appClient(box, []);
  const { data } = await rest.apps.createInstallationAccessToken({
    installation_id: installation,
    permissions,
  });
  return data.token;
}

test('anybody clones a public repository', async () => {
  const anonymous = await clone('acme/shop');

  expect(await anonymous.git('log', '--format=%s')).toBe('Initial commit');
  expect(await anonymous.git('symbolic-ref', '--short', 'HEAD')).toBe('main');
});

test('a private repository is cloned only by those who may read it', async () => {
  await expect(clone('acme/secret')).rejects.toThrow(/could not read Username|Authentication failed/);
  await expect(clone('acme/secret', box.person('mallory').token)).rejects.toThrow(/not found/);

  const readable = await clone('acme/secret', box.person('rita').token);
  expect(await readable.git('ls-files')).toBe('a');
});

test('a wrong token is refused even where anybody may read', async () => {
  const basic = Buffer.from('x-access-token:ghp_wrong').toString('base64');
  const mine = await clone('acme/shop');
  const header = `http.extraHeader=Authorization: Basic ${basic}`;
  expect(await mine.failure('-c', header, 'fetch', 'origin')).toMatch(/could not read|Authentication failed/);
});

test('a push moves the branch and is told as push and create', async () => {
  box.installsApp('acme');
  const mine = await clone('acme/shop', aliceToken());
  await mine.git('switch', '--quiet', '-c', 'topic');
  await mine.commits('a.txt', 'one\n');

  await mine.git('push', '--quiet', 'origin', 'topic');
  await box.idle();

  expect(await view.tip('topic')).toBe(await mine.git('rev-parse', 'HEAD'));
  expect(listener.names).toEqual(['installation.created', 'push', 'check_suite.requested']);
  const { payload } = listener.heard[1] ?? { payload: {} };
  expect(payload).toMatchObject({ ref: 'refs/heads/topic', created: true, forced: false });
  expect(payload).toMatchObject({ commits: [{ message: 'Write a.txt', added: ['a.txt'] }] });
});

test('reading does not allow pushing, for people and for Apps', async () => {
  const installation = box.installsApp('acme').id;
  const reader = await clone('acme/shop', box.person('rita').token);
  await reader.commits('a.txt', 'one\n');
  expect(await reader.failure('push', 'origin', 'main')).toContain('403');

  const short = await installationToken({ contents: 'read' }, installation);
  expect(await reader.failure('push', address(box, 'acme/shop', short), 'main')).toContain('403');
  expect(await reader.failure('push', address(box, 'acme/shop'), 'main')).toMatch(/could not read Username/);

  const able = await installationToken({ contents: 'write' }, installation);
  await reader.git('push', '--quiet', address(box, 'acme/shop', able), 'main');
  expect(await view.file('main', 'a.txt')).toBe('one\n');
});

test('large pushes come gzipped or in chunks and arrive whole', async () => {
  const mine = await clone('acme/shop', aliceToken());
  const bytes = randomBytes(3_000_000).toString('base64');
  await mine.commits('big.txt', bytes);

  await mine.git('push', '--quiet', 'origin', 'main');
  expect(await view.file('main', 'big.txt')).toBe(bytes);

  const many = Array.from({ length: 20 }, (_, index) => `refs/heads/b${index}`);
  await mine.git('push', '--quiet', 'origin', ...many.map((name) => `HEAD:${name}`));
  const fresh = await clone('acme/shop');
  expect((await fresh.git('ls-remote', '--heads', 'origin')).split('\n')).toHaveLength(21);
});

test('a push whose answer is lost has happened all the same, and one that is refused has not', async () => {
  const mine = await clone('acme/shop', aliceToken());
  await mine.commits('a.txt', 'one\n');
  box.faults.git(
    { path: 'git-receive-pack', method: 'POST' },
    { kind: 'status', status: 502, when: 'after' },
  );
  expect(await mine.failure('push', 'origin', 'HEAD:lost')).toContain('502');
  expect(await view.tip('lost')).toBe(await mine.git('rev-parse', 'HEAD'));

  box.faults.git(
    { path: 'git-receive-pack', method: 'POST' },
    { kind: 'status', status: 503, when: 'before' },
  );
  expect(await mine.failure('push', 'origin', 'HEAD:refused')).toContain('503');
  expect(await view.tip('refused')).toBeUndefined();
});

test('protocol v2 is spoken', async () => {
  const response = await fetch(`${address(box, 'acme/shop')}/info/refs?service=git-upload-pack`, {
    headers: { 'git-protocol': 'version=2' },
  });
  expect(response.headers.get('content-type')).toBe('application/x-git-upload-pack-advertisement');
  expect(await response.text()).toContain('version 2');
});

test('refs of pull requests can be fetched and not pushed', async () => {
  await view.person('alice').pushes('topic', { 'a.txt': 'a\n' });
  const pull = await view.person('alice').opensPull({ title: 'A', head: 'topic', base: 'main' });
  const mine = await clone('acme/shop', aliceToken());

  await mine.git('fetch', '--quiet', 'origin', `refs/pull/${pull.number}/head`);
  expect(await mine.git('rev-parse', 'FETCH_HEAD')).toBe(pull.head.sha);
  expect(await mine.failure('push', 'origin', 'HEAD:refs/pull/9/head')).toContain('hidden ref');
});

test('who is unknown does not learn which repositories exist', async () => {
  for (const name of ['acme/none', 'acme/secret']) {
    const response = await fetch(`${address(box, name)}/info/refs?service=git-upload-pack`);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Basic realm="GitHub"');
  }
});
