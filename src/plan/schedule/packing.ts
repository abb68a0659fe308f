import { real } from '../graph/sparse.ts';

/*
 * Small whole amounts of several resources side by side in the bits of one number, with a bit between them that catches
 * what is borrowed: whether a need fits is one subtraction, and one look at the bits between.
 */
export interface Packing {
  /** All that there is. */
  readonly full: number;
  /** The bits between. */
  readonly guards: number;
  pack(need: Amounts): number;
}

interface Amounts {
  readonly columns: Int32Array;
  readonly amounts: Float64Array;
}

/** The sign is left alone. */
const MOST_BITS = 31;

interface Field {
  readonly unit: number;
  readonly shift: number;
  readonly full: number;
  readonly guard: number;
}

/** Null where the amounts are no multiples of something whole, or too large. `needs`: all that occur. */
export function packingFor(limits: Float64Array, needs: readonly Amounts[]): Packing | null {
  const fields: Field[] = [];
  let shift = 0;
  for (const [column, limit] of limits.entries()) {
    const unit = unitOf(column, needs);
    const most = Math.floor(limit / unit);
    const bits = Math.ceil(Math.log2(most + 1));
    fields.push({ unit, shift, full: most * 2 ** shift, guard: 2 ** (shift + bits) });
    shift += bits + 1;
  }
  // Not so where a unit is no number.
  if (!(shift <= MOST_BITS)) return null;
  return {
    full: fields.reduce((sum, { full }) => sum + full, 0),
    guards: fields.reduce((sum, { guard }) => sum + guard, 0),
    pack: (need) => packed(need, fields),
  };
}

function packed({ columns, amounts }: Amounts, fields: readonly Field[]): number {
  let sum = 0;
  for (const [index, column] of columns.entries()) {
    const field = fields[column];
    if (field !== undefined) sum += (real(amounts, index) / field.unit) * 2 ** field.shift;
  }
  return sum;
}

/** What all amounts in a column are multiples of; NaN for fractions. */
function unitOf(column: number, needs: readonly Amounts[]): number {
  let unit = 0;
  for (const { columns, amounts } of needs) {
    const index = columns.indexOf(column);
    if (index >= 0) unit = commonDivisor(real(amounts, index), unit);
  }
  return unit === 0 ? 1 : unit;
}

function commonDivisor(a: number, b: number): number {
  if (!Number.isInteger(a)) return Number.NaN;
  let [one, other] = [a, b];
  while (other > 0) [one, other] = [other, one % other];
  return one;
}
