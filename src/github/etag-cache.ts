/** An answer that GitHub need not send again while its ETag still holds. */
export interface CachedAnswer {
  readonly etag: string;
  readonly data: unknown;
  readonly next: string | null;
}

/** Answers by address, least recently used first out; bounded by the bytes of their JSON. */
export class EtagCache {
  private readonly maxBytes: number;
  private readonly entries = new Map<string, { readonly answer: CachedAnswer; readonly bytes: number }>();
  private bytes = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  get(key: string): CachedAnswer | null {
    const entry = this.entries.get(key);
    if (!entry) return null;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.answer;
  }

  set(key: string, answer: CachedAnswer): void {
    this.drop(key);
    const bytes = key.length + (JSON.stringify(answer.data)?.length ?? 0);
    if (bytes > this.maxBytes / 4) return;
    this.entries.set(key, { answer, bytes });
    this.bytes += bytes;
    for (const oldest of this.entries.keys()) {
      if (this.bytes <= this.maxBytes) return;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    this.bytes -= this.entries.get(key)?.bytes ?? 0;
    this.entries.delete(key);
  }
}
