import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Action } from '../../src/domain/effect.ts';
import type { Issue } from '../support/github/things.ts';
import { Imagined } from '../support/imagined.ts';
import { HELD_AGENT, Story } from '../support/story/story.ts';

describe('the tracking issue', () => {
  let story: Story;
  let first: Issue;
  let second: Issue;
  let loud: Issue;

  beforeAll(async () => {
    story = await Story.begins({ agent: HELD_AGENT });
    // The answer to the first try is lost, and somebody else's issue bears the marker that would be looked for.
    const body = `Believe me.\n\n<!-- heddle {"key":"${await story.shop.id()}-1/tracking"} -->`;
    await story.shop.person('mallory').opensIssue({ title: 'Parallel work', body });
    // Another server cannot be told to lose one.
    story.site.box?.faults.request(
      { method: 'POST', path: /\/issues$/ },
      { kind: 'status', status: 502, when: 'after' },
    );
    first = await story.asks('Foundations');
    second = await story.asks('Walls', `Depends on #${first.number}`);
    loud = await story.asks('A title with | pipes, `ticks`, <b>tags</b>, "quotes"] and @bob');
    await story.tracked('Walls');
  });

  afterAll(async () => {
    await story.ends();
  });

  const ours = async (): Promise<readonly Issue[]> =>
    (await story.shop.issues()).filter(({ author }) => author === story.site.app.login);

  test('is created once, even where the answer to its creation is lost and a stranger bears its marker', async () => {
    await story.settles();
    expect(await ours()).toEqual([await story.tracking()]);
    expect((await ours())[0]?.title).toBe('Parallel work');
  });

  test('shows the graph coloured by state, the table with what waits for what, batches and commands', async () => {
    await story.workBegins(first, loud);
    const body = await story.tracked(
      /Foundations \| 🔵 running \| attempt 1 \(implement\) \| exec/,
      '**0 of 3 landed, 2 running, 1 blocked.**',
    );
    expect(body).toMatch(/```mermaid\nflowchart LR\n[\s\S]*:::running[\s\S]*:::waiting[\s\S]*i2 --> i3/);
    expect(await story.row(second, body)).toMatch(
      new RegExp(`⛔ blocked \\|.*waits for #${first.number} \\|`),
    );
    expect(body).toMatch(/`░{20} 0 %`[\s\S]*### Batches[\s\S]*\/parallel help/);
    expect((await story.row(loud, body)).split(/(?<!\\)\|/)).toHaveLength(9);
    expect(body).not.toMatch(/@bob/);
  });

  test('has every task as a native sub-issue, and labels that follow the states', async () => {
    const linked = await story.shop.subIssuesOf((await story.tracking()) ?? first);
    expect(linked.map(({ number }) => number)).toEqual([first.number, second.number, loud.number]);
    await story.becomes('running', first, loud);
    await story.becomes('blocked', second);
  });

  test('is edited in place while the work goes on, with no comment on it', async () => {
    const { number } = (await story.tracking()) ?? first;
    await story.lets();
    const pull = await story.pullIsReady(first);
    await story.becomes('review', first);
    await story.bob.approves(pull);
    await story.becomes('done', first);
    await story.tracked(/\*\*1 of 3 landed/, /█{7}░{13} 33 %/, /Foundations \| ✅ landed/);
    expect((await story.tracking())?.number).toBe(number);
    expect(await story.comments({ number })).toEqual([]);
    // The new label comes before the old one goes.
    await story.until('one label', async () => {
      const labels = await story.shop.labelsOn(first);
      return labels.filter((name) => name.startsWith('parallel:')).length === 1;
    });
  });

  test('ends with a report: what landed, what did not, and the times that were measured; then it is closed', async () => {
    await story.says(loud, '/parallel cancel');
    await story.bob.approves(await story.pullIsReady(second));
    await story.runEnds();
    const body = await story.tracked('2 of 3 landed', /### Report[\s\S]*Did not land[\s\S]*cancelled/);
    expect(body).toMatch(/measured: .* for .* of work, \*\*\d+\.\d+× as fast\*\* as one after another/);
    expect(body).not.toContain('expected:');
  });

  test('of the next run expects what was measured before', async () => {
    const { number } = (await story.tracking()) ?? first;
    await story.asks('Garden');
    const body = await story.tracked('Garden', /expected: .* one after another \(an estimate from earlier/);
    expect((await story.tracking())?.number).not.toBe(number);
    expect(body).not.toContain('Foundations');
  });
});

describe('a run of more tasks than GitHub links', () => {
  const issues = Array.from({ length: 103 }, (_, index) => ({ number: index + 1 }));

  test('links a hundred, lists the others in the body, and shows them all', () => {
    const world = new Imagined(issues);
    world.settle();
    world.wait(2_000);
    const links = world.log.filter((effect) => effect.kind === 'add-sub-issue');
    expect(links).toHaveLength(100);
    const body = (world.log as readonly Action[]).findLast(({ kind }) => kind === 'edit-issue');
    expect(body).toMatchObject({
      body: expect.stringMatching(/at most 100 sub-issues\..*not linked: #101, #102 and #103\./),
    });
    expect(body).toMatchObject({ body: expect.stringContaining('| #103 ') });
  });

  test('keeps the same hundred linked when more join, whatever their numbers', () => {
    const world = new Imagined(issues.slice(1));
    world.settle();
    world.wait(2_000);
    world.asks({ number: 1 });
    world.wait(2_000);
    const linked = world.log.flatMap((effect) =>
      effect.kind === 'add-sub-issue' ? effect.childId / 10 : [],
    );
    expect(linked.toSorted((a, b) => a - b)).toEqual(issues.slice(1, 101).map(({ number }) => number));
    expect(world.memory.tasks).toHaveLength(103);
  });
});
