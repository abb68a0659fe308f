import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Issue } from '../support/github/things.ts';
import { HELD_AGENT, Story } from '../support/story/story.ts';

let story: Story;

/** Which of these have begun, by title. */
async function begun(...issues: readonly Issue[]): Promise<readonly string[]> {
  const diary = await story.diary();
  return issues.filter(({ number }) => diary.includes(`begin ${number}`)).map(({ title }) => title);
}

describe('where a dependency can be said', () => {
  let blocker: Issue;
  let waiting: Record<string, Issue>;

  beforeAll(async () => {
    story = await Story.begins({
      agent: HELD_AGENT,
      env: { HEDDLE_WORKERS: '20', HEDDLE_RESYNC_SECONDS: '2' },
    });
    blocker = await story.opens('Nobody works on this');
    const { number } = blocker;
    waiting = {
      native: await story.opens('Marked on GitHub'),
      text: await story.opens('Written', `Please do it.\n\nDepends on #${number}`),
      elsewhere: await story.opens('Written in full', `Blocked by ${story.shop.fullName}#${number}`),
      url: await story.opens('By address', `Depends on ${story.shop.url}/issues/${number}.`),
      trailer: await story.opens('As a trailer', `Text.\n\nDepends-On: #${number}`),
      list: await story.opens('As a list', `## Blocked by\n\n- [ ] #${number}\n`),
      after: await story.opens('After it', `After #${number}`),
    };
    await story.alice.blocks(Object(waiting.native), blocker);
    for (const issue of Object.values(waiting)) await story.alice.labels(issue, 'parallel');
  });

  afterAll(async () => {
    await story.ends();
  });

  test('every way counts, and each is shown with its source and its words', async () => {
    const all = Object.values(waiting);
    await story.becomes('blocked', ...all);
    const body = await story.tracked('Why tasks wait for each other (7 dependencies)');
    for (const issue of all) expect(await story.row(issue, body)).toContain(`waits for #${blocker.number} |`);
    const said = (issue: Issue | undefined): string =>
      body.split('\n').find((line) => line.startsWith(`- #${issue?.number} waits for`)) ?? '';
    expect(said(waiting.native)).toContain('GitHub’s “blocked by”');
    expect(said(waiting.text)).toMatch(/text of the issue.*“Depends on/);
    expect(said(waiting.list)).toMatch(/task list/);
    expect(await begun(...all)).toEqual([]);
  });

  test('words that only speak of another issue hold up nothing: prose, quotes, code, longer numbers', async () => {
    const { number } = blocker;
    const free = [
      await story.asks('Prose', `This is not like #${number}; after the tests we see.`),
      await story.asks('Quoted', `> Depends on #${number}`),
      await story.asks('Code', `\`\`\`\nDepends on #${number}\n\`\`\``),
      await story.asks('No longer', `Depends on #${number}, no longer.`),
    ];
    await story.workBegins(...free);
  });

  test('a closed blocker blocks no longer, and never blocks a new one', async () => {
    await story.alice.closes(blocker, 'not_planned');
    await story.workBegins(...Object.values(waiting));
    const late = await story.asks('Late', `Depends on #${blocker.number}`);
    await story.workBegins(late);
    expect(await story.state(late)).not.toBe('blocked');
  });

  test('a blocker in another repository gates until it is closed; one that nobody can read is named', async () => {
    const library = await story.createsRepository('lib');
    const elsewhere = await library.person('alice').opensIssue({ title: 'The library first' });
    const issue = await story.asks('Use the library', `Depends on ${library.fullName}#${elsewhere.number}`);
    const lost = await story.asks('Use nothing', `Depends on ${story.site.organization}/none#7`);
    await story.tracked(
      new RegExp(`Use the library \\| ⛔ blocked .*\`${library.fullName}#1\``),
      `${story.site.organization}/none#7\` (the App can’t read`,
    );
    expect(await begun(issue, lost)).toEqual([]);
    await library.person('alice').closes(elsewhere);
    await story.workBegins(issue);
    expect(await begun(lost)).toEqual([]);
  });
});

