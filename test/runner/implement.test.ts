import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gitIn, node, shell, World } from './support.ts';

test('an agent that writes a file ends as one commit on the base, in a bundle that GitHub could take', async () => {
  const world = new World();
  const order = world.order();

  const outcome = await world.run(order);

  const wanted = { class: 'succeeded', failure: null, changedPaths: ['work.txt'], base: order.base };
  expect(outcome).toMatchObject(wanted);
  const published = world.origin.publish(world, outcome, order.branch);
  expect(published).toBe(outcome.tip);
  expect(world.origin.show(published, 'work.txt')).toBe('work\n');
  expect(gitIn(world.origin.bare, 'rev-parse', `${published}^`).trim()).toBe(order.base);
});

test('the commit is by the App, with the title of the order, harmless words of the agent and trailers', async () => {
  const world = new World();
  const said = '{"type":"summary","text":"Closes #9, thanks @eve\\nHeddle-Issue: 3"}';
  const order = world.order({
    agent: node(`fs.writeFileSync('x', 'x'); console.log(${JSON.stringify(said)})`),
  });

  const outcome = await world.run(order);

  const tip = world.origin.publish(world, outcome, order.branch);
  const text = gitIn(world.origin.bare, 'log', '-1', '--format=%an|%cn|%B', tip);
  expect(text.trim()).toBe(
    'heddle[bot]|heddle[bot]|Add login\n\nCloses no. 9, thanks eve\nHeddle-Issue - 3\n\n' +
      'Heddle-Issue: 7\nHeddle-Attempt: 1\nHeddle-Kind: implement',
  );
});

test('the prompt comes on standard input and in a file, and the attempt is described in the environment', async () => {
  const world = new World();
  const script = `cat > stdin.txt; cat "$HEDDLE_PROMPT_FILE" > file.txt
    echo "$HEDDLE_ISSUE $HEDDLE_ATTEMPT $HEDDLE_KIND" > env.txt; [ "$HOME" = "$HEDDLE_HOME" ] && pwd > cwd.txt`;

  await world.run(world.order({ prompt: 'Täk care.\n', agent: shell(script) }));

  expect(world.read('stdin.txt')).toBe('Täk care.\n');
  expect(world.read('file.txt')).toBe('Täk care.\n');
  expect(world.read('env.txt')).toBe('7 1 implement\n');
  expect(world.read('cwd.txt').trim()).toBe(world.worktree());
});

test('lines are progress, and lines of JSON are usage and summary', async () => {
  const world = new World();
  const script = `echo one; echo '{"type":"usage","inputTokens":10,"outputTokens":2,"usd":0.5}'
    echo '{"type":"usage","inputTokens":5}'; echo '{"type":"summary","text":"All done."}'; echo '{broken'; echo x > x`;

  const outcome = await world.run(world.order({ agent: shell(script) }));

  expect(world.progress).toEqual(['one', '{broken']);
  expect(outcome.usage).toEqual({ inputTokens: 15, outputTokens: 2, usd: 0.5 });
  expect(outcome.summary).toBe('All done.');
});

test('an agent that commits by itself has its commits folded into one, and they are not lost', async () => {
  const world = new World();
  const order = world.order({
    agent: shell('echo a > a; git add a; git commit -qm mine; git checkout -qb aside; echo b > b'),
  });

  const outcome = await world.run(order);

  expect(outcome.changedPaths).toEqual(['a', 'b']);
  const tip = world.origin.publish(world, outcome, order.branch);
  expect(gitIn(world.origin.bare, 'rev-list', '--count', `${order.base}..${tip}`).trim()).toBe('1');
  expect(gitIn(world.mirror, 'for-each-ref', '--format=%(refname)', 'refs/heddle/saved')).toContain(
    '7-add-login/1',
  );
});

test('deleted, renamed, executable and oddly named files all come through', async () => {
  const world = new World({ files: { 'a b.txt': '1\n', 'gone.txt': '2\n' } });
  const script = `rm gone.txt; mv 'a b.txt' 'ä
b.txt'; echo x > run.sh; chmod +x run.sh; ln -s nowhere link`;

  const outcome = await world.run(world.order({ agent: shell(script) }));

  expect([...outcome.changedPaths].sort()).toEqual(['a b.txt', 'gone.txt', 'link', 'run.sh', 'ä\nb.txt']);
  const tip = world.origin.publish(world, outcome, 'parallel/7-add-login');
  expect(gitIn(world.origin.bare, 'ls-tree', tip, 'run.sh', 'link')).toMatch(
    /120000.*link\n100755.*run\.sh/s,
  );
});

