import { afterEach, beforeEach, expect, test } from 'vitest';
import { DemoProcess } from '../demo/demo-process.ts';

let demo: DemoProcess;

beforeEach(async () => {
  demo = await DemoProcess.prepares();
});

afterEach(async () => {
  await demo.isTidiedUp();
});

test('everything that the demo asks for lands, and it tells how', async () => {
  const { exitCode, all } = await demo.runs();
  expect(exitCode, all).toBe(0);
  expect(all).toContain('Cut a list into pieces: running, attempt 2');
  expect(all).toContain('cleo asks for a change');
  expect(all).toMatch(/(Initials of a name|Turn titles into links): running, attempt 2 conflict/);
  expect(all).toContain('10 of 10 landed');
  expect(all).toContain('2 of 2 landed');
  expect(all.match(/^\* [0-9a-f]{7,} .* \(#\d+\)$/gm)).toHaveLength(12);
  expect(all).toMatch(/Side by side it was \d+\.\d times as fast/);
  expect(await demo.leftovers()).toEqual([]);
});

test('with --keep, box and App answer until they are stopped', async () => {
  const running = demo.runs('--keep');
  const said: string[] = [];
  for await (const line of running.iterable({ from: 'all' })) {
    said.push(line);
    if (!line.includes('/ping')) continue;
    const [ping] = /http:\S+ping/.exec(line) ?? [];
    expect((await fetch(ping ?? '')).ok).toBe(true);
    running.kill('SIGINT');
  }
  expect(said.join('\n')).toContain('git clone http://127.0.0.1:');
  expect((await running).exitCode).toBe(0);
  expect(await demo.leftovers()).toEqual([]);
});
