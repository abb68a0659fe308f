import { randomUUID } from 'node:crypto';

/** Names of lease holders that live and die with a process on this data folder begin so. */
export const LOCAL_HOLDER = 'local/';

/** A name that no process had before: a lease of an earlier start is never taken for one of this. */
export const newHolder = (): string => `${LOCAL_HOLDER}${randomUUID()}`;
