import type { Instance } from '../graph/instance.ts';
import { real } from '../graph/sparse.ts';

/** Where all minutes are whole numbers, so is the length of every shortest schedule: the bound may be rounded up. */
export function roundedUp(bound: number, { duration, release, count }: Instance): number {
  for (let task = 0; task < count; task++)
    if (!Number.isInteger(real(duration, task)) || !Number.isInteger(real(release, task))) return bound;
  return Math.max(0, Math.ceil(bound - 1e-6));
}
