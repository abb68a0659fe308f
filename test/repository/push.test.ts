import { readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sha, sha } from '../../src/domain/ids.ts';
import { type Files, home, Origin } from './origin.ts';

let origin: Origin;
let base: Sha;
const branch = 'parallel/3-add-tax';

beforeEach(async () => {
  origin = await Origin.create({ limits: { fileBytes: 1000, totalBytes: 3000 } });
  base = await origin.git.base(home, { mustContain: [], fresh: false });
});
afterEach(() => origin.remove());

const push = async (expected: Sha | null = null, from: Sha = base) =>
  await origin.git.push({ repository: home, outcome: await origin.outcome(branch, from), branch, expected });

test('new work on the default branch becomes a branch', async () => {
  const tip = await origin.commits(branch, { 'src/tax.ts': 'export {};\n' }, { from: base });
  expect(await push()).toMatchObject({ kind: 'pushed', sha: tip, changed: ['src/tax.ts'] });
  expect(await origin.tip(branch)).toBe(tip);
});

test('a push that came through and was not noted is pushed, not refused', async () => {
  const tip = await origin.commits(branch, { 'a.ts': 'a\n' }, { from: base });
  await push();
  expect(await push()).toMatchObject({ kind: 'pushed', sha: tip });
});

test('more work on the same branch is pushed on top, also when our mirror is lost', async () => {
  const first = await origin.commits(branch, { 'a.ts': 'a\n' }, { from: base });
  await push();
  const second = await origin.commits(branch, { 'a.ts': 'b\n' });
  await rm(origin.mirror, { recursive: true });
  origin = origin.restarted();
  expect(await push(first, first)).toMatchObject({ kind: 'pushed', sha: second });
});

test('a branch that somebody else moved is left alone', async () => {
  const first = await origin.commits(branch, { 'a.ts': 'a\n' }, { from: base });
  await push();
  const theirs = await origin.commits(branch, { 'b.ts': 'b\n' });
  await origin.publish(branch);
  await origin.commits(branch, { 'a.ts': 'c\n' }, { from: first });
  expect(await push(first, first)).toMatchObject({ kind: 'refused', stale: true });
  expect(await origin.tip(branch)).toBe(theirs);
});

test('a branch that exists already is not overwritten by a first push', async () => {
  const theirs = await origin.commits(branch, { 'b.ts': 'b\n' }, { from: base });
  await origin.publish(branch);
  await origin.commits(branch, { 'a.ts': 'c\n' }, { from: base });
  expect(await push()).toMatchObject({ kind: 'refused', stale: true });
  expect(await origin.tip(branch)).toBe(theirs);
});

test('work rebased on a newer default branch replaces the branch', async () => {
  const first = await origin.commits(branch, { 'a.ts': 'a\n' }, { from: base });
  await push();
  const newer = await origin.commits('main', { 'readme.md': 'new\n' }, { from: base });
  await origin.publish('main');
  const rebased = await origin.commits(branch, { 'a.ts': 'a\n' }, { from: newer });
  expect(await push(first, newer)).toMatchObject({ kind: 'pushed', sha: rebased });
});

test('work on a commit that is on no branch of GitHub is refused', async () => {
  const nowhere = await origin.commits('nowhere', { 'x.ts': 'x\n' }, { from: base });
  await origin.commits(branch, { 'a.ts': 'a\n' }, { from: nowhere });
  expect(await push(null, nowhere)).toMatchObject({ kind: 'refused', stale: false });
  expect(await origin.tip(branch)).toBeNull();
});

const bad: readonly (readonly [string, Files, RegExp])[] = [
  ['a file that is too large', { 'big.bin': 'x'.repeat(1001) }, /"big.bin" is larger/],
  [
    'files that are too large together',
    { a: 'a'.repeat(999), b: 'b'.repeat(998), c: 'c'.repeat(997), d: 'd'.repeat(996) },
    /together/,
  ],
  ['a link out of the repository', { 'src/up': { target: '../../etc/passwd' } }, /points outside/],
  ['a link to an absolute path', { up: { target: '/etc/passwd' } }, /absolute path/],
  ['a link into .git', { hook: { target: '.git/hooks' } }, /into `.git`/],
  ['a name with control characters', { 'a\u001b[31m': 'x' }, /control characters/],
  ['a name that some file systems read as .git', { 'sub/.gi\u200dt/config': 'x' }, /`.git` part|hasDotgit/],
  ['a short name of .git', { 'GIT~1/config': 'x' }, /`.git` part|hasDotgit/],
];

test.each(bad)('%s is refused, and nothing is pushed', async (_name, files, message) => {
  await origin.commits(branch, files, { from: base });
  expect(await push()).toMatchObject({
    kind: 'refused',
    stale: false,
    message: expect.stringMatching(message),
  });
  expect(await origin.tip(branch)).toBeNull();
});

test('what a later commit took out again is refused too', async () => {
  await origin.commits(branch, { 'big.bin': 'x'.repeat(1001) }, { from: base });
  await origin.commits(branch, { 'big.bin': null, 'a.ts': 'a' });
  expect(await push()).toMatchObject({ kind: 'refused', message: expect.stringContaining('big.bin') });
});

