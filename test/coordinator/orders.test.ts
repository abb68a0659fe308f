import { expect, test } from 'vitest';
import { orderOf } from '../../src/coordinator/orders.ts';
import type { Attempt } from '../../src/domain/attempt.ts';
import { NOTHING_KNOWN } from '../../src/domain/facts.ts';
import { anAttempt, aTask, BASE } from '../store/builders.ts';
import { Imagined, policyWith } from '../support/imagined.ts';

const MINUTE = 60_000;

/** The minutes that an attempt may take, where the policy allows an hour. */
function minutesFor(given: Partial<Attempt>): number {
  const order = orderOf({
    attempt: anAttempt(given),
    base: BASE,
    memory: { ...NOTHING_KNOWN, tasks: [aTask()] },
    policy: policyWith({ timeouts: { total: 60 } }),
    repository: new Imagined([]).world.repository,
    cloneUrl: 'https://github.com/acme/shop.git',
  });
  return order.timeouts.totalMs / MINUTE;
}

const predicted = (p90: number, samples: number) => ({ predicted: { p50: 1, mean: 2, p90, samples } });

test('an attempt may take three times what nine of ten take, once ten are known', () => {
  expect(minutesFor(predicted(8, 10))).toBe(24);
  expect(minutesFor(predicted(0.1, 10))).toBe(10);
  expect(minutesFor(predicted(8, 9))).toBe(60);
  expect(minutesFor({})).toBe(60);
});

test('the policy stays the limit, and is given to one that repeats an attempt which ran out of time', () => {
  expect(minutesFor(predicted(30, 99))).toBe(60);
  const cause = { reviews: [], retry: { after: 1, failure: 'timeout' } } as const;
  expect(minutesFor({ ...predicted(8, 99), cause })).toBe(60);
});
