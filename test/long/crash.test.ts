import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { WholeRun } from '../support/whole-run.ts';

const reference = await undisturbed();

describe.concurrent('a server that is killed leaves the same world as one that is not', () => {
  test.for(reference.points)('%s', async (point, { onTestFailed }) => {
    let deaths = 0;
    onTestFailed(({ task }) => console.log(`${point}: ${task.result?.errors?.map(told).join('\n')}`));
    const end = await WholeRun.goes({ dieAt: [point] }, (run) => {
      deaths = run.deaths;
    });
    expect(end).toEqual(reference.end);
    // Two runs need not take the same passes: a point of the one may not be one of the other.
    if (deaths === 0) console.log(`not reached: ${point}`);
  });

  test.for([1, 2, 3, 4, 5, 6, 7, 8])('at three moments that chance picks, seed %i', async (seed) => {
    const end = await WholeRun.goes({ during: (run) => run.killsAtRandom({ seed, times: 3 }) });
    expect(end).toEqual(reference.end);
  });
});

/** At once: the whole takes so long that nobody waits for its end to learn of a failure. */
const told = ({
  message,
  diff = '',
}: {
  readonly message: string;
  readonly diff?: string | undefined;
}): string => `${message}\n${diff}`;

/** A run that nobody kills, and every event of it. */
async function undisturbed() {
  const folder = await mkdtemp(join(tmpdir(), 'heddle-trace-'));
  const file = join(folder, 'events.txt');
  const end = await WholeRun.goes({ env: { HEDDLE_TRACE_FILE: file } });
  const points = (await readFile(file, 'utf8')).trim().split('\n');
  await rm(folder, { recursive: true });
  return { end, points };
}
