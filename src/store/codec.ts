import { Terminal } from '../domain/errors.ts';

/*
 * Every value on its way into the database passes `bind`, and every stored structure passes `encode` and `decode`.
 * What `bind` prevents was measured with libsql: a bound `true` aborts the whole process, a text is cut at U+0000
 * without a word, and NaN and `undefined` become null. PostgreSQL refuses U+0000 in a text.
 */

export type Bound = string | number | null;

/** A value as the database may have it; throws on what it would distort. Booleans become 0 and 1. */
export function bind(value: unknown): Bound {
  if (value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return wholeNumber(value);
  if (typeof value === 'bigint') return wholeNumber(Number(value));
  if (typeof value === 'string') return cleanText(value);
  throw new Terminal(`a ${typeof value} cannot be stored: only texts, whole numbers, booleans and null`);
}

function wholeNumber(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new Terminal(
    `the number ${value} cannot be stored: only whole numbers between -(2^53 - 1) and 2^53 - 1`,
  );
}

function cleanText(value: string): string {
  const at = value.indexOf(NUL);
  if (at === -1) return value;
  throw new Terminal(
    `a text with U+0000 at character ${at} cannot be stored: clean it with outsideText first`,
  );
}

/** A text that people, GitHub or agents wrote: U+0000 becomes the visible U+FFFD, the replacement character. */
export const outsideText = (text: string): string => text.replaceAll(NUL, '\u{FFFD}');

/** A structure as JSON text; its texts are cleaned like `outsideText`. Throws on a number that JSON has no word for. */
export const encode = (value: object): string => JSON.stringify(value, cleanValue);

function cleanValue(key: string, value: unknown): unknown {
  if (typeof value === 'string') return outsideText(value);
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  throw new Terminal(`the number ${value} in ${JSON.stringify(key)} cannot be stored`);
}

/** What `encode` wrote: only this room writes these columns, so their form is the one of `T`. */
export const decode = <T>(text: string): T => JSON.parse(text) as T;

export const encodeOrNull = (value: object | null): string | null => (value === null ? null : encode(value));
export const decodeOrNull = <T>(text: string | null): T | null => (text === null ? null : decode<T>(text));

/** A column of 0 and 1. */
export const flag = (value: boolean): number => (value ? 1 : 0);

const NUL = '\u0000';
