/** One line of a benchmark's table. */
export interface Row {
  readonly name: string;
  readonly measured: number;
  readonly unit: 'ms' | 'µs' | 'MB' | 'calls' | 'times' | '%';
  /** What it is held against: the same work done otherwise, or a limit. Null: shown only. */
  readonly against: { readonly what: string; readonly value: number } | null;
  /** Measured by what it is held against. */
  readonly ratio: number | null;
  /** The largest ratio that is good enough; null: shown only. */
  readonly goal: number | null;
}

export interface BenchResult {
  readonly name: string;
  /** What the numbers mean, in a sentence or two. */
  readonly means: string;
  readonly rows: readonly Row[];
  /** Details below the table. */
  readonly notes: readonly string[];
}

/** A measurement that must stay below a limit. */
export const limited = (row: Pick<Row, 'name' | 'measured' | 'unit'> & { readonly limit: number }): Row => {
  const { limit, ...rest } = row;
  return { ...rest, against: { what: 'limit', value: limit }, ratio: row.measured / limit, goal: 1 };
};

/** A measurement without a goal. */
export const shown = (row: Pick<Row, 'name' | 'measured' | 'unit'>): Row => ({
  ...row,
  against: null,
  ratio: null,
  goal: null,
});

/** Null: there is no goal. */
export const isMet = ({ ratio, goal }: Row): boolean | null =>
  ratio === null || goal === null ? null : ratio <= goal;
