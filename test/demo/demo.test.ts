import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DemoProcess } from './demo-process.ts';

let demo: DemoProcess;

beforeEach(async () => {
  demo = await DemoProcess.prepares();
});

afterEach(async () => {
  await demo.isTidiedUp();
});

test('the demo explains itself, and refuses what it does not know', async () => {
  expect(await demo.runs('--help')).toMatchObject({ exitCode: 0 });
  const { exitCode, all } = await demo.runs('--kep');
  expect(exitCode).toBe(2);
  expect(all).toContain("Unknown option '--kep'");
});

test('where something does not land, the demo says what and exits with 1', async () => {
  const running = demo.runs();
  running.all.on('data', (chunk: Buffer) => {
    if (chunk.toString().includes('issues "parallel"'))
      for (const pid of childrenOf(running.pid)) process.kill(pid);
  });
  const { exitCode, all } = await running;
  expect(all).toMatch(
    /The demo failed: the App ended by itself\. Not landed:\n {2}#1 Split a text into words: /,
  );
  expect(all).toMatch(/The App's log: .*app\.log/);
  expect(exitCode).toBe(1);
});

/** The App is the demo's only child that lasts. */
function childrenOf(pid = 0): readonly number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

test('the demo can be stopped in the middle, and leaves nothing behind', async () => {
  const running = demo.runs();
  running.all.on('data', (chunk: Buffer) => {
    if (chunk.toString().includes('labels')) running.kill('SIGINT');
  });
  const { exitCode, all } = await running;
  expect(all).toContain('HEDDLE_SANDBOX=none');
  expect(exitCode).toBe(130);
  expect(await demo.leftovers()).toEqual([]);
});
