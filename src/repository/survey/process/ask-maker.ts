import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { CodeMap } from '../../../domain/code-map.ts';
import type { Sha } from '../../../domain/ids.ts';
import { Assembly } from './assembly.ts';
import type { Slice, SurveyOrder } from './messages.ts';
import { startMaker } from './start.ts';

/*
 * What this file prevents: a source that overflows the stack of a parser, or keeps it busy for ever, would end or stop
 * the process of every survey of its repository. The process writes down what it parses before it does; what it died of
 * is refused from then on, and the cache remembers it.
 */

export interface Asked {
  readonly gitDir: string;
  readonly commit: Sha;
  /** The cache lies there, and beside it the journal of the process. */
  readonly file: string;
  readonly onProgress: (done: number, of: number) => void;
  /** Ends the process, and rejects. */
  readonly signal: AbortSignal;
}

/** How many sources may end a process before no new source of the repository is parsed in this survey. */
const MOST_REFUSED = 5;

/** The ends for which a source is to blame: whoever ends this server ends its processes by other signals. */
const CRASHES: ReadonlySet<string> = new Set([
  'SIGSEGV',
  'SIGBUS',
  'SIGABRT',
  'SIGILL',
  'SIGTRAP',
  'silence',
]);

/** Without a word for so long a process has met a source that it cannot end with. */
const SILENCE_MS = 60_000;

/** Makes a map in a process of its own. Rejects where git fails, or the process ends without a reason to be seen. */
export async function askMaker(asked: Asked): Promise<CodeMap> {
  const refused: string[] = [];
  for (;;) {
    const answer = await askOnce(asked, refused.length > MOST_REFUSED ? 'all' : refused);
    if (answer.kind === 'map') return answer.map;
    const suspect = CRASHES.has(answer.how) ? await suspectOf(journalOf(asked.file)) : null;
    const isNew = suspect !== null && !refused.includes(suspect) && refused.length <= MOST_REFUSED;
    if (asked.signal.aborted || !isNew)
      throw new Error(`the survey's process ended without an answer: ${answer.how}`);
    refused.push(suspect);
  }
}

type Answer =
  | { readonly kind: 'map'; readonly map: CodeMap }
  | { readonly kind: 'died'; readonly how: string };

const journalOf = (file: string): string => `${file}.parsing`;

async function suspectOf(journal: string): Promise<string | null> {
  const name = (await readFile(journal, 'utf8').catch(() => '')).trim();
  return name === '' ? null : name;
}

async function askOnce(asked: Asked, refused: SurveyOrder['refused']): Promise<Answer> {
  asked.signal.throwIfAborted();
  const maker = startMaker();
  asked.signal.addEventListener('abort', maker.kill, { once: true });
  let isSilent = false;
  const silence = setTimeout(() => {
    isSilent = true;
    maker.kill();
  }, SILENCE_MS);
  const { gitDir, commit, file } = asked;
  const order: SurveyOrder = { gitDir, commit, cacheFile: file, journalFile: journalOf(file), refused };
  maker.input.end(JSON.stringify(order));
  const assembly = new Assembly();
  try {
    for await (const line of createInterface({ input: maker.output, crlfDelay: Number.POSITIVE_INFINITY })) {
      silence.refresh();
      // Written by our own process.
      const slice = JSON.parse(line) as Slice;
      if (slice.kind === 'failed') throw new Error(slice.message);
      if (slice.kind === 'done') return { kind: 'map', map: assembly.finish(commit, slice.commits) };
      if (slice.kind === 'progress') asked.onProgress(slice.done, slice.of);
      else assembly.take(slice);
    }
    const how = await maker.ended;
    return { kind: 'died', how: isSilent ? 'silence' : how };
  } finally {
    clearTimeout(silence);
    asked.signal.removeEventListener('abort', maker.kill);
    maker.kill();
  }
}
