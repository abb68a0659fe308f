import { StringDecoder } from 'node:string_decoder';

/** The last bytes of a stream, as text. */
export class Tail {
  readonly #limit: number;
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    // Joined only now and then, so that many small chunks do not cost their square.
    if (this.#size > this.#limit * 2 || this.#chunks.length > 1_024) this.#cut();
  }

  text(): string {
    this.#cut();
    return Buffer.concat(this.#chunks).toString('utf8').trim();
  }

  #cut(): void {
    const kept = Buffer.concat(this.#chunks).subarray(-this.#limit);
    this.#chunks = [Buffer.from(kept)];
    this.#size = kept.length;
  }
}

/** A line longer than this is cut: what follows up to its end is dropped. */
const LINE_CHARS = 262_144;

/** Splits a stream into lines, with bounded memory. */
export class Lines {
  readonly #decoder = new StringDecoder('utf8');
  readonly #onLine: (line: string) => void;
  #rest = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  add(chunk: Buffer): void {
    const [first = '', ...others] = this.#decoder.write(chunk).split('\n');
    this.#rest = (this.#rest + first.slice(0, LINE_CHARS)).slice(0, LINE_CHARS);
    for (const part of others) {
      this.#emit();
      this.#rest = part.slice(0, LINE_CHARS);
    }
  }

  /** The last line, if it had no end. */
  end(): void {
    if (this.#rest !== '') this.#emit();
  }

  #emit(): void {
    const line = this.#rest.endsWith('\r') ? this.#rest.slice(0, -1) : this.#rest;
    this.#rest = '';
    this.#onLine(line);
  }
}
