import { expect, test } from 'vitest';
import { begin } from '../../src/coordinator/begin.ts';
import { Retryable, Terminal } from '../../src/domain/errors.ts';

const soon = new Retryable('away', { retryAfterMs: 10 });

/** Work that fails with these errors in turn and then succeeds, and what was told of it. */
function working(...failures: readonly (Error | null)[]) {
  const left = [...failures];
  const stopping = new AbortController();
  const told: string[] = [];
  let finish = (): void => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const given = {
    work: async () => {
      const failure = left.shift();
      if (failure) throw failure;
      if (failure === null) await new Promise(() => {});
      finish();
    },
    onFailure: (error: unknown) => void told.push(String(error)),
    signal: stopping.signal,
    patienceMs: 50,
  };
  return { given, told, stopping, done };
}

test('work that succeeds at once is done when the beginning is', async () => {
  const { given, told, done } = working();
  await begin(given);
  await done;
  expect(told).toEqual([]);
});

test('work that fails at first does not hold up the start, and is done later', async () => {
  const { given, told, done } = working(soon, soon);
  await begin(given);
  expect(told).toHaveLength(1);
  await done;
  expect(told).toHaveLength(2);
});

test('work that takes too long does not hold up the start', async () => {
  const { given } = working(null);
  await begin(given);
});

test('a first answer that no try can change is thrown; a later one is told', async () => {
  const first = working(new Terminal('no such App'));
  await expect(begin(first.given)).rejects.toThrow('no such App');
  const later = working(soon, new Terminal('no such App'));
  await begin(later.given);
  await expect.poll(() => later.told).toHaveLength(2);
  later.stopping.abort();
});

test('nothing is tried any more once it is stopped', async () => {
  const { given, told, stopping } = working(soon, soon, soon);
  await begin(given);
  stopping.abort();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(told).toHaveLength(1);
});
