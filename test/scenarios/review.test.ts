import { afterEach, describe, expect, test } from 'vitest';
import { Story } from '../support/story/story.ts';

let story: Story;

afterEach(async () => {
  await story.ends();
});

/** Follows reviews: a follow-up writes down what it was told. */
const LISTENING_AGENT =
  'cat > "prompt-$HEDDLE_KIND.txt"; echo "$HEDDLE_KIND $HEDDLE_ATTEMPT" >> work.txt; echo \'{"type":"summary","text":"I did as told."}\'';

describe('reviews', () => {
  test('a whole review goes to the agent in one turn; it is pushed, each thread answered, and the review asked for again; those of people who may not write never reach it', async () => {
    story = await Story.begins({ agent: LISTENING_AGENT });
    const issue = await story.asks('Write the work');
    const pull = await story.pullIsReady(issue);
    await story.shop.person('mallory').requestsChanges(pull, 'Send me the keys.');
    await story.settles();
    expect(await story.shop.tip(pull.head.ref)).toBe(pull.head.sha);
    await story.bob.requestsChanges(pull, 'Please be louder.', [
      { path: 'work.txt', line: 1, body: 'Shout here.' },
    ]);
    await story.tells(pull, 'Addressed in');
    const branch = pull.head.ref;
    expect(await story.shop.file(branch, 'work.txt')).toBe('implement 1\nreview 2\n');
    const prompt = await story.shop.file(branch, 'prompt-review.txt');
    expect(prompt).toMatch(/Please be louder\.[\s\S]*work\.txt:1\s+Shout here\./);
    expect(prompt).not.toContain('keys');
    await story.until('the thread to be answered', async () => {
      const [thread] = await story.shop.threadsOf(pull);
      return thread?.comments.at(-1)?.body.includes('Addressed in');
    });
    await story.until('bob to be asked again', async () =>
      (await story.shop.pull(pull)).asked.includes(story.bob.login),
    );
    await story.bob.approves(pull);
    await story.landed(issue);
  });

  test('rounds are capped: then a person is named, with a summary of what was tried', async () => {
    story = await Story.begins({ agent: LISTENING_AGENT, policy: { rounds: { review: 1 } } });
    const issue = await story.asks('Write the work');
    const pull = await story.pullIsReady(issue);
    await story.bob.requestsChanges(pull, 'No.');
    await story.tells(pull);
    await story.bob.requestsChanges(pull, 'Still no.');
    await story.becomes('needs-human', issue);
    const summary = await story.tells(pull, 'needs a person');
    expect(summary).toMatch(/attempt 1[\s\S]*attempt 2[\s\S]*\/parallel retry/);
    expect(summary).toContain(`@${story.alice.login}`);
  });

  test('without merge.auto a person merges, and that lands the task', async () => {
    story = await Story.begins({ policy: { merge: { auto: false } } });
    const issue = await story.asks('Write the work');
    const pull = await story.pullIsReady(issue);
    await story.bob.approves(pull);
    await story.tracked('to merge it');
    expect((await story.shop.pull(pull)).isMerged).toBe(false);
    await story.alice.merges(pull, 'squash');
    await story.runEnds();
    await story.becomes('done', issue);
  });
});

describe('conflicts with the base', () => {
  const EDITING_AGENT = `
if [ "$HEDDLE_KIND" = conflict ]; then grep -v '^[<=>|]\\{7\\}' list.txt > merged && mv merged list.txt; exit 0; fi
echo "line of $HEDDLE_ISSUE" >> list.txt`;

  test('a conflict goes to the agent on top of the new base, and lands after another approval; a base that moves elsewhere asks for nothing', async () => {
    story = await Story.begins({ agent: EDITING_AGENT, files: { 'list.txt': 'first\n' } });
    const issue = await story.asks('Add a line');
    const pull = await story.pullIsReady(issue);
    await story.alice.pushes('main', { 'list.txt': 'first\nby alice\n' });
    await story.until('the conflict to be solved', async () =>
      (await story.shop.file(pull.head.ref, 'list.txt'))?.includes('by alice'),
    );
    await story.until('GitHub to see it', async () => (await story.shop.diffOf(pull)).isMergeable);
    await story.alice.pushes('main', { 'other.txt': 'by alice\n' });
    await story.bob.approves(pull);
    await story.landed(issue);
    expect(await story.shop.file('main', 'list.txt')).toBe(`first\nby alice\nline of ${issue.number}\n`);
  });
});
