/** The box's time: the machine's, moved forward at will. Milliseconds since the epoch. */
export class Clock {
  private offset = 0;

  now(): number {
    return Date.now() + this.offset;
  }

  /** Lets tokens expire, retries fall due and `since` filters move on without waiting. */
  advance(milliseconds: number): void {
    this.offset += milliseconds;
  }
}

/** GitHub's form of a time: to the second. */
export function iso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

export function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}
