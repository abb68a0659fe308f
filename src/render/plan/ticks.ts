/** What takes less has no chart: its numbers would leave the range in which they are exact. */
export const LEAST_MINUTES = 1e-6;

/** Times between which a chart may have its marks; minutes. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1_440];

/** Times from 0 to the end at round distances, at most so many; minutes. */
export function ticks(end: number, most: number): readonly number[] {
  const step = stepFor(end, Math.max(1, most));
  if (end < LEAST_MINUTES) return [0];
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
}

function stepFor(end: number, most: number): number {
  const known = STEPS.find((step) => end / step <= most);
  // Below a minute by tenths, beyond a day by doubling.
  let step = known ?? 1_440;
  while (known === undefined && end / step > most) step *= 2;
  while (known === 1 && end / (step / 10) <= most && step > 1e-3) step /= 10;
  return step;
}
