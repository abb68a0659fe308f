import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { CodeMap } from '../../../src/domain/code-map.ts';
import { sha } from '../../../src/domain/ids.ts';
import type * as Asking from '../../../src/repository/survey/process/ask-maker.ts';
import { type BenchResult, limited, type Row, shown } from '../result.ts';
import { writeRepository } from './synthetic.ts';

/** The built product, with the process that makes maps. From `.bench/test/bench/survey`, where this runs. */
const built = new URL('../../../../dist/repository/survey/process/ask-maker.js', import.meta.url).href;
const { askMaker }: typeof Asking = await import(built);

const FILES = 20_000;
const COMMITS = 5_000;
const MORE = 10;
const BLOCK_MS = 50;

/** What it costs to survey a large repository, at first and later. */
export async function survey(): Promise<BenchResult> {
  const root = await mkdtemp(join(tmpdir(), 'heddle-bench-survey-'));
  try {
    const gitDir = join(root, 'synthetic.git');
    execFileSync('git', ['init', '--quiet', '--bare', gitDir]);
    await writeRepository({ gitDir, files: FILES, commits: COMMITS }, MORE);
    const first = await measured(gitDir, 'main', join(root, 'survey'));
    const later = await measured(gitDir, 'later', join(root, 'survey'));
    const again = await measured(gitDir, 'later', join(root, 'survey'));
    return {
      name: 'survey',
      means: `A map of ${FILES.toLocaleString('en')} files and ${COMMITS.toLocaleString('en')} commits, made in a process of its own.`,
      rows: [
        ...rowsOf('from scratch', first),
        ...rowsOf(`${MORE} commits later`, later),
        ...rowsOf('nothing new, after a restart', again),
      ],
      notes: [
        `The map has ${count(later.map)} imports and ${later.map.history.together.size} files with partners.`,
      ],
    };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

interface Measured {
  readonly map: CodeMap;
  readonly ms: number;
  readonly blockMs: number;
  /** Of the server's own process. */
  readonly cpuMs: number;
  /** Of the process, where the system tells. */
  readonly memoryMb: number | null;
}

const rowsOf = (name: string, { ms, cpuMs, blockMs, memoryMb }: Measured): readonly Row[] => [
  shown({ name: `${name}, time`, measured: ms, unit: 'ms' }),
  shown({ name: `${name}, processor time of the server`, measured: cpuMs, unit: 'ms' }),
  limited({ name: `${name}, longest block of the server`, measured: blockMs, unit: 'ms', limit: BLOCK_MS }),
  ...(memoryMb === null
    ? []
    : [shown({ name: `${name}, memory of the process`, measured: memoryMb, unit: 'MB' })]),
];

async function measured(gitDir: string, branch: string, file: string): Promise<Measured> {
  const commit = sha(
    execFileSync('git', ['--git-dir', gitDir, 'rev-parse', branch], { encoding: 'utf8' }).trim(),
  );
  const delay = monitorEventLoopDelay({ resolution: 5 });
  let memoryMb: number | null = null;
  const watch = setInterval(() => {
    memoryMb = Math.max(memoryMb ?? 0, ...childMemory()) || null;
  }, 250);
  const began = performance.now();
  delay.enable();
  const cpu = process.cpuUsage();
  const map = await askMaker({
    gitDir,
    commit,
    file,
    onProgress: () => {},
    signal: new AbortController().signal,
  });
  delay.disable();
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(watch);
  return {
    map,
    ms: performance.now() - began,
    cpuMs: (user + system) / 1000,
    blockMs: Math.max(0, delay.max / 1e6 - 5),
    memoryMb,
  };
}

/** What the processes that this one started have held at most, in MB: Linux says it. */
function childMemory(): readonly number[] {
  const list = `/proc/self/task/${process.pid}/children`;
  const pids = existsSync(list) ? readFileSync(list, 'utf8').trim().split(' ').filter(Boolean) : [];
  return pids.flatMap((pid) => {
    try {
      const [, kb] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      return kb === undefined ? [] : [Number(kb) / 1024];
    } catch {
      return [];
    }
  });
}

const count = (map: CodeMap): number =>
  [...map.imports.values()].reduce((sum, those) => sum + those.length, 0);
