import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProcess } from '../../src/runner/process/run.ts';
import { node, pidIn, runs, shell, World } from './support.ts';

/** Starts a process that leaves group and session, ignores TERM and holds the outputs open. */
const DETACHED = `const { spawn } = require('node:child_process');
  const script = "process.on('SIGTERM', () => {}); require('fs').writeFileSync('../pid', String(process.pid)); setInterval(() => {}, 1e6)";
  spawn(process.execPath, ['-e', script], { detached: true, stdio: 'inherit' }).unref();
  const wait = setInterval(() => { if (fs.existsSync('../pid')) { clearInterval(wait); end(); } }, 10);`;

const pidFile = (world: World) => join(world.worktree(), '..', 'pid');

test('a detached grandchild that ignores TERM is ended with its agent, and holds nothing up', async () => {
  const world = new World();
  const order = world.order({
    agent: node(`${DETACHED} function end() { fs.writeFileSync('x', ''); process.exit(0); }`),
  });

  const outcome = await world.run(order);

  expect(outcome.class).toBe('succeeded');
  expect(runs(await pidIn(pidFile(world)))).toBe(false);
  expect(outcome.agentMs).toBeLessThan(30_000);
});

test('an agent that does not end is ended with all that it started', async () => {
  const world = new World();
  const agent = node(`${DETACHED} function end() {} setInterval(() => console.log('tick'), 50)`);
  const order = world.order({ agent, timeouts: { totalMs: 1_500, idleMs: 1_000 } });

  const outcome = await world.run(order);

  expect(outcome).toMatchObject({ class: 'timed-out', failure: { kind: 'timeout' } });
  expect(outcome.failure?.detail).toContain('The agent did not end within 1.5 seconds.');
  expect(runs(await pidIn(pidFile(world)))).toBe(false);
});

test('an agent that says nothing for too long is ended', async () => {
  const world = new World();
  const order = world.order({
    agent: shell('echo hello; sleep 60'),
    timeouts: { totalMs: 20_000, idleMs: 400 },
  });

  const outcome = await world.run(order);

  expect(outcome).toMatchObject({ class: 'timed-out', failure: { kind: 'idle-timeout' } });
  expect(outcome.failure?.detail).toBe('The agent printed nothing for 0.4 seconds.\n\nhello');
});

test('a stopped attempt is cancelled and leaves nothing running', async () => {
  const world = new World();
  const stop = new AbortController();
  const running = world.run(world.order({ agent: shell('echo $$ > ../pid; sleep 60 & sleep 60') }), stop);
  const pid = await pidIn(pidFile(world));

  stop.abort();
  const outcome = await running;

  expect(outcome).toMatchObject({ class: 'cancelled', failure: null });
  expect(runs(pid)).toBe(false);
});

test('an attempt that is stopped before its turn never begins', async () => {
  const world = new World({ limits: { permits: 1 } });
  const [first, second] = [new AbortController(), new AbortController()];
  const running = world.run(world.order({ agent: shell('echo $$ > ../pid; sleep 60') }), first);
  await pidIn(pidFile(world));
  const waiting = world.run(world.order({ issue: 8 }), second);

  second.abort();
  const outcome = await waiting;
  first.abort();
  await running;

  expect(outcome.class).toBe('cancelled');
  expect(existsSync(world.worktree(8))).toBe(false);
});

test('an agent that reads no input and prints a lot is no problem', async () => {
  const world = new World();
  const agent = shell('exec <&-; seq 1 200000; echo x > x');

  const outcome = await world.run(world.order({ agent, prompt: 'p'.repeat(1_000_000) }));

  expect(outcome.class).toBe('succeeded');
});

test('a command that cannot be written down, on a full disk, is ended at once', async () => {
  let pid = 0;
  const running = runProcess({
    command: ['sleep', '600'],
    cwd: '/',
    env: { PATH: process.env.PATH ?? '' },
    input: '',
    totalMs: 60_000,
    idleMs: null,
    signal: new AbortController().signal,
    marker: { name: 'NO_SUCH_MARKER', matches: () => false },
    killAfterMs: 500,
    drainMs: 100,
    onStart: (root) => {
      pid = root.pid;
      throw new Error('no space left on device');
    },
    onOutput: () => {},
  });

  await expect(running).rejects.toThrow('no space left on device');
  expect(pid).toBeGreaterThan(0);
  expect(runs(pid)).toBe(false);
});
