/** A measured number and when it was measured. */
export interface Sample {
  readonly value: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What some samples say of their mean and variance, newer ones counting more. */
export interface Moments {
  /** As many samples of equal weight would say as much (Kish 1965): (Σw)² / Σw². */
  readonly count: number;
  readonly mean: number;
  /** Unbiased, with reliability weights: Σw(x − mean)² / (Σw − Σw²/Σw); 0 for a single sample. */
  readonly variance: number;
}

/** A sample this many places further back counts half as much. */
const HALF_LIFE = 15;

export function momentsOf(samples: readonly Sample[]): Moments {
  if (samples.length === 0) return { count: 0, mean: 0, variance: 0 };
  let [total, squares, sum] = [0, 0, 0];
  const weighted = weigh(samples);
  for (const { weight, sample } of weighted) {
    total += weight;
    squares += weight ** 2;
    sum += weight * sample.value;
  }
  const mean = sum / total;
  let spread = 0;
  for (const { weight, sample } of weighted) spread += weight * (sample.value - mean) ** 2;
  const freedom = total - squares / total;
  return { count: total ** 2 / squares, mean, variance: freedom > 1e-9 ? spread / freedom : 0 };
}

export interface Weighted<S> {
  readonly sample: S;
  readonly weight: number;
}

/** Each sample with its weight by age. Samples of one time have the same, so that the order they came in says nothing. */
export function weigh<S extends Sample>(samples: readonly S[]): readonly Weighted<S>[] {
  const newestFirst = samples.toSorted((a, b) => b.at - a.at || a.value - b.value);
  let place = 0;
  return newestFirst.map((sample, index) => {
    if (sample.at !== newestFirst[place]?.at) place = index;
    return { sample, weight: 2 ** (-place / HALF_LIFE) };
  });
}
