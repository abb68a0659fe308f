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
