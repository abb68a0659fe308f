/*
 * New typed arrays. Every 64 MB of them make the garbage collector walk everything that is alive, at a million tasks the
 * whole request, four times a plan: a third of the plan's time, to find nothing. Shared memory is freed like any other but
 * does not count towards that; so that repeated plans do not pile it up, a plan uses again what the one before it used,
 * unless it was freed in between.
 */

export const ints = (length: number): Int32Array =>
  isCommon(length) ? new Int32Array(length) : new Int32Array(takeBlock(4 * length), 0, length);

export const reals = (length: number): Float64Array =>
  isCommon(length) ? new Float64Array(length) : new Float64Array(takeBlock(8 * length), 0, length);

/** Numbers without a sign. */
export const counts = (length: number): Uint32Array =>
  isCommon(length) ? new Uint32Array(length) : new Uint32Array(takeBlock(4 * length), 0, length);

export function copied(numbers: Int32Array): Int32Array {
  const copy = ints(numbers.length);
  copy.set(numbers);
  return copy;
}

/** Large arrays that are made while this works are used again later: nothing that it answers may hold one. */
export function reusingArrays<T>(work: () => T): T {
  if (taken !== null) return work();
  taken = [];
  try {
    return work();
  } finally {
    if (taken.length > 0) spare = new WeakRef([...(spare.deref() ?? []), ...taken]);
    taken = null;
  }
}

/** With fewer numbers, an array is a common one. */
const LARGE = 2 ** 19;
const MEGABYTE = 2 ** 20;

/** What was taken by the plan that is being made. */
let taken: SharedArrayBuffer[] | null = null;
let spare = new WeakRef<SharedArrayBuffer[]>([]);

const isCommon = (length: number): boolean => taken === null || length < LARGE;

/** All zeros. Whole megabytes, so that arrays of nearly the same length fit into the same block. */
function takeBlock(bytes: number): SharedArrayBuffer {
  const size = MEGABYTE * Math.ceil(bytes / MEGABYTE);
  const blocks = spare.deref() ?? [];
  const known = blocks.findIndex(({ byteLength }) => byteLength === size);
  const [block = new SharedArrayBuffer(size)] = known < 0 ? [] : blocks.splice(known, 1);
  if (known >= 0) new Float64Array(block).fill(0);
  taken?.push(block);
  return block;
}
