import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { messageOf } from '../../domain/errors.ts';
import type { PlanRequest } from '../../domain/plan.ts';
import { PlanError } from '../../plan/plan-error.ts';
import type { Call } from './call.ts';
import { invalid } from './invalid.ts';
import { jsonFault } from './json-fault.ts';

/** A million tasks take about half of this; a text that is twice as long Node cannot hold. */
const MOST_MIB = 256;

/** What the file holds, in any form: the planner checks it. Throws PlanError where it cannot be read. */
export async function readRequestFile({
  file,
  workers,
}: {
  readonly file: string;
  readonly workers: Call['workers'];
}): Promise<PlanRequest> {
  const name = file === '-' ? 'standard input' : file;
  const text = textOf(await bytesOf(file, name), name);
  const given = parsed(text, name);
  return workers === null || typeof given !== 'object' || given === null || Array.isArray(given)
    ? given
    : { ...given, workers };
}

const refused = (name: string, what: string, cause?: unknown): PlanError =>
  new PlanError([invalid(name, `${name} ${what}`)], { cause });

async function bytesOf(file: string, name: string): Promise<Uint8Array> {
  if (file === '-' && process.stdin.isTTY)
    process.stderr.write('heddle plan waits for JSON on standard input; end it with Ctrl-D.\n');
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    if (file !== '-' && (await stat(file)).isDirectory())
      throw refused(name, 'is a folder; name a file in it');
    for await (const chunk of file === '-' ? process.stdin : createReadStream(file)) {
      size += chunk.length;
      if (size > MOST_MIB * 2 ** 20)
        throw refused(
          name,
          `is larger than ${MOST_MIB} MiB, which is the most that is read; plan it in parts`,
        );
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof PlanError ? error : refused(name, unreadable(error), error);
  }
  return Buffer.concat(chunks, size);
}

function unreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return 'does not exist; name a JSON file with tasks, or - for standard input';
  if (code === 'EACCES') return 'must not be read by this user';
  return `cannot be read: ${messageOf(error)}`;
}

/** UTF-8; a byte order mark is left out. */
function textOf(bytes: Uint8Array, name: string): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) throw refused(name, 'is UTF-16; save it as UTF-8');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw refused(name, 'is no UTF-8 text; save it as UTF-8', error);
  }
}

function parsed(text: string, name: string): PlanRequest {
  if (text.trim() === '')
    throw refused(name, 'is empty; write {"tasks": [{"id": 1, "duration": 30}], "workers": 3}');
  try {
    // Its form is checked by the planner, which names every problem.
    return JSON.parse(text) as PlanRequest;
  } catch (error) {
    const fault = jsonFault(text);
    const where =
      fault === null ? messageOf(error) : `line ${fault.line}, column ${fault.column}: ${fault.what}`;
    throw refused(name, `is not JSON: ${where}`, error);
  }
}
