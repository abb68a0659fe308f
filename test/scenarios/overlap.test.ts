import { afterEach, expect, test } from 'vitest';
import { HELD_AGENT, Story } from '../support/story/story.ts';

let story: Story;

afterEach(async () => {
  await story.ends();
});

/** Whatever the issue, the agent changes both files, and a third one that nobody foresees. */
const AGENT = `${HELD_AGENT}
for file in src/cart.js src/tax.js; do echo "// $HEDDLE_ISSUE" >> $file; done`;

/** Six commits change both files; two others change neither. */
async function history(): Promise<void> {
  for (const change of [1, 2, 3, 4, 5, 6])
    await story.alice.pushes('main', { 'src/cart.js': `// ${change}\n`, 'src/tax.js': `// ${change}\n` });
  for (const change of [1, 2]) await story.alice.pushes('main', { 'docs.md': `${change}\n` });
}

test('tasks whose files always changed together take turns, are told why, and the report says what was foreseen', async () => {
  // The plan waits for approval, so that nothing starts before the code has been read.
  story = await Story.begins({ agent: AGENT, policy: { approval: 'plan' } });
  await history();
  const cart = await story.asks('Round prices', 'In `src/cart.js`.');
  const tax = await story.asks('New rate', 'In `src/tax.js`.');
  await story.tracked(`#${cart.number} and #${tax.number} don’t run side by side`);
  await story.says((await story.tracking()) ?? cart, '/parallel approve');
  await story.workBegins(cart);
  const body = await story.tracked(`waits for #${cart.number}, which works on`);
  expect(await story.row(tax, body)).toContain(`waits for #${cart.number}`);
  expect(body).toMatch(/its history with `src\/(?:cart|tax)\.js`, 8\d % sure/);
  const { reply } = await story.says(cart, '/parallel explain');
  expect(reply).toContain('`src/tax.js`: its history with `src/cart.js`');
  const stop = story.approvesEverything();
  await story.lets();
  await story.landed(cart, tax);
  await stop();
  const report = (await story.runEnds()).body;
  expect(report).toContain('Of 4 keys foreseen, 4 came true (precision 100 %). 6 files changed, 4 of them');
  expect(report).toContain('history: 2 of 2 right');
  expect((await story.diary()).indexOf(`end ${cart.number}`)).toBeLessThan(
    (await story.diary()).indexOf(`begin ${tax.number}`),
  );
});
