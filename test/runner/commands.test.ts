import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shell, World, write } from './support.ts';

test('hooks run around the agent, and after_create only with a new worktree', async () => {
  const world = new World();
  const hooks = {
    afterCreate: ['echo created >> story'],
    beforeRun: ['echo before >> story'],
    afterRun: ['echo after >> story'],
    beforeRemove: [],
  };
  const agent = shell('echo agent >> story');

  await world.run(world.order({ hooks, agent }));
  const first = world.read('story');
  await world.run(world.order({ hooks, agent, number: 2 }));

  expect(first).toBe('created\nbefore\nagent\nafter\n');
  expect(world.read('story')).toBe('before\nagent\nafter\n');
});

test('a hook that fails is a failure of the set-up with the end of its output', async () => {
  const world = new World();
  const hooks = { afterCreate: [], beforeRun: ['echo no network; exit 4'], afterRun: [], beforeRemove: [] };

  const outcome = await world.run(world.order({ hooks }));

  const detail = 'The hook before_run `echo no network; exit 4` ended with exit code 4.\n\nno network';
  expect(outcome).toMatchObject({ class: 'failed', failure: { kind: 'setup', detail } });
  expect(existsSync(join(world.worktree(), 'work.txt'))).toBe(false);
});

test('an after_create hook that failed runs again with the next attempt', async () => {
  const world = new World();
  const ready = join(world.room, 'ready');
  const afterCreate = [`echo hook > hook.txt; [ -e ${ready} ]`];
  const hooks = { afterCreate, beforeRun: [], afterRun: [], beforeRemove: [] };

  const first = await world.run(world.order({ hooks }));
  write(ready, '');
  const second = await world.run(world.order({ hooks, number: 2 }));

  expect(first.failure?.detail).toContain('after_create');
  expect(second.changedPaths).toEqual(['hook.txt', 'work.txt']);
});

test('verify runs on what is committed, and what it leaves behind is gone afterwards', async () => {
  const world = new World();
  const order = world.order({ verify: ['cat work.txt', 'echo junk > junk; echo changed > work.txt'] });

  const outcome = await world.run(order);

  expect(outcome.class).toBe('succeeded');
  expect(outcome.verify.map(({ exitCode, tail }) => [exitCode, tail])).toEqual([
    [0, 'work'],
    [0, ''],
  ]);
  expect(outcome.changedPaths).toEqual(['work.txt']);
  expect(world.read('work.txt')).toBe('work\n');
  expect(existsSync(join(world.worktree(), 'junk'))).toBe(false);
  expect(outcome.verifyMs).toBeGreaterThan(0);
});

test('work whose checks fail is bundled all the same, with the end of the output', async () => {
  const world = new World();
  const order = world.order({ verify: ['echo 1 test failed; exit 1', 'echo never'] });

  const outcome = await world.run(order);

  expect(outcome).toMatchObject({ class: 'failed', failure: { kind: 'verify' } });
  expect(outcome.failure?.detail).toContain('ended with exit code 1.\n\n1 test failed');
  expect(outcome.verify).toHaveLength(1);
  expect(world.origin.publish(world, outcome, order.branch)).toBe(outcome.tip);
});

test('a check that does not end is ended', async () => {
  const world = new World();
  const order = world.order({ verify: ['sleep 60'], timeouts: { totalMs: 300, idleMs: 300 } });

  const outcome = await world.run(order);

  expect(outcome.failure?.kind).toBe('verify');
  expect(outcome.verify[0]).toMatchObject({ exitCode: null, tail: '(did not end within 0.3 seconds)' });
});