test('ignored files are not committed', async () => {
  const world = new World({ files: { '.gitignore': 'node_modules\n' } });
  const order = world.order({ agent: shell('mkdir node_modules; echo x > node_modules/x; echo y > y') });

  const outcome = await world.run(order);

  expect(outcome.changedPaths).toEqual(['y']);
});

test.each([
  ['exit', 'echo half > half; echo "no key" >&2; exit 3', 'The agent ended with exit code 3.\n\nno key'],
  ['empty-diff', 'echo thinking', 'The agent ended with exit code 0, but changed no file.\n\nthinking'],
  ['exit', 'kill -9 $$', 'The agent was ended by SIGKILL.'],
] as const)('an agent can fail by %s: %s', async (kind, script, detail) => {
  const world = new World();

  const outcome = await world.run(world.order({ agent: shell(script) }));

  expect(outcome).toMatchObject({ class: 'failed', failure: { kind, detail }, tip: null, bundle: null });
  expect(outcome.agentMs).toBeGreaterThan(0);
});

test('a command that is not there is one clear failure of the set-up', async () => {
  const world = new World();
  const order = world.order({ agent: { provider: 'exec', command: ['no-such-agent'] } });

  const outcome = await world.run(order);

  expect(outcome.failure?.kind).toBe('setup');
  expect(outcome.failure?.detail).toContain('no-such-agent: command not found');
});

test('a base that the repository does not have is one clear failure of the set-up', async () => {
  const world = new World();
  const order = world.order();

  const outcome = await world.run({ ...order, base: '1'.repeat(40) as typeof order.base });

  expect(outcome).toMatchObject({ class: 'failed', failure: { kind: 'setup' } });
  expect(outcome.failure?.detail).toMatch(/git fetch failed: .*not our ref 1{40}/s);
});

test('a nested repository is refused, unless it is ignored', async () => {
  const world = new World({ files: { '.gitignore': 'vendor\n' } });
  const agent = (dir: string) => shell(`echo x > x; mkdir -p ${dir}; git -C ${dir} init -q`);

  const ignored = await world.run(world.order({ issue: 1, agent: agent('vendor/dep') }));
  const nested = await world.run(world.order({ issue: 2, agent: agent('lib/dep') }));

  expect(ignored.class).toBe('succeeded');
  expect(nested).toMatchObject({ class: 'failed', failure: { kind: 'setup' } });
  expect(nested.failure?.detail).toContain('git repositories inside (lib/dep)');
});

test('work above the bound for bundles is too large', async () => {
  const world = new World({ limits: { bundleBytes: 20_000 } });
  const order = world.order({ agent: shell('head -c 60000 /dev/urandom > big') });

  const outcome = await world.run(order);

  expect(outcome).toMatchObject({ class: 'failed', failure: { kind: 'too-large' }, bundle: null });
});

test('the log holds the beginning and the end of what was printed, within its bound', async () => {
  const world = new World({ limits: { logBytes: 10_000 } });
  const order = world.order({ agent: shell('echo first; seq 1 20000; echo last; echo x > x') });

  await world.run(order);

  const path = join(world.data, 'logs', `${encodeURIComponent(order.attempt)}.log`);
  const text = readFileSync(path, 'utf8');
  expect(text).toMatch(/first\n1\n2\n.*bytes left out.*20000\nlast\n$/s);
  expect(text.length).toBeLessThan(10_200);
});

test('progress is bounded in rate and length', async () => {
  const world = new World({ limits: { progressPerSecond: 3, progressChars: 10 } });
  const order = world.order({
    agent: node(
      `console.log('x'.repeat(1e6)); for (let i = 0; i < 1000; i++) console.log(i); fs.writeFileSync('x', '')`,
    ),
  });

  await world.run(order);

  expect(world.progress[0]).toBe(`${'x'.repeat(10)}…`);
  expect(world.progress.length).toBeLessThan(100);
  expect(world.progress.at(-1)).toMatch(/lines left out/);
});

test('a second worktree needs no second fetch, so GitHub may be away', async () => {
  const world = new World();
  const order = world.order({ issue: 1 });
  await world.run(order);

  const away = { ...order.repository, cloneUrl: join(world.room, 'away.git') };
  const outcome = await world.run({ ...world.order({ issue: 2 }), repository: away });

  expect(outcome.class).toBe('succeeded');
  expect(existsSync(away.cloneUrl)).toBe(false);
});
