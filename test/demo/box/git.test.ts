import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FileChanges, type Signature, writeCommits } from '../../../src/demo/box/git/commit.ts';
import { createBareRepository } from '../../../src/demo/box/git/create.ts';
import { diffFiles } from '../../../src/demo/box/git/diff.ts';
import { aheadBehind, listCommits, readCommit } from '../../../src/demo/box/git/history.ts';
import { mergeCommit, mergeTrees, rebaseCommits, squashCommit } from '../../../src/demo/box/git/merge.ts';
import { listTree, readBlob } from '../../../src/demo/box/git/read.ts';
import { changedRefs, listRefs, resolveCommit, updateRef, ZERO } from '../../../src/demo/box/git/refs.ts';

const ada: Signature = { name: 'Ada', email: 'ada@example.com', date: new Date(1_700_000_000_000) };
const bot: Signature = { name: 'GitHub', email: 'noreply@github.com', date: new Date(1_700_000_100_000) };
const lines = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n';
let repository = '';

beforeEach(async () => {
  repository = join(await mkdtemp(join(tmpdir(), 'box-git-')), 'r.git');
  await createBareRepository(repository, 'main');
  await commit('main', { 'a.txt': lines, 'run.sh': { content: '#!/bin/sh\n', executable: true } });
});

afterEach(async () => {
  await rm(join(repository, '..'), { recursive: true });
});

async function commit(branch: string, files: FileChanges, from?: string): Promise<string> {
  const message = `Change ${Object.keys(files).join(' ')}`;
  const [sha = ''] = await writeCommits(repository, { branch, from }, [{ message, author: ada, files }]);
  return sha;
}

async function sides(mine: FileChanges, theirs: FileChanges): Promise<{ base: string; head: string }> {
  const start = await resolveCommit(repository, 'main');
  const head = await commit('topic', mine, start);
  const base = await commit('main', theirs, start);
  return { base, head };
}

const texts = async (sha: string) =>
  (await listCommits(repository, { head: sha, firstParent: true })).map(({ message }) => message);

test('files keep their bytes, odd names and modes', async () => {
  const bytes = Buffer.from([0, 255, 10, 13, 34]);
  await commit('main', { 'a "b" ü\\c.bin': bytes, 'a.txt': null }, 'refs/heads/main^0');
  const entries = await listTree(repository, 'main');
  expect(entries.map(({ mode, path }) => `${mode} ${path}`)).toEqual([
    '100644 a "b" ü\\c.bin',
    '100755 run.sh',
  ]);
  expect((await readBlob(repository, 'main', 'a "b" ü\\c.bin'))?.content).toEqual(bytes);
  expect(await readBlob(repository, 'main', 'a.txt')).toBeUndefined();
  expect(await readBlob(repository, 'nowhere', 'run.sh')).toBeUndefined();
});

test('two changes of one file in different places merge, with both parents', async () => {
  const both = await sides(
    { 'a.txt': lines.replace('one', 'ONE') },
    { 'a.txt': lines.replace('seven', 'SEVEN') },
  );
  const sha = (await mergeCommit(repository, both, { message: 'Merge', author: ada, committer: bot })) ?? '';
  const merged = await readCommit(repository, sha);
  expect(merged).toMatchObject({ parents: [both.base, both.head], author: ada, committer: bot });
  expect((await readBlob(repository, sha, 'a.txt'))?.content.toString()).toBe(
    lines.replace('one', 'ONE').replace('seven', 'SEVEN'),
  );
});

test('two changes of one line conflict and nothing is written', async () => {
  const both = await sides({ 'a.txt': lines.replace('one', 'A') }, { 'a.txt': lines.replace('one', 'B') });
  expect(await mergeTrees(repository, both)).toEqual({ clean: false, conflicts: ['a.txt'] });
  const words = { message: 'm', author: ada, committer: bot };
  expect(await mergeCommit(repository, both, words)).toBeUndefined();
  expect(await squashCommit(repository, both, words)).toBeUndefined();
  expect(await rebaseCommits(repository, both, bot)).toBeUndefined();
});

test('a rebase puts every commit on the base with its own author and message', async () => {
  const start = await resolveCommit(repository, 'main');
  await commit('topic', { 'b.txt': 'b\n' }, start);
  const head = await commit('topic', { 'a.txt': lines.replace('one', 'ONE') }, 'refs/heads/topic^0');
  const base = await commit('main', { 'a.txt': lines.replace('seven', '7') }, start);
  const tip = (await rebaseCommits(repository, { base, head }, bot)) ?? '';
  expect(await texts(tip)).toEqual(['Change a.txt', 'Change b.txt', 'Change a.txt', 'Change a.txt run.sh']);
  expect(await readCommit(repository, tip)).toMatchObject({ author: ada, committer: bot });
  expect(await aheadBehind(repository, base, tip)).toEqual({ ahead: 2, behind: 0 });
  const files = await diffFiles(repository, { from: base, to: tip });
  expect(files.map(({ path, status }) => [path, status])).toEqual([
    ['a.txt', 'modified'],
    ['b.txt', 'added'],
  ]);
});

test('a squash puts one commit on the base', async () => {
  const both = await sides({ 'b.txt': 'b\n' }, { 'c.txt': 'c\n' });
  const sha = (await squashCommit(repository, both, { message: 'All', author: ada, committer: bot })) ?? '';
  expect((await readCommit(repository, sha)).parents).toEqual([both.base]);
  expect((await listTree(repository, sha)).map(({ path }) => path)).toEqual([
    'a.txt',
    'b.txt',
    'c.txt',
    'run.sh',
  ]);
});

test('a diff names renames, counts lines and leaves binary patches out', async () => {
  const from = (await resolveCommit(repository, 'main')) ?? '';
  const to = await commit(
    'topic',
    { 'a.txt': null, 'z.txt': `${lines}eight\n`, 'x.bin': Buffer.from([0, 1]) },
    from,
  );
  const files = await diffFiles(repository, { from, to });
  expect(files).toMatchObject([
    { path: 'x.bin', status: 'added', additions: 0, patch: undefined },
    { path: 'z.txt', previousPath: 'a.txt', status: 'renamed', additions: 1, deletions: 0 },
  ]);
  expect(files[1]?.patch).toBe('@@ -5,3 +5,4 @@ four\n five\n six\n seven\n+eight');
});

test('a ref moves only from where its mover saw it', async () => {
  const first = (await resolveCommit(repository, 'main')) ?? '';
  const second = await commit('other', { 'b.txt': 'b\n' }, first);
  const before = listRefs(repository, 'refs/heads/');
  expect(await updateRef(repository, { ref: 'refs/heads/main', before: first, after: second })).toBe(true);
  expect(await updateRef(repository, { ref: 'refs/heads/main', before: first, after: second })).toBe(false);
  expect(await updateRef(repository, { ref: 'refs/heads/new', before: ZERO, after: second })).toBe(true);
  expect(await updateRef(repository, { ref: 'refs/heads/other', before: second, after: ZERO })).toBe(true);
  expect(changedRefs(before, listRefs(repository, 'refs/heads/'))).toEqual([
    { ref: 'refs/heads/main', before: first, after: second },
    { ref: 'refs/heads/new', before: ZERO, after: second },
    { ref: 'refs/heads/other', before: second, after: ZERO },
  ]);
});
