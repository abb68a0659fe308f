import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fromPs, listProcesses, startTimeOf } from '../../src/runner/process/table.ts';
import { runs, until, World, write } from './support.ts';

/** A process that a dead server would have left: a leader of its own session, started with these variables. */
function leave(env: Readonly<Record<string, string>>): number {
  const child = spawn('sleep', ['60'], {
    detached: true,
    stdio: 'ignore',
    env: { PATH: process.env.PATH, ...env },
  });
  child.unref();
  return child.pid ?? 0;
}

test('agents that outlived their server are ended at the start, found by their environment', async () => {
  const world = new World();
  const pid = leave({ HEDDLE_HOME: join(world.data, 'homes', '5', '7') });
  const stranger = leave({ HEDDLE_HOME: join(world.room, 'elsewhere', 'homes', '5', '7') });

  const count = await world.restart().cleanUp();

  expect(count).toBe(1);
  await until(() => !runs(pid));
  expect(runs(stranger)).toBe(true);
  process.kill(stranger, 'SIGKILL');
});

test('they are also found by their recorded number, but only if the start time is the same', async () => {
  const world = new World();
  const [same, other] = [leave({}), leave({})];
  const record = (issue: number, pid: number, startTime: string | null) =>
    write(`${world.worktree(issue)}.process.json`, JSON.stringify({ pid, startTime }));
  record(7, same, startTimeOf(same));
  record(8, other, '1');

  await world.restart().cleanUp();

  await until(() => !runs(same));
  expect(runs(other)).toBe(true);
  process.kill(other, 'SIGKILL');
});

test('an agent that outlived its server is ended before its worktree is used again', async () => {
  const world = new World();
  const pid = leave({ HEDDLE_HOME: join(world.data, 'homes', '5', '7') });

  const outcome = await world.run(world.order());

  expect(outcome.class).toBe('succeeded');
  await until(() => !runs(pid));
});

test('while an agent runs, its record names it', async () => {
  const world = new World();
  const file = `${world.worktree()}.process.json`;
  const script = `fs.writeFileSync('record.txt', String(JSON.parse(fs.readFileSync(${JSON.stringify(file)}, 'utf8')).pid === process.pid))`;
  const agent = { provider: 'exec', command: [process.execPath, '-e', script] } as const;

  await world.run(world.order({ agent }));

  expect(world.read('record.txt')).toBe('true');
  expect(() => readFileSync(file)).toThrow(/ENOENT/);
});

test('a record that is cut off by a crash does no harm', async () => {
  const world = new World();
  write(`${world.worktree()}.process.json`, '');
  writeFileSync(`${world.worktree()}.process.json`, '{"pid":');

  expect(await world.restart().cleanUp()).toBe(0);
  expect((await world.run(world.order())).class).toBe('succeeded');
});

test('without /proc the same processes come from ps', () => {
  const mine = fromPs().find(({ pid }) => pid === process.pid);
  const known = listProcesses().find(({ pid }) => pid === process.pid);

  expect(mine).toMatchObject({ parent: process.ppid, group: known?.group });
  expect(mine?.startTime).toMatch(/\d\d:\d\d:\d\d \d{4}$/);
});
