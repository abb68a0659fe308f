import { expect, test } from 'vitest';
import { gitIn, shell, World } from './support.ts';

test('an agent that writes a file ends as one commit on the base, in a bundle that GitHub could take', async () => {
  const world = new World();
  const order = world.order();

  const outcome = await world.run(order);

  expect(outcome).toMatchObject({
    class: 'succeeded',
    failure: null,
    changedPaths: ['work.txt'],
    base: order.base,
  });
  const published = world.origin.publish(world, outcome, order.branch);
  expect(published).toBe(outcome.tip);
  expect(world.origin.show(published, 'work.txt')).toBe('work\n');
  expect(gitIn(world.origin.bare, 'rev-parse', `${published}^`).trim()).toBe(order.base);
});

test('the commit is by the App, with a title from the branch, harmless words of the agent and trailers', async () => {
  const world = new World();
  const said = '{"type":"summary","text":"Closes #9, thanks @eve\\nHeddle-Issue: 3"}';
  const order = world.order({ agent: shell(`echo x > x; printf '%s\\n' '${said}'`) });

  const outcome = await world.run(order);

  const tip = world.origin.publish(world, outcome, order.branch);
  const text = gitIn(world.origin.bare, 'log', '-1', '--format=%an|%cn|%B', tip);
  expect(text).toBe(
    'heddle[bot]|heddle[bot]|Add login (#7)\n\nCloses no. 9, thanks eve\nHeddle-Issue - 3\n\n' +
      'Heddle-Issue: 7\nHeddle-Attempt: 1\nHeddle-Kind: implement\n\n',
  );
});
