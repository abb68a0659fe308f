import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AttemptOutcome } from '../../src/domain/outcome.ts';
import { gitIn, shell, World, write } from './support.ts';

const BRANCH = 'parallel/7-add-login';

/** A world in which the first attempt is on GitHub. */
async function publishedWorld(): Promise<{ world: World; first: AttemptOutcome }> {
  const world = new World({ files: { '.gitignore': 'cache\n', 'a.txt': 'a\n' } });
  const first = await world.run(world.order({ agent: shell('echo one > one.txt; echo kept > cache') }));
  world.origin.publish(world, first, BRANCH);
  return { world, first };
}

const saved = (world: World): string =>
  gitIn(world.mirror, 'for-each-ref', '--format=%(refname) %(objectname)', 'refs/heddle/saved').trim();

test('a review goes on in the same worktree and on the same branch, with one commit more', async () => {
  const { world, first } = await publishedWorld();
  const agent = shell('cat one.txt cache > two.txt');

  const outcome = await world.run(world.order({ kind: 'review', number: 2, tip: first.tip, agent }));

  expect(outcome).toMatchObject({ class: 'succeeded', base: first.tip, changedPaths: ['two.txt'] });
  const tip = world.origin.publish(world, outcome, BRANCH);
  expect(world.origin.show(tip, 'two.txt')).toBe('one\nkept\n');
  expect(gitIn(world.origin.bare, 'rev-list', '--count', `main..${tip}`).trim()).toBe('2');
});

test('a review starts from what a person pushed meanwhile', async () => {
  const { world, first } = await publishedWorld();
  gitIn(world.origin.clone, 'fetch', '-q', 'origin', `${BRANCH}:${BRANCH}`);
  world.origin.goTo(BRANCH);
  const tip = world.origin.commit(BRANCH, { 'person.txt': 'by hand\n' });

  const order = world.order({ kind: 'review', number: 2, tip, agent: shell('cat person.txt > two.txt') });
  const outcome = await world.run(order);

  expect(first.tip).not.toBe(tip);
  expect(outcome).toMatchObject({ class: 'succeeded', base: tip, changedPaths: ['two.txt'] });
});

test('a retry starts clean: what a failed attempt left is gone, also behind its own ignore rules', async () => {
  const world = new World();
  await world.run(
    world.order({ agent: shell('echo x > junk; echo "*" > .gitignore; echo y > README.md; exit 1') }),
  );

  const outcome = await world.run(
    world.order({ number: 2, agent: shell('ls -A > files.txt; cat README.md >> files.txt') }),
  );

  expect(outcome.changedPaths).toEqual(['files.txt']);
  expect(world.read('files.txt')).toBe('.git\nREADME.md\nfiles.txt\nhello\n');
});

test('commits that are not on GitHub are kept under a name of their own before the branch moves', async () => {
  const world = new World();
  const first = await world.run(world.order({ verify: ['false'] }));

  await world.run(world.order({ number: 2, agent: shell('echo other > other.txt') }));

  expect(saved(world)).toBe(`refs/heddle/saved/${BRANCH}/1 ${first.tip}`);
  expect(world.progress).toContain(
    `Commits that were not on GitHub are kept as refs/heddle/saved/${BRANCH}/1.`,
  );
});

test('a retry after failed checks continues the work, as one commit on the same base', async () => {
  const world = new World();
  const first = await world.run(world.order({ verify: ['false'] }));
  const order = world.order({ number: 2, continueWork: true, agent: shell('echo more >> work.txt') });

  const outcome = await world.run(order);

  expect(outcome).toMatchObject({ class: 'succeeded', base: first.base, changedPaths: ['work.txt'] });
  const tip = world.origin.publish(world, outcome, BRANCH);
  expect(world.origin.show(tip, 'work.txt')).toBe('work\nmore\n');
  expect(gitIn(world.origin.bare, 'rev-list', '--count', `main..${tip}`).trim()).toBe('1');
});

test('continued work moves to a newer base without undoing what others have landed', async () => {
  const world = new World({ files: { 'a.txt': 'a\n' } });
  await world.run(world.order({ verify: ['false'] }));
  const base = world.origin.commit('main', { 'a.txt': 'changed\n', 'b.txt': 'b\n' });
  const order = world.order({ number: 2, base, continueWork: true, agent: shell('echo more >> work.txt') });

  const outcome = await world.run(order);

  expect(outcome).toMatchObject({ class: 'succeeded', base, changedPaths: ['work.txt'] });
  expect(world.read('a.txt') + world.read('b.txt') + world.read('work.txt')).toBe('changed\nb\nwork\nmore\n');
});

