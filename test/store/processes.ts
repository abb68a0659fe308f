import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';

const PROJECT = join(import.meta.dirname, '../..');
const TSC = join(PROJECT, 'node_modules/.bin/tsc');

/** Compiles a child's program, with what it imports, into the folder; answers the file that `node` can run. */
export async function compileChild(name: string, folder: string): Promise<string> {
  const source = join('test/store/children', `${name}.ts`);
  await execa(TSC, ['--ignoreConfig', ...COMPILER_OPTIONS, '--outDir', folder, source], {
    cwd: PROJECT,
  });
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'test/store/children', `${name}.js`);
}

const COMPILER_OPTIONS = [
  ...['--target', 'es2023', '--module', 'nodenext', '--types', 'node'],
  ...['--strict', '--skipLibCheck', '--rewriteRelativeImportExtensions', '--rootDir', '.'],
];

export interface Child {
  readonly process: ChildProcess;
  /** What it has printed so far, line by line. */
  readonly lines: readonly string[];
  /** Resolves when it has printed so many lines; rejects when it ends before. */
  printed(count: number): Promise<void>;
  /** Ends it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts a compiled child; it is killed with the test. */
export function startChild(program: string, args: readonly string[]): Child {
  const process = spawn('node', [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(process, 'close');
  const lines: string[] = [];
  const reader = createInterface({ input: process.stdout });
  reader.on('line', (line) => lines.push(line));
  const kill = async (): Promise<void> => {
    process.kill('SIGKILL');
    await gone;
  };
  onTestFinished(kill);
  const printed = async (count: number): Promise<void> => {
    const ended = gone.then(() => Promise.reject(new Error(`the child ended after ${lines.length} lines`)));
    while (lines.length < count) await Promise.race([once(reader, 'line'), ended]);
  };
  return { process, lines, printed, kill };
}
