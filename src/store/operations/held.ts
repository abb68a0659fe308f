import type { AttemptId } from '../../domain/ids.ts';

/** An attempt as somebody claims to hold it: every write of a worker is checked against both fence and holder. */
export interface Held {
  readonly id: AttemptId;
  readonly fence: number;
  readonly holder: string;
}
