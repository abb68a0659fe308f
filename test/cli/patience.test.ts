import { expect, test } from 'vitest';
import { patiently } from '../../src/cli/plan/patience.ts';
import { Retryable, Terminal } from '../../src/domain/errors.ts';

/** Work that fails with these, one after the other, and then succeeds; with all that is said and waited. */
async function tried(errors: readonly Error[]) {
  const left = [...errors];
  const said: string[] = [];
  const waited: number[] = [];
  const work = async (): Promise<string> => {
    const error = left.shift();
    if (error) throw error;
    return 'done';
  };
  const wait = (ms: number): void => void waited.push(ms);
  const result = await patiently(work, { tell: (line) => void said.push(line), wait }).catch(String);
  return { result, said, waited };
}

const away = (retryAfterMs?: number) =>
  new Retryable('GitHub is away', retryAfterMs === undefined ? {} : { retryAfterMs });

test('what may pass is tried again with growing pauses, as GitHub asks for them, and each is told', async () => {
  expect(await tried([away(), away(9_500), away()])).toEqual({
    result: 'done',
    said: [
      'GitHub is away; trying again in 1 s',
      'GitHub is away; trying again in 10 s',
      'GitHub is away; trying again in 4 s',
    ],
    waited: [1_000, 9_500, 4_000],
  });
});

test('what does not pass ends it: at once where no try can help or the pause is long, else after six tries', async () => {
  expect((await tried([new Terminal('no')])).waited).toEqual([]);
  expect((await tried([away(3_600_000)])).waited).toEqual([]);
  const ended = await tried(Array.from({ length: 9 }, () => away()));
  expect(ended).toMatchObject({ result: 'Retryable: GitHub is away', waited: [1e3, 2e3, 4e3, 8e3, 15e3] });
});
