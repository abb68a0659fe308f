/** The generator of random numbers of Taillard (1993), after Bratley, Fox and Schrage (1983): 16807 x mod 2^31 - 1. */
export class Lehmer {
  private state: number;

  /** `seed`: 1 to 2^31 - 2. */
  constructor(seed: number) {
    this.state = seed;
  }

  /** Between 0 and 1. */
  next(): number {
    this.state = (this.state * 16_807) % MODULUS;
    return this.state / MODULUS;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return Math.floor(least + this.next() * (most - least + 1));
  }

  shuffled<T>(list: readonly T[]): T[] {
    const keyed = list.map((item) => ({ item, key: this.next() }));
    return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  }
}

const MODULUS = 2 ** 31 - 1;
