import { int, real } from './sparse.ts';

/** With fewer tasks, counting digits costs more than comparing. */
const LEAST_COUNTED = 3_000;

/**
 * Sorts tasks by a number of theirs, 1: the least first, -1: the largest first; those with the same number stay as they
 * stand to each other. Many of them by their digits (a radix sort, 16 bits at a time): ten times as fast as comparing.
 */
export function sortByNumber(tasks: Int32Array, number: Float64Array, direction: 1 | -1): Int32Array {
  if (tasks.length < LEAST_COUNTED)
    return tasks.sort((a, b) => direction * (real(number, a) - real(number, b)));
  const words = wordsOf(number, direction);
  let from: Int32Array = tasks;
  let to: Int32Array = new Int32Array(tasks.length);
  for (let digit = 0; digit < 4; digit++) {
    const count = countsOf(from, words, digit);
    if (count === null) continue;
    place(from, to, { words, digit, count });
    [from, to] = [to, from];
  }
  if (from !== tasks) tasks.set(from);
  return tasks;
}

/** The bits of each number, so changed that they rise with it (or fall): low word, then high word. */
function wordsOf(number: Float64Array, direction: 1 | -1): Uint32Array {
  const sortable = number.map((value) => direction * value + 0);
  const words = new Uint32Array(sortable.buffer);
  for (let low = 0; low < words.length; low += 2) {
    const high = words[low + 1] ?? 0;
    const isNegative = high >>> 31 === 1;
    words[low] = isNegative ? ~(words[low] ?? 0) : (words[low] ?? 0);
    words[low + 1] = isNegative ? ~high : high ^ 0x80000000;
  }
  return words;
}

/** Digits 0 to 3, the lowest first. */
const digitOf = (words: Uint32Array, task: number, digit: number): number =>
  ((words[2 * task + (digit >> 1)] ?? 0) >>> ((digit & 1) << 4)) & 0xffff;

/** How often each digit occurs; null where it is the same everywhere. */
function countsOf(tasks: Int32Array, words: Uint32Array, digit: number): Int32Array | null {
  const count = new Int32Array(0x10000);
  for (let index = 0; index < tasks.length; index++) {
    const value = digitOf(words, int(tasks, index), digit);
    count[value] = int(count, value) + 1;
  }
  const sample = digitOf(words, int(tasks, 0), digit);
  return int(count, sample) === tasks.length ? null : count;
}

function place(
  from: Int32Array,
  to: Int32Array,
  by: { readonly words: Uint32Array; readonly digit: number; readonly count: Int32Array },
): void {
  const { words, digit, count } = by;
  let start = 0;
  for (let value = 0; value < count.length; value++) {
    const size = int(count, value);
    count[value] = start;
    start += size;
  }
  for (let index = 0; index < from.length; index++) {
    const task = int(from, index);
    const value = digitOf(words, task, digit);
    const target = int(count, value);
    to[target] = task;
    count[value] = target + 1;
  }
}
