import { ints, reals } from '../graph/arrays.ts';
import { int, real } from '../graph/sparse.ts';
import type { ReadyPlaces } from './stage.ts';

/**
 * Places in a row, each empty or with a set of bits and some amounts; finds the first place from a given one on that
 * shares a bit with what is asked for and has no amount above a limit. A tree over the places keeps the union of the
 * bits and the least amounts below each node: with one amount a search takes logarithmic time, with several it may
 * look into a branch for nothing.
 */
export class FitTree implements ReadyPlaces {
  private readonly leaves: number;
  private readonly width: number;
  private readonly bits: Int32Array;
  private readonly least: Float64Array;

  constructor({ size, width }: { readonly size: number; readonly width: number }) {
    this.leaves = 2 ** Math.ceil(Math.log2(Math.max(1, size)));
    this.width = width;
    this.bits = ints(2 * this.leaves);
    this.least = reals(2 * this.leaves * width).fill(Number.POSITIVE_INFINITY);
  }

  set(place: number, bits: number, amounts: Float64Array): void {
    const leaf = this.leaves + place;
    this.bits[leaf] = bits;
    for (let index = 0; index < this.width; index++)
      this.least[leaf * this.width + index] = real(amounts, index);
    this.climb(leaf >> 1);
  }

  clear(place: number): void {
    const leaf = this.leaves + place;
    this.bits[leaf] = 0;
    this.least.fill(Number.POSITIVE_INFINITY, leaf * this.width, (leaf + 1) * this.width);
    this.climb(leaf >> 1);
  }

  /** The first place that fits, from the given one on; or -1. */
  first(from: number, wanted: number, limits: Float64Array): number {
    if (from >= this.leaves) return -1;
    let node = this.leaves + from;
    for (;;) {
      if (this.fits(node, wanted, limits)) {
        if (node >= this.leaves) return node - this.leaves;
        node *= 2;
        continue;
      }
      // To the next node on the right: as far up as this one is the right child.
      while ((node & 1) === 1) node >>= 1;
      if (node === 0) return -1;
      node++;
    }
  }

  private fits(node: number, wanted: number, limits: Float64Array): boolean {
    if ((int(this.bits, node) & wanted) === 0) return false;
    for (let index = 0; index < this.width; index++)
      if (real(this.least, node * this.width + index) > real(limits, index)) return false;
    return true;
  }

  /** Renews the nodes above a leaf, as far as anything changes. */
  private climb(from: number): void {
    for (let node = from; node > 0; node >>= 1) {
      const union = int(this.bits, 2 * node) | int(this.bits, 2 * node + 1);
      const same = union === int(this.bits, node);
      this.bits[node] = union;
      if (!this.renewAmounts(node) && same) return;
    }
  }

  private renewAmounts(node: number): boolean {
    const { width, least } = this;
    let changed = false;
    for (let index = 0; index < width; index++) {
      const left = real(least, 2 * node * width + index);
      const right = real(least, (2 * node + 1) * width + index);
      const less = left < right ? left : right;
      if (less === real(least, node * width + index)) continue;
      least[node * width + index] = less;
      changed = true;
    }
    return changed;
  }
}
