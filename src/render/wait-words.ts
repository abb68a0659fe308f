/*
 * The words for what a task waits for, in one place: `heddle plan` and `/parallel explain` say the same.
 */
import { list } from './words.ts';

/** `blocked by #5 and #7`. */
export const blockedWords = (by: string): string => `blocked by ${by}`;

/** `#5 holds key src/a.ts`. */
export const holdsWords = (holder: string, key: string): string => `${holder} holds key ${key}`;

/** `no worker with gpu and web`; without names `no worker`. */
export const noWorkerWords = (skills: readonly string[]): string =>
  skills.length === 0 ? 'no worker' : `no worker with ${list(skills)}`;
