import { expect, test } from 'vitest';
import { Budget } from '../../src/github/budget.ts';
import { WriteQueue } from '../../src/github/write-queue.ts';

function queueAt(clock: { now: number }) {
  const pace = {
    now: () => clock.now,
    sleep: async (ms: number) => {
      clock.now += ms;
    },
  };
  return new WriteQueue({ budget: new Budget(pace.now), pace, pausedMs: () => 0 });
}

test('no window of a minute holds more than 80 content creations, none of an hour more than 500', async () => {
  const clock = { now: 0 };
  const queue = queueAt(clock);
  const sent: number[] = [];
  const write = async () => {
    sent.push(clock.now);
  };
  await Promise.all(Array.from({ length: 900 }, () => queue.run(1, 'content', write)));
  const most = (span: number) =>
    Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + span).length));
  expect(most(60_000)).toBeLessThanOrEqual(80);
  expect(most(3_600_000)).toBeLessThanOrEqual(500);
});

test('writes go one at a time, and repositories take turns', async () => {
  const queue = queueAt({ now: 0 });
  const order: string[] = [];
  let busy = 0;
  const write = (name: string) => async () => {
    busy += 1;
    expect(busy).toBe(1);
    await Promise.resolve();
    order.push(name);
    busy -= 1;
  };
  const large = ['a1', 'a2', 'a3', 'a4'].map((name) => queue.run(1, 'plain', write(name)));
  const small = ['b1', 'b2'].map((name) => queue.run(2, 'plain', write(name)));
  await Promise.all([...large, ...small]);
  expect(order).toEqual(['a1', 'a2', 'b1', 'a3', 'b2', 'a4']);
});

test('one that fails does not hold up the next', async () => {
  const queue = queueAt({ now: 0 });
  const failing = queue.run(1, 'plain', async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await queue.run(1, 'plain', async () => 'yes')).toBe('yes');
});

test('nothing waits on a server without rate limits', async () => {
  const clock = { now: 0 };
  const sleep = async (ms: number): Promise<void> => {
    clock.now += ms;
  };
  const pace = { now: () => clock.now, sleep };
  const queue = new WriteQueue({ budget: new Budget(pace.now, 'none'), pace, pausedMs: () => 0 });
  await Promise.all(Array.from({ length: 900 }, () => queue.run(1, 'content', async () => {})));
  expect(clock.now).toBe(0);
});
