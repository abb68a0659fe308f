import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ActionResult } from '../../src/domain/effect.ts';
import type { Sha } from '../../src/domain/ids.ts';
import { gitIn, shell, World, write } from './support.ts';

const BRANCH = 'parallel/7-add-login';

const release = (world: World, published: Sha): Promise<ActionResult> =>
  world.runner.release({ repositoryId: 5, issue: 7, published });

test('a published task leaves nothing behind but its mirror', async () => {
  const world = new World();
  const hooks = {
    afterCreate: [],
    beforeRun: [],
    afterRun: [],
    beforeRemove: ['cat work.txt > ../../../removed'],
  };
  const outcome = await world.run(world.order({ hooks }));
  const published = world.origin.publish(world, outcome, BRANCH);

  const result = await release(world, published);

  expect(result).toEqual({ kind: 'done' });
  expect(existsSync(world.worktree())).toBe(false);
  expect(existsSync(join(world.data, 'homes', '5', '7'))).toBe(false);
  expect(gitIn(world.mirror, 'for-each-ref', 'refs/heads')).toBe('');
  expect(gitIn(world.mirror, 'worktree', 'list', '--porcelain')).not.toContain(world.worktree());
  expect(existsSync(join(world.data, 'removed'))).toBe(true);
  expect(await release(world, published)).toEqual({ kind: 'done' });
});

test('a worktree with commits that are nowhere else stays', async () => {
  const world = new World();
  await world.run(world.order());

  const result = await release(world, world.origin.head());

  expect(result).toMatchObject({ kind: 'refused', stale: false });
  expect(result).toHaveProperty(
    'message',
    expect.stringMatching(/kept: commits of parallel\/7-add-login up to \w{12} are not published/),
  );
  expect(world.read('work.txt')).toBe('work\n');
});

test('a worktree with changes that are not committed stays', async () => {
  const world = new World();
  const published = world.origin.publish(world, await world.run(world.order()), BRANCH);
  write(join(world.worktree(), 'notes.txt'), 'mine\n');

  const result = await release(world, published);

  expect(result).toHaveProperty(
    'message',
    'The worktree is kept: it has changes that are not committed (notes.txt).',
  );
  expect(world.read('notes.txt')).toBe('mine\n');
});

test('a worktree whose last hook fails stays, with the hook’s output', async () => {
  const world = new World();
  const hooks = {
    afterCreate: [],
    beforeRun: [],
    afterRun: [],
    beforeRemove: ['echo still mounted; exit 1'],
  };
  const published = world.origin.publish(world, await world.run(world.order({ hooks })), BRANCH);

  const result = await release(world, published);

  expect(result).toHaveProperty('message', expect.stringContaining('still mounted'));
  expect(existsSync(world.worktree())).toBe(true);
});

test('a task that never ran here is done at once, and a removed worktree comes back for a new attempt', async () => {
  const world = new World();
  expect(await release(world, world.origin.head())).toEqual({ kind: 'done' });
  const published = world.origin.publish(world, await world.run(world.order()), BRANCH);
  await release(world, published);

  const agent = shell('cat work.txt > again.txt');
  const outcome = await world.run(world.order({ number: 2, kind: 'review', tip: published, agent }));

  expect(outcome).toMatchObject({ class: 'succeeded', changedPaths: ['again.txt'] });
});

test('the bundles of a published task go with it, and those of others stay', async () => {
  const world = new World();
  const published = world.origin.publish(world, await world.run(world.order()), BRANCH);
  const other = await world.run(world.order({ issue: 8 }));

  await release(world, published);

  expect(readdirSync(join(world.data, 'outcomes', '5'))).toEqual(['8']);
  expect(existsSync(world.bundleOf(other))).toBe(true);
});

test('what was kept of a branch goes once it is published, and only then', async () => {
  const world = new World();
  const first = await world.run(world.order());
  const second = await world.run(world.order({ number: 2, agent: shell('echo 2 > two.txt') }));
  gitIn(world.mirror, 'update-ref', `refs/heddle/saved/${BRANCH}/2`, String(second.tip));

  const result = await release(world, world.origin.publish(world, second, BRANCH));

  expect(result).toEqual({ kind: 'done' });
  const saved = gitIn(world.mirror, 'for-each-ref', '--format=%(refname) %(objectname)', 'refs/heddle/saved');
  expect(saved).toBe(`refs/heddle/saved/${BRANCH}/1 ${first.tip}\n`);
});

test('at the start the oldest logs go, where there are too many', async () => {
  const world = new World({ limits: { logs: 2 } });
  for (const [index, name] of ['c.log', 'a.log', 'b.log'].entries()) {
    const path = join(world.data, 'logs', name);
    write(path, 'words\n');
    utimesSync(path, 1_000 + index, 1_000 + index);
  }

  await world.runner.cleanUp();

  expect(readdirSync(join(world.data, 'logs')).sort()).toEqual(['a.log', 'b.log']);
});
