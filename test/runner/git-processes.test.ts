import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { createGitRepository } from '../../src/repository/git-repository.ts';
import { GitWrapper } from './git-wrapper.ts';
import { World } from './support.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A repository on this machine, with a `git` that is counted. */
async function countedWorld() {
  const world = new World();
  const wrapper = new GitWrapper(world.room);
  const key = { installationId: 1, repositoryId: 5 };
  const repository = { key, owner: 'o', name: 'r', defaultBranch: 'main', readOnly: false };
  mkdirSync(join(world.room, 'o'));
  symlinkSync(world.origin.bare, join(world.room, 'o', 'r.git'));
  const host = { protocol: 'file', host: world.room };
  const git = createGitRepository({ dataDir: world.data, host, token: async () => '' });
  vi.stubEnv('PATH', wrapper.path);
  await world.runner.cleanUp();
  return { world, wrapper, repository, git };
}

test('an attempt takes at most 12 git processes from its order to its push, and 3 to be cleared away', async () => {
  const { world, wrapper, repository, git } = await countedWorld();
  await git.base(repository, { mustContain: [], fresh: false });
  await world.run(world.order({ issue: 6 }));
  wrapper.taken();

  const outcome = await world.run(world.order());
  const pushed = await git.push({ repository, outcome, branch: 'parallel/7-add-login', expected: null });
  const onTheWay = wrapper.taken();
  const released = await world.runner.release({
    repositoryId: 5,
    issue: 7,
    published: outcome.tip ?? world.origin.head(),
  });

  expect([outcome.class, pushed.kind, released.kind]).toEqual(['succeeded', 'pushed', 'done']);
  expect(onTheWay.length, onTheWay.join(' ')).toBeLessThanOrEqual(12);
  expect(wrapper.taken().length).toBeLessThanOrEqual(3);
});
