import { afterEach, expect, test } from 'vitest';
import { Story } from '../support/story/story.ts';

let story: Story;

afterEach(async () => {
  await story.ends();
});

test('a labelled issue becomes a pull request, is approved, and lands', async () => {
  story = await Story.begins();
  const issue = await story.asks('Do some work', 'Please.');
  const pull = await story.pullIsReady(issue);
  await story.bob.approves(pull);
  await story.landed(issue);
  expect(await story.shop.file('main', `work-${issue.number}.txt`)).toContain('work on');
  await story.runEnds();
});
