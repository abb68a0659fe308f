import { int } from '../graph/sparse.ts';

const SIZE = 2 ** 16;

/** Pairs that must not come back before a certain step. Few are alive at a time, so a shared place does little harm. */
export class Tabus {
  private readonly until = new Int32Array(SIZE);

  add(a: number, b: number, until: number): void {
    this.until[placeOf(a, b)] = until;
  }

  has(a: number, b: number, step: number): boolean {
    return int(this.until, placeOf(a, b)) > step;
  }

  clear(): void {
    this.until.fill(0);
  }
}

const placeOf = (a: number, b: number): number =>
  ((Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 9) & (SIZE - 1);
