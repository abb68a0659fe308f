import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { messageOf, Terminal } from '../domain/errors.ts';
import { type Sha, sha } from '../domain/ids.ts';
import { GitFailed, git } from './git.ts';

/** What a bundle says about itself. */
export interface BundleHeader {
  readonly ref: string;
  readonly tip: Sha;
  /** Commits that it stands on. */
  readonly needs: readonly Sha[];
  /** Where its pack begins, in bytes. */
  readonly packAt: number;
}

const HEADER_BYTES = 64 * 1024;

/** Reads the head of a bundle: text, then the pack. Throws Terminal for anything but one ref on known ground. */
export async function readHeader(file: string, maxBytes: number): Promise<BundleHeader> {
  const { size } = await stat(file).catch((error: unknown) => {
    throw new Terminal(`the bundle of the work is missing: ${messageOf(error)}`, { cause: error });
  });
  if (size > maxBytes)
    throw new Terminal(`the work is too large: its bundle has ${size} bytes, ${maxBytes} are allowed`);
  const text = await head(file);
  const [signature = '', ...lines] = text.slice(0, Math.max(0, text.indexOf('\n\n'))).split('\n');
  if (!/^# v[23] git bundle$/.test(signature)) throw new Terminal('the work did not come as a git bundle');
  return { ...headerOf(lines), packAt: text.indexOf('\n\n') + 2 };
}

async function head(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(HEADER_BYTES),
      length: HEADER_BYTES,
    });
    return buffer.subarray(0, bytesRead).toString('latin1');
  } finally {
    await handle.close();
  }
}

function headerOf(lines: readonly string[]): Omit<BundleHeader, 'packAt'> {
  // A filter would leave objects out that nobody could check.
  if (lines.some((line) => line.startsWith('@filter')))
    throw new Terminal('the bundle of the work is incomplete');
  const needs = lines.filter((line) => line.startsWith('-')).map((line) => shaAt(line.slice(1)));
  const refs = lines.filter((line) => /^[0-9a-f]/.test(line));
  const [only] = refs;
  if (only === undefined || refs.length > 1)
    throw new Terminal(`the bundle of the work has ${refs.length} refs, not one`);
  return { tip: shaAt(only), ref: only.slice(only.indexOf(' ') + 1), needs };
}

function shaAt(line: string): Sha {
  try {
    return sha(line.split(' ')[0] ?? '');
  } catch (error) {
    throw new Terminal('the bundle of the work is broken', { cause: error });
  }
}

const UNPACK_TIMEOUT_MS = 5 * 60_000;

/**
 * Takes the bundle's objects into the mirror, under no name: what is refused later is then nobody's. Git checks that the
 * pack is whole, that its objects are well-formed, and that everything that they name is here. Throws Terminal where it
 * is not. (By `index-pack` itself: `bundle unbundle` and `fetch` start it without the last two checks.)
 */
export async function unbundle(gitDir: string, given: { file: string; header: BundleHeader }): Promise<void> {
  const pack = createReadStream(given.file, { start: given.header.packAt });
  const args = ['index-pack', '--stdin', '--fix-thin', '--strict'];
  await git({ gitDir, args, input: pack, timeoutMs: UNPACK_TIMEOUT_MS })
    .catch(refuseWork)
    .finally(() => pack.destroy());
}

/** For a git command that fails because of what a worker handed in: Terminal, unless this machine is in trouble. */
export function refuseWork(error: unknown): never {
  if (!(error instanceof GitFailed) || OURS.test(error.message)) throw error;
  throw new Terminal(`the bundle of the work was refused: ${error.message}`, { cause: error });
}

/** Troubles of this machine, not of the bundle: they pass. */
const OURS =
  /No space left|\.lock'|Permission denied|Cannot allocate|out of memory|ended before it was done/i;
