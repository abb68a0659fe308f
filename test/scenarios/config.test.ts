import { afterEach, describe, expect, test } from 'vitest';
import { HELD_AGENT, Story } from '../support/story/story.ts';

let story: Story;

afterEach(async () => {
  await story.ends();
});

const FILE = '.github/parallel.yml';
const GOOD = "agents: exec\nagent: { command: [sh, -c, 'date > date.txt'] }\n";
const BAD = `agents: exec:2, claud-cli
verfy: ["npm test"]
concurrency: lots
merge: { metod: squash, approvals: -1 }
rounds: { review: often }
`;

describe('a policy file that cannot be used', () => {
  test('is answered with one comment that has every problem; nothing starts; another fault is told in the same comment; mending it by a push is enough', async () => {
    story = await Story.begins({ policy: 'agents: [exec\n' });
    const issue = await story.asks('Do some work');
    await story.tells(issue, '1 problem');
    await story.alice.pushes('main', { [FILE]: BAD });
    const text = await story.tells(issue, 'verfy');
    expect(text).toMatch(/, `\.github\/parallel\.yml` has \d problems, so \*\*nothing new starts\*\*/);
    expect(text).toMatch(/`verfy`: .*Did you mean `verify`\?/);
    expect(text).toMatch(/`merge\.metod`: .*Did you mean `method`\?/);
    for (const path of ['agents', 'concurrency', 'merge.approvals', 'rounds.review'])
      expect(text).toContain(`- \`${path}`);
    await story.asks('And some more');
    await story.settles();
    expect(await story.tracking()).toBeUndefined();
    await story.alice.pushes('main', { [FILE]: GOOD });
    await story.pullIsReady(issue);
    await story.tells(issue, 'is valid again');
    expect(await story.said(issue)).toEqual([expect.stringContaining('is valid again. The work goes on.')]);
  });

  test('while a run is open, what runs goes on to a draft, nothing new starts, and the tracking issue says so; other branches are nobody’s business', async () => {
    story = await Story.begins({ agent: HELD_AGENT });
    await story.alice.pushes('experiment', { [FILE]: BAD });
    const first = await story.asks('Walls');
    await story.workBegins(first);
    expect(await story.said(first)).toEqual([]);
    const good = (await story.shop.file('main', FILE)) ?? '';
    await story.alice.pushes('main', { [FILE]: BAD });
    const tracking = await story.until('the tracking issue', () => story.tracking());
    await story.tells(tracking, 'verfy');
    const second = await story.asks('Roof');
    await story.lets(first);
    const pull = await story.until('the draft', () => story.pullOf(first));
    await story.settles();
    expect(pull.isDraft).toBe(true);
    expect(await story.diary()).not.toContain(`begin ${second.number}`);
    expect(await story.row(first)).toMatch(
      /waits for @\S+ or another person to fix `\.github\/parallel\.yml`/,
    );
    await story.tracked('is invalid,** so nothing new starts');
    await story.alice.pushes('main', { [FILE]: good });
    await story.workBegins(second);
    await story.pullIsReady(first);
    await story.tells(tracking, 'is valid again');
    expect(await story.said(tracking)).toEqual([expect.stringContaining('is valid again')]);
    expect(await story.said(second)).toEqual([]);
  });
});
