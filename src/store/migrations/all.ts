import type { Trx } from '../schema.ts';
import { up as first } from './0001-first.ts';
import { up as overrides } from './0002-overrides.ts';
import { up as predictions } from './0003-predictions.ts';
import { up as estimates } from './0004-estimates.ts';

/** A step from one schema to the next; once released, it is never changed. */
export interface Migration {
  readonly name: string;
  readonly up: (trx: Trx) => Promise<void>;
}

/** In order: the first one is number 1. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-first', up: first },
  { name: '0002-overrides', up: overrides },
  { name: '0003-predictions', up: predictions },
  { name: '0004-estimates', up: estimates },
];
