import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gitIn, shell, World } from './support.ts';

test('24 attempts at once on one new repository all succeed, each with its own work', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 100 }, (_, i) => [`dir${i % 10}/file${i}.txt`, `${i}\n`]),
  );
  const world = new World({ files });
  const issues = Array.from({ length: 24 }, (_, i) => i + 1);

  const outcomes = await Promise.all(
    issues.map((issue) =>
      world.run(world.order({ issue, agent: shell(`echo ${issue} > dir${issue % 10}/own.txt`) })),
    ),
  );

  expect(outcomes.map(({ failure }) => failure)).toEqual(issues.map(() => null));
  for (const [index, outcome] of outcomes.entries()) {
    const tip = world.origin.publish(world, outcome, `parallel/${issues[index]}-add-login`);
    expect(world.origin.show(tip, `dir${(index + 1) % 10}/own.txt`)).toBe(`${index + 1}\n`);
  }
  expect(readdirSync(join(world.mirror, 'worktrees'))).toHaveLength(24);
  expect(gitIn(world.mirror, 'fsck', '--no-dangling')).toBe('');
});

test('no more attempts run at once than there are permits', async () => {
  const world = new World({ limits: { permits: 2 } });
  const agent = shell(
    'mkdir ../../../slot.$$; ls -d ../../../slot.* | wc -l > count.txt; sleep 0.2; rmdir ../../../slot.$$',
  );
  const issues = [1, 2, 3, 4, 5];

  await Promise.all(issues.map((issue) => world.run(world.order({ issue, agent }))));

  expect(issues.every((issue) => Number(world.read('count.txt', issue)) <= 2)).toBe(true);
});

test('two attempts of one task never overlap', async () => {
  const world = new World();
  const agent = shell('mkdir ../../../busy || exit 1; sleep 0.3; rmdir ../../../busy; echo x > x');

  const outcomes = await Promise.all([1, 2].map((number) => world.run(world.order({ number, agent }))));

  expect(outcomes.map((outcome) => outcome.class)).toEqual(['succeeded', 'succeeded']);
});
