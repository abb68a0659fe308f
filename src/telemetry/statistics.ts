export const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

/** NaN of nothing, like `quantile`. */
export const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length;

/** Interpolated between neighbours (Hyndman and Fan 1996, type 7). */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN];
  return low + (high - low) * (place - Math.floor(place));
}

/** Between which shares the true one lies with 95 % confidence, where `hits` of `all` were seen (Wilson 1927). */
export function shareRange(hits: number, all: number): { readonly from: number; readonly to: number } {
  const z = 1.959964;
  const share = hits / all;
  const middle = (share + z ** 2 / (2 * all)) / (1 + z ** 2 / all);
  const half = (z / (1 + z ** 2 / all)) * Math.sqrt((share * (1 - share)) / all + z ** 2 / (4 * all ** 2));
  return { from: Math.max(0, middle - half), to: Math.min(1, middle + half) };
}
