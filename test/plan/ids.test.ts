import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planNow } from '../../src/plan/plan-now.ts';
import { numberIds } from '../../src/plan/request/number-ids.ts';
import { processorMs } from '../support/processor-time.ts';

const id = fc.oneof(
  fc.nat(300),
  fc.nat(300).map(String),
  fc.nat(3_000).map((number) => `task-${number}`),
  fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('a', 'b', 'é', '\0', '0') }),
  fc.constantFrom(-1, 1.5, '01', '1e3', '\u{1f600}x', '\ud83d', 'x'.repeat(400)),
);

it('numbers any ids by their order, each once, and finds these and no others', () => {
  fc.assert(
    fc.property(fc.array(id, { minLength: 1, maxLength: 60 }), fc.array(id), (given, others) => {
      const { ids, numbers, numberOf } = numberIds(given.map((one) => ({ id: one })));
      expect(ids).toEqual([...new Set(given.map(String))].sort(naturally));
      expect(Array.from(numbers, (number) => ids[number])).toEqual(given.map(String));
      for (const one of [...given, ...others]) expect(numberOf(one)).toBe(ids.indexOf(String(one)));
    }),
    { numRuns: 1000 },
  );
});

const isNumber = (text: string): boolean => /^(0|[1-9]\d{0,14})$/.test(text);

function naturally(a: string, b: string): number {
  if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
  return a < b ? -1 : 1;
}

it('takes no longer over ids that were chosen to have one hash', () => {
  const tasks = colliding(15).map((text, index, all) => ({ id: text, deps: all.slice(index - 1, index) }));
  const before = process.cpuUsage();
  expect(planNow({ tasks, workers: 4 }).order).toHaveLength(2 ** 15);
  expect(processorMs(before)).toBeLessThan(3_000);
});

/** Texts with the same hash of multiplying without a secret: one of two pairs of letters at each place (Joux 2004). */
function colliding(places: number): string[] {
  let texts = [''];
  let state = 2 * places;
  for (let place = 0; place < places; place++) {
    const pairs = collidingPairs(state);
    texts = texts.flatMap((text) => pairs.map((pair) => text + pair));
    state = hashed(pairs[0] ?? '', state);
  }
  return texts;
}

function collidingPairs(state: number): readonly string[] {
  const firstWith = new Map<number, number>();
  for (let first = 0; first < 0x10000; first++) {
    const after = hashed(String.fromCharCode(first), state);
    const other = firstWith.get(after >>> 16);
    // The upper halves are the same: the second letters make up for the lower ones.
    if (other === undefined) firstWith.set(after >>> 16, first);
    else {
      const second = (hashed(String.fromCharCode(other), state) ^ after) & 0xffff;
      return [String.fromCharCode(first, 0), String.fromCharCode(other, second)];
    }
  }
  throw new Error('there is no such pair');
}

function hashed(text: string, state: number): number {
  let hash = state;
  for (let place = 0; place < text.length; place++)
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x5bd1e995);
  return hash;
}
