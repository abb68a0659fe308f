import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeCommits } from '../../../src/demo/box/git/commit.ts';
import { createBareRepository } from '../../../src/demo/box/git/create.ts';
import { readRef, readRefs } from '../../../src/demo/box/git/ref-files.ts';
import { git } from '../../../src/demo/box/git/run.ts';

const ada = { name: 'Ada', email: 'ada@example.com', date: new Date(1_700_000_000_000) };
let repository = '';

beforeEach(async () => {
  repository = join(await mkdtemp(join(tmpdir(), 'box-refs-')), 'r.git');
  await createBareRepository(repository, 'main');
  for (const branch of ['main', 'topic/one', 'topic/two'])
    await writeCommits(repository, { branch }, [
      { message: branch, author: ada, files: { [branch]: 'x\n' } },
    ]);
  await git(repository, ['update-ref', 'refs/pull/7/head', 'refs/heads/main']);
});

afterEach(async () => {
  await rm(join(repository, '..'), { recursive: true });
});

const asGitSays = async () => await git(repository, ['for-each-ref', '--format=%(refname) %(objectname)']);
const asRead = () => [...readRefs(repository)].map((pair) => pair.join(' ')).join('\n');

test('the files say what git says: of new refs, of packed ones, of moved and removed ones', async () => {
  expect(asRead()).toBe(await asGitSays());
  await git(repository, ['pack-refs', '--all']);
  expect(asRead()).toBe(await asGitSays());
  await git(repository, ['update-ref', 'refs/heads/topic/one', 'refs/heads/main']);
  await git(repository, ['update-ref', '-d', 'refs/heads/topic/two']);
  expect(asRead()).toBe(await asGitSays());
  expect(asRead().split('\n')).toHaveLength(3);
});

test('a lock that git holds is no ref, and a name cannot lead out of the repository', async () => {
  await writeFile(join(repository, 'refs', 'heads', 'main.lock'), '');
  expect(asRead()).toBe(await asGitSays());
  expect(readRef(repository, 'refs/heads/main')).toMatch(/^[0-9a-f]{40}$/);
  for (const name of ['refs/heads/none', 'refs/heads', 'refs/../HEAD', 'refs/heads/main^0'])
    expect(readRef(repository, name)).toBeUndefined();
});
