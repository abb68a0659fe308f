import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../src/store/open.ts';
import { anAttempt, anOutcome, aStartedRun, MINUTE, NOON, RUN } from '../store/builders.ts';
import { recordIn } from '../store/temp.ts';
import { Desk, refusal } from './command.ts';

let desk: Desk;
let server: Store;

/** The data folder `.heddle` of a server that is at work. */
beforeAll(async () => {
  desk = await Desk.opens();
  server = await openStore({ dataDir: join(desk.folder, '.heddle'), now: () => NOON });
});

afterAll(async () => {
  await server.close();
  await desk.closes();
});

async function work(count: number): Promise<void> {
  await recordIn(server, aStartedRun(Array.from({ length: count }, (_, at) => at + 1)));
  for (let issue = 1; issue <= count; issue++) {
    const { id } = anAttempt({ runId: RUN, issue });
    const { fence } = await server.takeLease(id, NOON, MINUTE);
    await server.markStarted(id, fence, NOON - 3 * MINUTE);
    await server.finish(id, fence, anOutcome(id, fence));
  }
  const predicted = { p50: 4, p90: 8, mean: 5, samples: count };
  const attempt = anAttempt({ issue: 1, number: 2, predicted });
  await recordIn(server, [{ kind: 'add-attempt', attempt }]);
  const { fence } = await server.takeLease(attempt.id, NOON, MINUTE);
  await server.finish(attempt.id, fence, anOutcome(attempt.id, fence));
}

describe('heddle report', () => {
  test('says that nothing is recorded yet, while the server has the folder', async () => {
    const { exitCode, stdout, stderr } = await desk.runs(['report']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('Nothing is recorded yet');
    expect((await desk.runs(['report', '--estimates'])).stdout).toContain('nothing to compare yet');
  });

  test('shows what was done, and what was predicted of it', async () => {
    await work(3);
    expect((await desk.runs(['report'])).stdout).toMatch(/Attempts +4: 4 succeeded/);
    expect((await desk.runs(['report', '--estimates'])).stdout).toMatch(/all +1 +4 min +3 min +100 %/);
    const { stdout, exitCode } = await desk.runs(['report', '--estimates', '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ estimates: { predicted: 1, unpredicted: 3 } });
    expect(JSON.parse((await desk.runs(['report', '--json'])).stdout)).toMatchObject({
      summary: { attempts: { all: 4, successRate: 1 }, cost: null },
    });
  });

  test('refuses in one line a folder without a database, and options that it does not have', async () => {
    const empty = join(desk.folder, 'empty');
    await mkdir(empty);
    expect(refusal(await desk.runs(['report'], { HEDDLE_DATA_DIR: empty }))).toMatch(
      /There is no database in .*empty.*HEDDLE_DATA_DIR/,
    );
    const file = await desk.keeps('no-folder', 'text');
    expect(refusal(await desk.runs(['report'], { HEDDLE_DATA_DIR: file }))).toContain('no-folder');
    await rm(empty, { recursive: true });
    expect(refusal(await desk.runs(['report', '--estimate', 'all']))).toMatch(
      /no option --estimate \(did you mean --estimates\?\); it takes no "all"/,
    );
    expect(refusal(await desk.runs(['report', '--json=yes']))).toContain('takes no value after --json');
    expect((await desk.runs(['report', '--help'])).stdout).toContain('heddle report [--estimates] [--json]');
  });
});
