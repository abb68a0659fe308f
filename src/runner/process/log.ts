import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';

/** Share of the bound that is kept in memory for the end of a log. */
const TAIL_BYTES = 512 * 1024;

/**
 * The full output of an attempt in a file of bounded size: its beginning as it comes, its end when it is closed, with a
 * line between that says how much is left out. A log that cannot be written ends no attempt.
 */
export class AttemptLog {
  readonly #stream: WriteStream;
  readonly #tailBytes: number;
  #room: number;
  #tail: Buffer[] = [];
  #tailSize = 0;
  #dropped = 0;
  #broken = false;

  constructor(path: string, limit: number) {
    mkdirSync(dirname(path), { recursive: true });
    this.#tailBytes = Math.min(TAIL_BYTES, Math.floor(limit / 2));
    this.#room = limit - this.#tailBytes;
    this.#stream = createWriteStream(path, { flags: 'a' });
    this.#stream.on('error', () => {
      this.#broken = true;
    });
  }

  write(chunk: Buffer | string): void {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    const head = bytes.subarray(0, this.#room);
    this.#room -= head.length;
    if (head.length > 0 && !this.#broken) this.#stream.write(head);
    if (head.length < bytes.length) this.#keep(bytes.subarray(head.length));
  }

  async close(): Promise<void> {
    if (this.#broken) return;
    if (this.#dropped > 0) this.#stream.write(`\n… ${this.#dropped} bytes left out …\n`);
    for (const chunk of this.#tail) this.#stream.write(chunk);
    this.#tail = [];
    await new Promise<void>((resolve) => {
      this.#stream.once('error', () => resolve());
      this.#stream.end(() => resolve());
    });
  }

  #keep(bytes: Buffer): void {
    this.#tail.push(Buffer.from(bytes));
    this.#tailSize += bytes.length;
    while (this.#tailSize > this.#tailBytes) {
      const first = this.#tail.shift() ?? Buffer.alloc(0);
      const cut = Math.min(first.length, this.#tailSize - this.#tailBytes);
      this.#dropped += cut;
      this.#tailSize -= cut;
      if (cut < first.length) this.#tail.unshift(first.subarray(cut));
    }
  }
}