describe('dependencies between tasks', () => {
  afterEach(async () => {
    await story.ends();
  });

  test('a dependent starts when its blocker is merged, from the new base; a dependency may be added and taken away', async () => {
    story = await Story.begins({ agent: HELD_AGENT });
    const first = await story.asks('Foundations');
    const second = await story.asks('Walls', `Depends on #${first.number}`);
    const third = await story.opens('Roof');
    await story.alice.blocks(third, second);
    await story.alice.labels(third, 'parallel');
    await story.becomes('blocked', second, third);
    await story.lets();
    await story.alice.unblocks(third, second);
    await story.workBegins(third);
    expect(await begun(second)).toEqual([]);
    await story.bob.approves(await story.pullIsReady(first));
    const pull = await story.pullIsReady(second);
    expect(await story.shop.file(pull.head.ref, `work-${first.number}.txt`)).toContain('work on');
  });

  test('a circle is reported with its path and all of its evidence; its tasks wait, the others go on, and breaking it is enough', async () => {
    story = await Story.begins({ agent: HELD_AGENT });
    const [hen, egg] = [await story.opens('Hen', 'Depends on #2'), await story.opens('Egg')];
    await story.alice.blocks(egg, hen);
    const other = await story.opens('Other');
    for (const issue of [hen, egg, other]) await story.alice.labels(issue, 'parallel');
    await story.workBegins(other);
    const body = await story.tracked('### Problems', 'wait for each other in a circle');
    expect(body).toMatch(
      /🔁 \*\*#1 → #2 → #1\*\*\n {2}- #1 waits for #2 \(text.*\n {2}- #2 waits for #1 \(GitHub/,
    );
    expect(body).toMatch(/1 -\. circle \.->/);
    await story.becomes('blocked', hen, egg);
    expect(await begun(hen, egg)).toEqual([]);
    await story.alice.edits(hen, { body: 'Came first.' });
    await story.workBegins(hen);
    expect(await begun(egg)).toEqual([]);
    await story.tracked(/^(?![\s\S]*### Problems)/);
  });

  test('the order of sub-issues counts where the policy asks for it', async () => {
    story = await Story.begins({ agent: HELD_AGENT, policy: { dependencies: { subIssueOrder: true } } });
    const epic = await story.opens('Build');
    const children: Issue[] = [];
    for (const title of ['One', 'Two', 'Three']) children.push(await story.opens(title));
    for (const child of children) await story.alice.addsSubIssue(epic, child);
    await story.alice.labels(epic, 'parallel');
    const [one, two, three] = children as [Issue, Issue, Issue];
    await story.workBegins(one);
    await story.becomes('blocked', two, three);
    await story.tells(epic, 'order of the sub-issues');
    await story.lets();
    const stop = story.approvesEverything();
    await story.landed(one, two, three);
    await stop();
    const marks = (await story.diary()).filter((line) => line.startsWith('begin'));
    expect(marks).toEqual(children.map(({ number }) => `begin ${number}`));
  });
});

describe('a word of a person on a dependency', () => {
  afterEach(async () => {
    await story.ends();
  });

  test('counts more than any other source, is shown with what it overrules, and outlives the server', async () => {
    story = await Story.begins({ agent: HELD_AGENT });
    const first = await story.opens('Foundations');
    const second = await story.opens('Walls', `Depends on #${first.number}`);
    const third = await story.opens('Roof');
    for (const issue of [first, second, third]) await story.alice.labels(issue, 'parallel');
    await story.workBegins(first, third);
    await story.becomes('blocked', second);
    const mallory = story.shop.person('mallory');
    const word = `/parallel independent-of #${first.number}`;
    expect((await story.says(second, word, mallory)).reaction).toBe('confused');
    expect((await story.says(second, word)).reaction).toBe('rocket');
    await story.workBegins(second);
    await story.server.isKilled();
    await story.server.starts();
    const both = new RegExp(
      `A command decided:\\n {2}- ✅ #${second.number} does not wait for #${first.number} \\(command by .*\\n {2}- ✖️ overruled: #${second.number} waits for #${first.number} \\(text`,
    );
    await story.tracked(both);
    expect((await story.says(second, '/parallel explain')).reply).toMatch(both);
  });

  test('makes a task wait that no text speaks of, also for an issue that nobody works on, until that is closed', async () => {
    story = await Story.begins({ agent: HELD_AGENT, env: { HEDDLE_QUIET_MS: '600000' } });
    const outside = await story.opens('Nobody works on this');
    const [first, second] = [await story.asks('Walls'), await story.asks('Roof')];
    await story.settles();
    const on = (issue: Issue) => `/parallel depends-on #${issue.number}`;
    expect((await story.says(first, on(outside))).reaction).toBe('rocket');
    expect((await story.says(first, `${on(first)} for #${second.number}`)).reaction).toBe('rocket');
    expect((await story.says(first, '/parallel run')).reaction).toBe('rocket');
    await story.becomes('blocked', first, second);
    const body = await story.tracked('Why tasks wait for each other (2 dependencies)');
    expect(body).toMatch(
      new RegExp(`#${first.number} waits for #${outside.number} \\(command by .*“/parallel`),
    );
    await story.alice.closes(outside);
    await story.workBegins(first);
    expect(await begun(second)).toEqual([]);
    expect((await story.says(first, on(second))).reply).toContain('has begun and is finished');
    await story.workBegins(second);
  });
});

describe('exclusive keys', () => {
  afterEach(async () => {
    await story.ends();
  });

  test('tasks that name the same file never run at once, until the work of the first is on the default branch', async () => {
    story = await Story.begins({ agent: HELD_AGENT, policy: { keys: { database: ['migrations/**'] } } });
    const issues = [
      await story.asks('Rename a thing', 'In `src/shop.ts`, please.'),
      await story.asks('Rename it again', '## Files\n\n- src/shop.ts: the thing'),
      await story.asks('First table', 'Adds `migrations/1.sql`.'),
      await story.asks('Second table', 'Adds `migrations/2.sql`.'),
    ];
    const [first, second, third, fourth] = issues as [Issue, Issue, Issue, Issue];
    await story.workBegins(first, third);
    const body = await story.tracked(
      new RegExp(`Rename it again .*waits for #${first.number}, which works on \`src/shop.ts\``),
      new RegExp(`Second table .*waits for #${third.number}, which works on \`key: database\``),
    );
    expect(body).toMatch(/### Batches[\s\S]*1\. #3 and #1\n2\. #4 and #2/);
    await story.lets();
    const pull = await story.pullIsReady(first);
    await story.settles();
    expect(await begun(second)).toEqual([]);
    await story.bob.approves(pull);
    await story.workBegins(second);
    expect(await begun(fourth)).toEqual([]);
  });
});
