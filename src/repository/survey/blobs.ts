import { streamGit } from '../git.ts';

/**
 * The texts of blobs, in the order that was asked for, out of one git process. Null: not here, or not UTF-8 text.
 * Whoever asks has looked at the sizes.
 */
export async function* readBlobs(
  gitDir: string,
  blobs: readonly string[],
): AsyncGenerator<readonly [blob: string, text: string | null], void, void> {
  if (blobs.length === 0) return;
  const input = `${blobs.join('\n')}\n`;
  const reader = new Reader(
    streamGit({ gitDir, args: ['cat-file', '--batch'], input, timeoutMs: TIMEOUT_MS }),
  );
  for (const blob of blobs) {
    const [, type, bytes] = (await reader.line()).split(' ');
    // `<object> missing` has no content.
    if (bytes === undefined) yield [blob, null];
    else {
      const content = await reader.take(Number(bytes));
      await reader.take(1);
      yield [blob, type === 'blob' ? textOf(content) : null];
    }
  }
}

/** Longer than a survey may parse. */
const TIMEOUT_MS = 15 * 60_000;
const LINE_END = 10;

function textOf(content: Buffer): string | null {
  if (content.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return null;
  }
}

/** Lines and counted bytes out of one stream. */
class Reader {
  private readonly chunks: AsyncIterator<Buffer>;
  private held: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.chunks = stream[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    let end = this.held.indexOf(LINE_END);
    while (end < 0) {
      this.held = Buffer.concat([this.held, await this.next()]);
      end = this.held.indexOf(LINE_END);
    }
    const line = this.held.toString('utf8', 0, end);
    this.held = this.held.subarray(end + 1);
    return line;
  }

  async take(bytes: number): Promise<Buffer> {
    const parts = [this.held];
    let length = this.held.length;
    while (length < bytes) {
      const chunk = await this.next();
      parts.push(chunk);
      length += chunk.length;
    }
    const all = parts.length === 1 ? this.held : Buffer.concat(parts);
    this.held = all.subarray(bytes);
    return all.subarray(0, bytes);
  }

  private async next(): Promise<Buffer> {
    const { value, done } = await this.chunks.next();
    if (done || value === undefined) throw new Error('git ended before it had handed over all files');
    return value;
  }
}
