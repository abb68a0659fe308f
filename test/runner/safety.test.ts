import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { Retryable } from '../../src/domain/errors.ts';
import { HttpOrigin } from './http-origin.ts';
import { gitIn, shell, World, write } from './support.ts';

const TOKEN = 'ghs_0123456789abcdefTOKEN';
const servers: HttpOrigin[] = [];

afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) server.close();
});

/** A world whose repository wants the token over HTTP. */
async function guardedWorld(): Promise<{ world: World; server: HttpOrigin; cloneUrl: string }> {
  const world = new World({ credentials: async () => ({ username: 'x-access-token', token: TOKEN }) });
  const server = new HttpOrigin(world.origin.bare, TOKEN);
  servers.push(server);
  return { world, server, cloneUrl: await server.listen('origin.git') };
}

/** Command lines of all processes as the machine shows them to everybody. */
const commandLines = (): string =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => readOr(`/proc/${pid}/cmdline`).replaceAll('\0', ' '))
    .join('\n');

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

test('a token fetches, and stands in no arguments, no file and no environment but git’s own', async () => {
  const { world, server, cloneUrl } = await guardedWorld();
  const seen: string[] = [];
  server.onRequest = () => void seen.push(commandLines());
  const order = world.order({ agent: shell('env > env.txt'), verify: ['env'] });

  const outcome = await world.run({ ...order, repository: { ...order.repository, cloneUrl } });

  const secret = new RegExp(`${TOKEN}|${Buffer.from(`x-access-token:${TOKEN}`).toString('base64')}`);
  expect(outcome.class).toBe('succeeded');
  expect(seen.join('\n')).toContain(`fetch --quiet`);
  expect(seen.join('\n')).not.toMatch(secret);
  expect(world.read('env.txt') + (outcome.verify[0]?.tail ?? '')).not.toMatch(secret);
  for (const file of filesIn(world.data)) expect(readOr(file)).not.toMatch(secret);
});

const filesIn = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test('a wrong token is one clear failure of the set-up', async () => {
  const { world, cloneUrl } = await guardedWorld();
  const order = world.order();
  const runner = new World({ credentials: async () => null });

  const outcome = await runner.run({ ...order, repository: { ...order.repository, cloneUrl } });

  expect(outcome).toMatchObject({ class: 'failed', failure: { kind: 'setup' } });
  expect(outcome.failure?.detail).toMatch(/git fetch failed: .*could not read Username/s);
});

test('agents, hooks and checks see the allowed variables only, and never a token of GitHub or git’s own', async () => {
  const allowed = ['MODEL_KEY', 'GITHUB_TOKEN', 'GH_TOKEN', 'GIT_DIR', 'COPILOT_GITHUB_TOKEN', 'HEDDLE_HOME'];
  for (const name of [...allowed, 'OTHER']) vi.stubEnv(name, `value of ${name}`);
  vi.stubEnv('LC_TIME', 'C');
  const world = new World({ envAllow: allowed });
  const names = 'env | cut -d= -f1 | sort | tr "\\n" " "';
  const hooks = { afterCreate: [], beforeRun: [`${names} > hook.txt`], afterRun: [], beforeRemove: [] };

  const outcome = await world.run(
    world.order({ agent: shell(`${names} > agent.txt`), hooks, verify: [names] }),
  );

  const wanted = [
    'HEDDLE_ATTEMPT',
    'HEDDLE_HOME',
    'HEDDLE_ISSUE',
    'HEDDLE_KIND',
    'HEDDLE_PROMPT_FILE',
    'HOME',
    'MODEL_KEY',
    'PATH',
    'PWD',
  ];
  const ours = (text: string) =>
    text.split(' ').filter((name) => !/^(LANG|LC_\w+|TERM|TZ|OLDPWD|_)?$/.test(name));
  expect(ours(world.read('agent.txt'))).toEqual(wanted);
  expect(ours(world.read('hook.txt'))).toEqual(wanted);
  expect(ours(outcome.verify[0]?.tail ?? '')).toEqual(wanted);
  expect(world.read('agent.txt')).toContain('LC_TIME');
});

test('the value of an allowed variable is hidden in what leaves the machine', async () => {
  vi.stubEnv('MODEL_KEY', 'sk-very-secret');
  const world = new World({ envAllow: ['MODEL_KEY'] });

  const outcome = await world.run(world.order({ agent: shell('echo "key is $MODEL_KEY"; exit 1') }));

  expect(world.progress).toEqual(['key is [MODEL_KEY]']);
  expect(outcome.failure?.detail).toContain('key is [MODEL_KEY]');
});

const HOSTILE: readonly (readonly [string, string])[] = [
  [
    'a hook in the mirror',
    'mkdir -p $G/hooks; printf "#!/bin/sh\\ntouch $R" > $G/hooks/pre-commit; cp $G/hooks/pre-commit $G/hooks/reference-transaction; chmod +x $G/hooks/*',
  ],
  [
    'a file system monitor',
    'git config core.fsmonitor "touch $R; false"; git config --global core.fsmonitor "touch $R"',
  ],
  [
    'a filter driver',
    'git config filter.x.clean "touch $R; cat"; git config filter.x.smudge "touch $R; cat"; echo "* filter=x" > .gitattributes',
  ],
  [
    'an included config',
    'printf "[filter \\"x\\"]\\nclean = touch $R; cat\\n" > ../inc; git config include.path $PWD/../inc; echo "* filter=x" > .gitattributes',
  ],
  [
    'a config of the worktree',
    'git config extensions.worktreeConfig true; git config --worktree filter.x.clean "touch $R; cat"; echo "* filter=x" > .gitattributes',
  ],
  ['a signing program', 'git config gpg.program "touch $R"; git config commit.gpgsign true'],
  [
    'a replaced .git file',
    'rm .git; git init -q; git config filter.x.clean "touch $R; cat"; echo "* filter=x" > .gitattributes',
  ],
  [
    'a redirected common directory',
    'git init -q --bare ../other; git -C ../other config filter.x.clean "touch $R; cat"; echo "$PWD/../other" > $(git rev-parse --git-dir)/commondir; echo "* filter=x" > .gitattributes',
  ],
];