test('links within the repository and the removal of files pass', async () => {
  const tip = await origin.commits(
    branch,
    { 'docs/readme': { target: '../src/./a.ts' }, 'readme.md': null },
    { from: base },
  );
  expect(await push()).toMatchObject({ kind: 'pushed', sha: tip });
});

test('a commit by somebody else is refused', async () => {
  await origin.commits(branch, { 'a.ts': 'a' }, { from: base, email: 'eve@example.com' });
  expect(await push()).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('eve@example.com'),
  });
});

test('a merge commit is refused', async () => {
  await origin.commits('side', { 'b.ts': 'b' }, { from: base });
  await origin.commits(branch, { 'a.ts': 'a' }, { from: base });
  await origin.run(['merge', '--quiet', '--no-edit', 'side']);
  expect(await push()).toMatchObject({ kind: 'refused', message: expect.stringContaining('2 parents') });
});

test('a submodule is refused', async () => {
  await origin.commits(branch, { 'a.ts': 'a' }, { from: base });
  await origin.run(['update-index', '--add', '--cacheinfo', `160000,${base},vendored`]);
  await origin.run(['commit', '--quiet', '-m', 'Add a submodule']);
  expect(await push()).toMatchObject({ kind: 'refused', message: expect.stringContaining('submodule') });
});

test('a tip that the bundle does not hold is refused', async () => {
  await origin.commits(branch, { 'a.ts': 'a' }, { from: base });
  const outcome = await origin.outcome(branch, base, { tip: sha('b'.repeat(40)) });
  const result = await origin.git.push({ repository: home, outcome, branch, expected: null });
  expect(result).toMatchObject({ kind: 'refused', message: expect.stringContaining('but the outcome says') });
});

test('a bundle that is cut off is refused', async () => {
  await origin.commits(branch, { 'a.ts': 'a'.repeat(900) }, { from: base });
  const outcome = await origin.outcome(branch, base);
  const file = join(origin.root, 'data', 'outcomes', outcome.bundle ?? '');
  await writeFile(file, (await readFile(file)).subarray(0, -30));
  const result = await origin.git.push({ repository: home, outcome, branch, expected: null });
  expect(result).toMatchObject({ kind: 'refused', message: expect.stringContaining('bundle') });
});

test.each(['../../secret.bundle', '/etc/passwd', 'missing.bundle'])(
  'the bundle %s is refused',
  async (bundle) => {
    await origin.commits(branch, { 'a.ts': 'a' }, { from: base });
    const outcome = await origin.outcome(branch, base, { bundle });
    expect(await origin.git.push({ repository: home, outcome, branch, expected: null })).toMatchObject({
      kind: 'refused',
    });
  },
);

test('a lock left by a git process that was killed is removed', async () => {
  const lock = join(origin.mirror, 'refs', 'heddle', 'base.lock');
  await writeFile(lock, '');
  await utimes(lock, 1, 1);
  const newer = await origin.commits('main', { 'readme.md': 'new\n' }, { from: base });
  await origin.publish('main');
  expect(await origin.git.base(home, { mustContain: [newer], fresh: false })).toBe(newer);
});

test('a base that must hold a commit that is not there yet is asked for again later', async () => {
  await expect(
    origin.git.base(home, { mustContain: [sha('c'.repeat(40))], fresh: false }),
  ).rejects.toMatchObject({ name: 'Retryable' });
});

test('a branch is deleted where it is as expected, kept where it is not, done where it is gone', async () => {
  const tip = await origin.commits(branch, { 'a.ts': 'a\n' }, { from: base });
  await push();
  expect(await origin.git.deleteBranch(home, branch, base)).toMatchObject({ kind: 'refused', stale: true });
  expect(await origin.git.deleteBranch(home, branch, tip)).toEqual({ kind: 'done' });
  expect(await origin.tip(branch)).toBeNull();
  expect(await origin.git.deleteBranch(home, branch, tip)).toEqual({ kind: 'done' });
});

test('several pushes to one repository at once all come through', async () => {
  const names = ['parallel/1-a', 'parallel/2-b', 'parallel/3-c', 'parallel/4-d'];
  for (const name of names) await origin.commits(name, { [`${name}.ts`]: name }, { from: base });
  const outcomes = await Promise.all(
    names.map(async (name) => [name, await origin.outcome(name, base)] as const),
  );
  const results = await Promise.all(
    outcomes.map(([name, outcome]) =>
      origin.git.push({ repository: home, outcome, branch: name, expected: null }),
    ),
  );
  expect(results.map((result) => result.kind)).toEqual(['pushed', 'pushed', 'pushed', 'pushed']);
});

test('a base that must be fresh is fetched, although another was a moment ago', async () => {
  const newer = await origin.commits('main', { 'readme.md': 'new\n' }, { from: base });
  await origin.publish('main');
  expect(await origin.git.base(home, { mustContain: [], fresh: true })).toBe(newer);
});

test('what a fetch that was killed had unpacked is removed at the next start', async () => {
  const half = join(origin.mirror, 'objects', 'pack', 'tmp_pack_AbCdEf');
  await writeFile(half, 'half');
  await utimes(half, 1, 1);
  await origin.restarted().git.base(home, { mustContain: [], fresh: false });
  await expect(readFile(half)).rejects.toThrow('ENOENT');
});