test('continued work that does not fit the newer base is kept aside, and the attempt starts anew', async () => {
  const world = new World({ files: { 'a.txt': 'a\n' } });
  await world.run(world.order({ verify: ['false'], agent: shell('echo mine > a.txt') }));
  const base = world.origin.commit('main', { 'a.txt': 'theirs\n' });
  const order = world.order({ number: 2, base, continueWork: true, agent: shell('cat a.txt > seen.txt') });

  const outcome = await world.run(order);

  expect(outcome).toMatchObject({ class: 'succeeded', base, changedPaths: ['seen.txt'] });
  expect(world.read('seen.txt')).toBe('theirs\n');
  const name = saved(world).split('\n').at(-1)?.split(' ')[0] ?? '';
  expect(gitIn(world.mirror, 'show', `${name}:a.txt`)).toBe('mine\n');
});

test('work that was pushed with failed checks is continued from there', async () => {
  const world = new World();
  const first = await world.run(world.order({ verify: ['false'] }));
  world.origin.publish(world, first, BRANCH);
  const agent = shell('echo more >> work.txt');

  const outcome = await world.run(world.order({ number: 2, tip: first.tip, continueWork: true, agent }));

  expect(outcome).toMatchObject({ class: 'succeeded', base: first.tip, changedPaths: ['work.txt'] });
  expect(world.read('work.txt')).toBe('work\nmore\n');
});

test.each([
  ['the directory is gone', (world: World) => rmSync(world.worktree(), { recursive: true })],
  [
    'its git directory is gone',
    (world: World) => rmSync(join(world.mirror, 'worktrees', '7'), { recursive: true }),
  ],
  ['it was never checked out', (world: World) => rmSync(join(world.mirror, 'worktrees', '7', 'index'))],
  [
    'its .git file was replaced',
    (world: World) => write(join(world.worktree(), '.git'), 'gitdir: /nowhere\n'),
  ],
])('a broken worktree is repaired: %s', async (_how, harm) => {
  const { world, first } = await publishedWorld();
  harm(world);

  const outcome = await world.run(
    world.order({
      kind: 'review',
      number: 2,
      tip: first.tip,
      agent: shell('git status > s; cat one.txt > two.txt'),
    }),
  );

  expect(outcome).toMatchObject({ class: 'succeeded', changedPaths: ['s', 'two.txt'] });
  expect(world.read('s')).toContain(`On branch ${BRANCH}`);
});

test('continued work outlives the loss of its worktree as far as it was committed', async () => {
  const world = new World();
  const first = await world.run(world.order({ verify: ['false'] }));
  rmSync(world.worktree(), { recursive: true });
  const order = world.order({ number: 2, continueWork: true, agent: shell('echo more >> work.txt') });

  const outcome = await world.run(order);

  expect(outcome).toMatchObject({ class: 'succeeded', base: first.base });
  expect(world.read('work.txt')).toBe('work\nmore\n');
});

test('a lock of the mirror that a killed agent has left is removed once nobody can hold it', async () => {
  const { world, first } = await publishedWorld();
  const left = `touch $(git rev-parse --git-common-dir)/packed-refs.lock; echo 2 > two.txt`;
  const order = world.order({ kind: 'review', number: 2, tip: first.tip, agent: shell(left) });
  const published = world.origin.publish(world, await world.run(order), BRANCH);

  const result = await world.runner.release({ repositoryId: 5, issue: 7, published });

  expect(result).toEqual({ kind: 'done' });
});

test('locks of killed git processes do not stop the next server', async () => {
  const { world, first } = await publishedWorld();
  const locks = ['config.lock', 'packed-refs.lock', 'worktrees/7/index.lock', `refs/heads/${BRANCH}.lock`];
  for (const lock of locks) write(join(world.mirror, lock), '');
  write(join(world.data, 'runner', '5', 'tasks', '7.index.lock'), '');
  world.restart();

  const outcome = await world.run(
    world.order({ kind: 'review', number: 2, tip: first.tip, agent: shell('echo 2 > two.txt') }),
  );

  expect(outcome.class).toBe('succeeded');
});