test.each(HOSTILE)('what an agent leaves does not make our git run its code: %s', async (_what, script) => {
  const world = new World();
  const ran = join(world.room, 'ran');
  const prefix = `R=${ran}; G=$(git rev-parse --git-common-dir); touch README.md; echo x > x.txt;`;
  const order = world.order({ agent: shell(`${prefix} ${script}; rm -f ${ran}`), verify: ['true'] });

  const outcome = await world.run(order);
  const next = await world.run(world.order({ number: 2, kind: 'review', verify: ['true'] }));

  expect(outcome.changedPaths).toContain('x.txt');
  expect([outcome.class, next.class]).toEqual(['succeeded', 'succeeded']);
  expect(existsSync(ran)).toBe(false);
});

test('ignore rules and index flags that an agent sets outside of the tree hide nothing', async () => {
  const world = new World();
  const script = `G=$(git rev-parse --git-common-dir); mkdir -p $G/info; echo 'secret*' > $G/info/exclude
    git update-index --assume-unchanged README.md; echo changed > README.md; echo x > secret.txt`;

  const outcome = await world.run(world.order({ agent: shell(script) }));

  expect(outcome.changedPaths).toEqual(['README.md', 'secret.txt']);
});

test('an agent that removes its worktree is a failure, and so is a data directory that cannot be written', async () => {
  const world = new World();

  const gone = await world.run(world.order({ agent: shell('rm -rf "$PWD"') }));
  symlinkSync('/proc/nowhere', join(world.data, 'worktrees', '6'));
  const order = world.order();
  const refused = await world.run({ ...order, repository: { ...order.repository, id: 6 } });

  expect(gone.failure).toEqual({
    kind: 'setup',
    detail: 'The worktree is gone: something that ran in it has removed it.',
  });
  expect(refused).toMatchObject({ class: 'failed', failure: { kind: 'setup' } });
});

test('a machine without git says so', async () => {
  const world = new World();
  const order = world.order();
  vi.stubEnv('PATH', '/nowhere');

  const outcome = await world.run(order);

  expect(outcome.failure?.detail).toMatch(/^git was not found/);
});

test('a merge that an agent has left half done is not what the runner commits', async () => {
  const world = new World();
  const script = `git commit -q --allow-empty -m aside; git checkout -q -b aside; echo 1 > x.txt; git add x.txt
    git commit -q -m one; git checkout -q -; git merge -q --no-commit --no-ff aside`;

  const outcome = await world.run(world.order({ agent: shell(script) }));

  expect(outcome).toMatchObject({ class: 'succeeded', changedPaths: ['x.txt'] });
  const parents = gitIn(world.mirror, 'rev-list', '--parents', '-n1', String(outcome.tip));
  expect(parents.trim()).toBe(`${outcome.tip} ${world.origin.head()}`);
});

test('a link in the place of the worktree’s git directory leads nothing astray', async () => {
  const world = new World();
  const precious = join(world.room, 'precious');
  write(join(precious, 'book.txt'), 'words\n');
  const script = `G=$(git rev-parse --git-dir); echo 1 > x.txt; rm -rf "$G"; ln -s ${precious} "$G"`;

  const outcome = await world.run(world.order({ agent: shell(script) }));

  expect(outcome.class).toBe('succeeded');
  expect(readFileSync(join(precious, 'book.txt'), 'utf8')).toBe('words\n');
});

test('files that differ in their line ends alone are nothing to commit', async () => {
  const world = new World({ files: { '.gitattributes': '* text=auto\n', 'a.txt': 'one\ntwo\n' } });

  const outcome = await world.run(world.order({ agent: shell('printf "one\\r\\ntwo\\r\\n" > a.txt') }));

  expect(outcome).toMatchObject({ class: 'failed', failure: { kind: 'empty-diff' }, tip: null });
});

test('the operator’s proxy leads the runner’s git to GitHub, and no agent to anywhere', async () => {
  const { world, cloneUrl } = await guardedWorld();
  vi.stubEnv('http_proxy', new URL(cloneUrl).origin);
  vi.stubEnv('no_proxy', 'localhost');
  const order = world.order({ agent: shell('env > env.txt') });
  const far = { ...order.repository, cloneUrl: 'http://github.invalid/origin.git' };

  const outcome = await world.run({ ...order, repository: far });

  expect(outcome.class).toBe('succeeded');
  expect(world.read('env.txt')).not.toMatch(/proxy/i);
});

test('while GitHub is away the fetch is tried again, and its end is no fault of the task', async () => {
  const credentials = vi.fn(async () => ({ username: 'x-access-token', token: TOKEN }));
  credentials.mockRejectedValueOnce(new Retryable('GitHub answered 503'));
  const world = new World({ credentials, limits: { fetchPausesMs: [10] } });
  const order = world.order();
  const away = { ...order.repository, cloneUrl: 'http://127.0.0.1:9/origin.git' };

  const outcome = await world.run({ ...order, repository: away });
  credentials.mockRejectedValueOnce(new Retryable('GitHub answered 503'));
  const next = await world.run(world.order({ number: 2 }));

  expect(outcome).toMatchObject({ class: 'failed', failure: { kind: 'unreachable' } });
  expect(outcome.failure?.detail).toMatch(/git fetch failed: .*connect/is);
  expect(next.class).toBe('succeeded');
});
