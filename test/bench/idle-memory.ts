import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Story } from '../support/story/story.ts';
import { type BenchResult, limited, shown } from './result.ts';
import { median } from './statistics.ts';

const ROUNDS = 3;
const LIMIT_MB = 150;
const IDLE_MS = 8_000;

/** Resident memory of the real server process when it has landed a task and has nothing to do. */
export async function idleMemory(): Promise<BenchResult> {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await oneServer());
  return {
    name: 'Idle memory of the server',
    means: `Resident memory (VmRSS) of \`heddle serve\`, ${IDLE_MS / 1_000} s after its run has ended; the median of ${ROUNDS} servers.`,
    rows: [
      limited({
        name: 'after one task, idle',
        measured: median(rounds.map((round) => round.idle)),
        unit: 'MB',
        limit: LIMIT_MB,
      }),
      shown({ name: 'just started', measured: median(rounds.map((round) => round.started)), unit: 'MB' }),
      shown({ name: 'most ever (VmHWM)', measured: median(rounds.map((round) => round.peak)), unit: 'MB' }),
    ],
    notes: [`each server, idle: ${rounds.map((round) => `${round.idle.toFixed(1)} MB`).join(', ')}`],
  };
}

async function oneServer() {
  const story = await Story.begins();
  try {
    const started = await memoryOf(story.server.pid, 'VmRSS');
    const stop = story.approvesEverything();
    await story.landed(await story.asks('Do some work'));
    await story.runEnds();
    await stop();
    await sleep(IDLE_MS);
    const { pid } = story.server;
    return { started, idle: await memoryOf(pid, 'VmRSS'), peak: await memoryOf(pid, 'VmHWM') };
  } finally {
    await story.ends();
  }
}

/** A line of /proc/<pid>/status in megabytes. */
async function memoryOf(pid: number | undefined, name: string): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1];
  if (kilobytes === undefined) throw new Error(`/proc/${pid}/status has no ${name}`);
  return Number(kilobytes) / 1_024;
}
