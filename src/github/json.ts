import { Terminal } from '../domain/errors.ts';
import { type Sha, sha } from '../domain/ids.ts';

/*
 * What GitHub sends is looked at field by field, here and nowhere else: only what is used, so that a new field harms
 * nobody, and with the place in the message, so that a missing one is found.
 */

/** A value of an answer and where it stands in it. */
export interface Json {
  readonly value: unknown;
  readonly where: string;
}

/** The field below; missing fields and fields of null are null. */
export function at(from: Json, ...names: readonly string[]): Json {
  return names.reduce<Json>((json, name) => {
    const where = `${json.where}.${name}`;
    return { where, value: isRecord(json.value) ? (json.value[name] ?? null) : null };
  }, from);
}

/** Whether the field is there at all, null or not. */
export const has = (from: Json, name: string): boolean =>
  isRecord(from.value) && Object.hasOwn(from.value, name);

export const isNull = (from: Json): boolean => from.value === null || from.value === undefined;

export function text(from: Json): string {
  return typeof from.value === 'string' ? from.value : wrong(from, 'a text');
}

/** GitHub has null for the empty text in many places. */
export const textOr = <T>(from: Json, fallback: T): string | T => (isNull(from) ? fallback : text(from));

export function integer(from: Json): number {
  return Number.isSafeInteger(from.value) ? Number(from.value) : wrong(from, 'an integer');
}

export const integerOr = <T>(from: Json, fallback: T): number | T =>
  isNull(from) ? fallback : integer(from);

export function flag(from: Json): boolean {
  return typeof from.value === 'boolean' ? from.value : wrong(from, 'true or false');
}

export const flagOr = <T>(from: Json, fallback: T): boolean | T => (isNull(from) ? fallback : flag(from));

/** Milliseconds since the epoch. */
export function time(from: Json): number {
  const ms = Date.parse(text(from));
  return Number.isNaN(ms) ? wrong(from, 'a time') : ms;
}

export function shaOf(from: Json): Sha {
  try {
    return sha(text(from));
  } catch {
    return wrong(from, 'a commit');
  }
}

export function list(from: Json): readonly Json[] {
  if (!Array.isArray(from.value)) return wrong(from, 'a list');
  return from.value.map((value: unknown, index) => ({ value, where: `${from.where}[${index}]` }));
}

/** One of some words, or the fallback for words that are not known here. */
export function word<T extends string>(from: Json, words: readonly T[], fallback: T): T {
  return words.find((one) => one === from.value) ?? fallback;
}

/** The login of an account; GitHub shows deleted accounts as `ghost`. */
export const login = (from: Json): string => textOr(at(from, 'login'), 'ghost');

function wrong(from: Json, wanted: string): never {
  throw new Terminal(`GitHub's answer has ${shown(from.value)} where ${wanted} was expected: ${from.where}`);
}

const shown = (value: unknown): string =>
  isNull({ value, where: '' }) ? 'nothing' : `${typeof value} ${JSON.stringify(value)?.slice(0, 60) ?? ''}`;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
