import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { HELD_AGENT, Story } from '../support/story/story.ts';

let story: Story;

afterEach(async () => {
  await story.ends();
});

describe('attempts', () => {
  test('no token is in the environment of agents, hooks or verify commands, nor in the arguments of any process', async () => {
    const look = 'for p in /proc/[0-9]*; do tr "\\0" " " < $p/cmdline; echo; done';
    story = await Story.begins({
      agent: `env > agent-env.txt; (${look}) > processes.txt 2>/dev/null; true`,
      policy: { verify: ['env > verify-env.txt'], hooks: { before_run: ['env > hook-env.txt'] } },
      env: { GITHUB_TOKEN: 'ghp_operator', MY_KEY: 'k-123', HEDDLE_ENV_ALLOW: 'MY_KEY,GITHUB_TOKEN' },
    });
    const issue = await story.asks('Look around');
    const pull = await story.pullIsReady(issue);
    const seen = await Promise.all(
      ['agent-env.txt', 'hook-env.txt', 'processes.txt'].map((name) => story.shop.file(pull.head.ref, name)),
    );
    const minted = story.site.box?.world.tokens.keys() ?? [];
    for (const secret of [
      ...minted,
      story.site.identity('alice').token,
      'ghp_operator',
      'BEGIN RSA',
      'BEGIN PRIVATE',
    ])
      expect(seen.join('\n')).not.toContain(secret);
    expect(seen.join('\n')).not.toMatch(/\bgh[a-z]_\w{16,}/);
    expect(seen[0]).toContain('MY_KEY=k-123');
  });

  test('a dependent starts only after its blocker has landed, from the new base; its pull request says what it closes and stands on, its checks hold the output', async () => {
    story = await Story.begins({
      agent: 'cat work-*.txt > seen.txt 2>/dev/null; echo "$HEDDLE_ISSUE" > "work-$HEDDLE_ISSUE.txt"',
      policy: { verify: ['echo "42 tests passed"'] },
    });
    const first = await story.asks('First');
    const second = await story.asks('Second', `Depends on #${first.number}`);
    const before = await story.pullIsReady(first);
    await story.settles();
    expect(await story.pullOf(second)).toBeUndefined();
    await story.bob.approves(before);
    const pull = await story.pullIsReady(second);
    expect(await story.shop.file(pull.head.ref, 'seen.txt')).toBe(`${first.number}\n`);
    const tracking = await story.tracking();
    expect(pull.body).toContain(
      `Closes #${second.number}\nPart of #${tracking?.number}\nDepends-On: #${first.number}`,
    );
    const runs = await story.shop.checksOf(pull.head.sha);
    expect(runs.map((run) => `${run.name}: ${run.conclusion}`).toSorted()).toEqual([
      'parallel/dependencies: success',
      'parallel/verify: success',
    ]);
    expect(runs.find((run) => run.name === 'parallel/verify')?.text).toContain('42 tests passed');
  });

  test('independent tasks run side by side, as many as there are workers', async () => {
    story = await Story.begins({ agent: HELD_AGENT, env: { HEDDLE_WORKERS: '3' } });
    const issues = await Promise.all([1, 2, 3, 4].map((number) => story.asks(`Task ${number}`)));
    await story.until('three to begin', async () => (await story.diary()).length === 3);
    await story.settles();
    const begun = await story.diary();
    const running = issues.filter(({ number }) => begun.includes(`begin ${number}`));
    expect(running).toHaveLength(3);
    await story.lets(running[0]);
    await story.workBegins(...issues);
  });

  test('what the agent prints is shown and kept; what has landed leaves no branch and no worktree behind', async () => {
    story = await Story.begins({
      agent: String.raw`printf 'reading the \033[31mtests\n'; echo done > done.txt`,
    });
    const issue = await story.asks('Come and go');
    const stop = story.approvesEverything();
    await story.landed(issue);
    await stop();
    // Without what could play with a terminal.
    await story.prints(`#${issue.number} reading the [31mtests`);
    await story.until('the line in a log', async () => (await logsOf(story)).includes('[31mtests'));
    await story.until(
      'the branch to go',
      async () => (await story.shop.tip(`parallel/${issue.number}-come-and-go`)) === undefined,
    );
    await story.until('the worktree to go', async () => {
      const [repository = ''] = await readdir(join(story.dataDir, 'worktrees'));
      return (await readdir(join(story.dataDir, 'worktrees', repository))).every(
        (name) => !name.startsWith(String(issue.number)),
      );
    });
    await refusesToPromiseASandbox();
  });
});

/** It says at its start that agents run without one. */
async function refusesToPromiseASandbox(): Promise<void> {
  await story.prints('agents run without a sandbox');
  await story.server.stops();
  await expect(story.server.starts({ HEDDLE_SANDBOX: 'auto' })).rejects.toThrow(
    /HEDDLE_SANDBOX=auto is not available[\s\S]*HEDDLE_SANDBOX=none/,
  );
}

async function logsOf({ dataDir }: Story): Promise<string> {
  const folder = join(dataDir, 'logs');
  const texts = (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8'));
  return (await Promise.all(texts)).join('\n');
}
