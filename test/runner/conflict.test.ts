import { expect, test } from 'vitest';
import type { Sha } from '../../src/domain/ids.ts';
import type { AttemptOrder } from '../../src/domain/outcome.ts';
import { gitIn, shell, World } from './support.ts';

const BRANCH = 'parallel/7-add-login';

/** A published branch that changes `a.txt`, a base that has moved, and the order to bring the two together. */
async function movedWorld(
  landed: Readonly<Record<string, string>>,
): Promise<{ world: World; order: AttemptOrder }> {
  const world = new World({ files: { 'a.txt': 'a\n', 'b.txt': 'b\n' } });
  const first = await world.run(world.order({ agent: shell('echo mine > a.txt') }));
  const tip: Sha = world.origin.publish(world, first, BRANCH);
  const base = world.origin.commit('main', landed);
  return { world, order: world.order({ kind: 'conflict', number: 2, tip, base, prompt: 'Resolve it.' }) };
}

test('where git can merge alone, no agent runs and one commit stands on the new base', async () => {
  const { world, order } = await movedWorld({ 'b.txt': 'theirs\n' });

  const outcome = await world.run({
    ...order,
    agent: shell('touch ../ran; exit 1'),
    verify: ['cat a.txt b.txt'],
  });

  expect(outcome).toMatchObject({
    class: 'succeeded',
    base: order.base,
    changedPaths: ['a.txt'],
    agentMs: 0,
  });
  expect(outcome.verify[0]?.tail).toBe('mine\ntheirs');
  const tip = world.origin.publish(world, outcome, BRANCH);
  expect(gitIn(world.origin.bare, 'rev-parse', `${tip}^`).trim()).toBe(order.base);
});

test('where it cannot, the agent gets the files with markers and their list, and resolves them', async () => {
  const { world, order } = await movedWorld({ 'a.txt': 'theirs\n' });
  const agent = shell('cat > prompt.txt; grep -c "^[<>=]" a.txt > markers.txt; echo both > a.txt');

  const outcome = await world.run({ ...order, agent });

  expect(outcome).toMatchObject({ class: 'succeeded', base: order.base });
  expect(outcome.changedPaths).toEqual(['a.txt', 'markers.txt', 'prompt.txt']);
  expect(world.read('prompt.txt')).toBe(
    'Resolve it.\n\nFiles with conflict markers, or changed on both sides:\n- a.txt\n',
  );
  expect(world.read('markers.txt')).toBe('3\n');
  expect(world.origin.show(world.origin.publish(world, outcome, BRANCH), 'a.txt')).toBe('both\n');
});

test('markers that are left over are a failure', async () => {
  const { world, order } = await movedWorld({ 'a.txt': 'theirs\n' });

  const outcome = await world.run({ ...order, agent: shell('echo looked > notes.txt') });

  expect(outcome).toMatchObject({ class: 'failed', failure: { kind: 'conflict-markers' }, bundle: null });
  expect(outcome.failure?.detail).toBe('Conflict markers are left in a.txt.');
});

test('a change that the new base has already is nothing to commit', async () => {
  const { world, order } = await movedWorld({ 'a.txt': 'mine\n' });

  const outcome = await world.run(order);

  expect(outcome).toMatchObject({ class: 'failed', failure: { kind: 'empty-diff' } });
});

test('after failed checks the agent goes on from the merge, although git could merge alone', async () => {
  const { world, order } = await movedWorld({ 'b.txt': 'theirs\n' });
  await world.run({ ...order, verify: ['false'] });

  const outcome = await world.run({
    ...order,
    number: 3,
    continueWork: true,
    agent: shell('cat a.txt b.txt > c.txt'),
  });

  expect(outcome).toMatchObject({ class: 'succeeded', base: order.base, changedPaths: ['a.txt', 'c.txt'] });
});
