import { afterEach, describe, expect, test } from 'vitest';
import { Story } from '../support/story/story.ts';

let story: Story;

afterEach(async () => {
  await story.ends();
});

/** The agent of the first issue has no luck. */
const FIRST_BREAKS = 'test "$HEDDLE_ISSUE" != 1 || exit 7';
const WORK = 'echo done > "done-$HEDDLE_ISSUE.txt"';

describe('what does not succeed', () => {
  test('failed checks go back to the agent with what they printed, on top of its work', async () => {
    const agent =
      'cat > prompt.txt; echo "line $HEDDLE_ATTEMPT" >> work.txt; test "$HEDDLE_ATTEMPT" = 1 || touch fixed.txt';
    story = await Story.begins({
      agent,
      policy: { verify: ['test -f fixed.txt || { echo "fixed.txt is missing"; exit 1; }'] },
    });
    const issue = await story.asks('Pass the checks');
    const pull = await story.pullIsReady(issue);
    expect(await story.shop.file(pull.head.ref, 'work.txt')).toBe('line 1\nline 2\n');
    expect(await story.shop.file(pull.head.ref, 'prompt.txt')).toContain('fixed.txt is missing');
  });

  test('an agent that fails is tried again; rounds used up: the task fails with cause and next step, its dependents are blocked by name, the rest lands', async () => {
    story = await Story.begins({
      agent: `${FIRST_BREAKS}; test "$HEDDLE_ATTEMPT" -gt 1 || exit 3; ${WORK}`,
      policy: { rounds: { retry: 1 } },
    });
    const broken = await story.asks('Break');
    const dependent = await story.asks('Wait', `Depends on #${broken.number}`);
    const free = await story.asks('Go on');
    const stop = story.approvesEverything();
    await story.landed(free);
    const words = await story.tells(broken);
    await stop();
    expect(words).toMatch(/failed.*after 2 attempts[\s\S]*7[\s\S]*\/parallel retry/);
    expect(words).toContain(`@${story.alice.login}`);
    await story.becomes('failed', broken);
    await story.becomes('blocked', dependent);
    await story.tracked(new RegExp(`#${dependent.number} Wait.*#${broken.number}.*failed`));
    expect(await story.tracked(/attempt 2/)).toContain(free.title);
    expect((await story.tracking())?.state).toBe('open');
  });

  test('an agent that changes nothing has not succeeded; closing failed issues lets dependents go on, and the run ends with a report', async () => {
    story = await Story.begins({
      agent: `${FIRST_BREAKS}; test "$HEDDLE_ISSUE" != 2 || exit 0; ${WORK}`,
      policy: { rounds: { retry: 0 } },
    });
    const broken = await story.asks('Break');
    const idle = await story.asks('Do nothing');
    const dependent = await story.asks('Wait', `Depends on #${broken.number}, #${idle.number}`);
    const stop = story.approvesEverything();
    for (const issue of [broken, idle]) await story.becomes('failed', issue);
    expect(await story.tells(idle)).toMatch(/chang/i);
    expect(await story.pullOf(idle)).toBeUndefined();
    for (const issue of [broken, idle]) await story.alice.closes(issue);
    await story.landed(dependent);
    await story.runEnds();
    await stop();
    await story.tracked(/Break/, /wall|took|one after/i);
  });

  test('an agent that hangs is ended after its idle time', async () => {
    story = await Story.begins({
      agent: 'sleep 300',
      policy: { rounds: { retry: 0 }, timeouts: { total: 1, idle: 0.02 } },
    });
    const issue = await story.asks('Hang');
    await story.becomes('failed', issue);
    expect(await story.tells(issue)).toMatch(/idle|silent|no output/i);
  });

  test('work that touches protected paths waits for a person, who lets it go on with approve', async () => {
    story = await Story.begins({
      agent: 'mkdir -p secret; echo x > secret/a.txt',
      policy: { protected: ['secret/**'] },
    });
    const issue = await story.asks('Touch the secret');
    await story.becomes('needs-human', issue);
    expect((await story.pullOf(issue))?.isDraft).toBe(true);
    await story.alice.comments(issue, '/parallel approve');
    const pull = await story.pullIsReady(issue);
    await story.bob.approves(pull);
    await story.landed(issue);
  });
});
