import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { UserFacing } from '../../domain/errors.ts';
import type { Diagnostic, DiagnosticsProvider } from '../../domain/ports/providers.ts';
import { parseTscOutput } from './tsc-output.ts';

/** How `tsc` is run. */
export interface TypeScriptDiagnosticsOptions {
  /** The operator's compiler and its first arguments, as `['/usr/bin/tsc']`; Heddle's own where it is absent. */
  readonly compiler?: readonly [command: string, ...args: string[]];
  /** Milliseconds; five minutes where it is absent. */
  readonly timeoutMs?: number;
}

/**
 * What `tsc` says of a directory with a `tsconfig.json`; nothing where there is none. Rejects where the compiler cannot
 * run. It is never the compiler out of the directory: nothing from a repository runs outside of a sandbox. What its
 * configuration says about files to write is overruled.
 */
export function createTypeScriptDiagnostics(options: TypeScriptDiagnosticsOptions = {}): DiagnosticsProvider {
  return {
    name: 'typescript',
    diagnose: async (directory, { signal } = {}) => {
      if (!existsSync(join(directory, 'tsconfig.json'))) return [];
      return await run(options, directory, signal);
    },
  };
}

const TIMEOUT_MS = 5 * 60_000;
const MOST_OUTPUT = 50 * 1024 * 1024;

/** An incremental program writes what it knows to wherever its configuration says, also where nothing is emitted. */
const ARGUMENTS = ['--noEmit', '--pretty', 'false', '--incremental', 'false', '--composite', 'false'];

async function run(
  options: TypeScriptDiagnosticsOptions,
  directory: string,
  signal: AbortSignal | undefined,
): Promise<readonly Diagnostic[]> {
  const [command, ...first] = options.compiler ?? ownCompiler();
  const { exitCode, stdout, originalMessage } = await execa(command, [...first, ...ARGUMENTS], {
    cwd: directory,
    env: {
      PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
      HOME: '/nonexistent',
      LC_ALL: 'C.UTF-8',
    },
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    timeout: options.timeoutMs ?? TIMEOUT_MS,
    maxBuffer: MOST_OUTPUT,
    ...(signal ? { cancelSignal: signal } : {}),
  });
  const found = parseTscOutput(stdout);
  if (exitCode === 0 || (found.length > 0 && exitCode !== undefined)) return found;
  throw new UserFacing(`${command} did not check ${directory}: ${originalMessage ?? lastLine(stdout)}`);
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) || 'it said nothing';

/** The package that is installed beside Heddle: it is needed for work on Heddle, and may be absent elsewhere. */
function ownCompiler(): readonly [string, ...string[]] {
  try {
    const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
    return [process.execPath, join(dirname(manifest), String(bin.tsc))];
  } catch (cause) {
    throw new UserFacing(
      'there is no TypeScript compiler: install the package typescript beside Heddle, or name one as `compiler`',
      { cause },
    );
  }
}
