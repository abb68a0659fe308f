import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { WholeRun } from '../support/whole-run.ts';

const reference = await undisturbed();

describe.concurrent('a server that is killed leaves the same world as one that is not', () => {
  test.each(reference.points)('%s', async (point) => {
    let deaths = 0;
    const end = await WholeRun.goes({ dieAt: [point] }, (run) => {
      deaths = run.deaths;
    });
    expect(end).toEqual(reference.end);
    // Two runs need not take the same passes: a point of the one may not be one of the other.
    if (deaths === 0) console.log(`not reached: ${point}`);
  });
});

/** A run that nobody kills, and every event of it. */
async function undisturbed() {
  const folder = await mkdtemp(join(tmpdir(), 'heddle-trace-'));
  const file = join(folder, 'events.txt');
  const end = await WholeRun.goes({ env: { HEDDLE_TRACE_FILE: file } });
  const points = (await readFile(file, 'utf8')).trim().split('\n');
  await rm(folder, { recursive: true });
  return { end, points };
}
