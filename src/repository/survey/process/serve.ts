import { once } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { messageOf } from '../../../domain/errors.ts';
import { sha } from '../../../domain/ids.ts';
import { surveyProviders } from '../built-in.ts';
import { loadCache, saveCache } from '../cache.ts';
import { makeMap } from '../make-map.ts';
import type { Slice, SurveyOrder } from './messages.ts';
import { slicesOf } from './slices.ts';

/** Reads one order, makes the map and answers it in slices. */
export async function serve(input: Readable, output: Writable): Promise<void> {
  try {
    // Written by the server that started this process.
    const order = JSON.parse(await text(input)) as SurveyOrder;
    await answer(order, output);
  } catch (error) {
    await send(output, { kind: 'failed', message: messageOf(error) });
  }
  output.end();
}

async function answer(order: SurveyOrder, output: Writable): Promise<void> {
  const journal = await openJournal(order.journalFile);
  const pulse = startPulse((progress) => void output.write(lineOf({ kind: 'progress', ...progress })));
  try {
    const made = await makeMap({
      gitDir: order.gitDir,
      commit: sha(order.commit),
      cache: await loadCache(order.cacheFile),
      providers: surveyProviders(),
      refused: order.refused === 'all' ? 'all' : new Set(order.refused),
      onParse: journal.write,
      onProgress: pulse.take,
    });
    await saveCache(order.cacheFile, made.cache);
    await journal.close();
    for (const slice of slicesOf(made.map)) await send(output, slice);
  } finally {
    pulse.stop();
    await journal.close();
  }
}

/** Longer than any name of a blob. */
const NAME = 80;

/** One name, written over again and again: it is on the disk of a process that is ended in the next moment. */
async function openJournal(file: string) {
  await mkdir(dirname(file), { recursive: true });
  const descriptor = openSync(file, 'w');
  let isOpen = true;
  return {
    write: (name: string): void => void writeSync(descriptor, name.padEnd(NAME), 0),
    close: async (): Promise<void> => {
      if (isOpen) closeSync(descriptor);
      isOpen = false;
      await rm(file, { force: true });
    },
  };
}

/** Tells how far the work is, every second, so long as no parser holds this process. */
function startPulse(tell: (progress: { readonly done: number; readonly of: number }) => void) {
  let progress = { done: 0, of: 0 };
  const timer = setInterval(() => tell(progress), 1_000);
  return {
    take: (done: number, of: number): void => {
      progress = { done, of };
    },
    stop: (): void => clearInterval(timer),
  };
}

const lineOf = (slice: Slice): string => `${JSON.stringify(slice)}\n`;

async function send(output: Writable, slice: Slice): Promise<void> {
  if (!output.write(lineOf(slice))) await once(output, 'drain');
}
