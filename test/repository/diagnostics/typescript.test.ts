import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseTscOutput } from '../../../src/repository/diagnostics/tsc-output.ts';
import { createTypeScriptDiagnostics } from '../../../src/repository/diagnostics/typescript.ts';

describe('the diagnostics of TypeScript', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'heddle-diagnostics-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  test('are those of the compiler, by file and line; nothing is written whatever the configuration says', async () => {
    const options = {
      strict: true,
      composite: true,
      incremental: true,
      tsBuildInfoFile: 'info',
      outDir: 'out',
      types: [],
    };
    await writeFile(
      join(directory, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: options, include: ['src'] }),
    );
    await mkdir(join(directory, 'src'));
    await writeFile(
      join(directory, 'src', 'a.ts'),
      'export const a: number = 1;\nexport const b: string = a;\n',
    );
    expect(await createTypeScriptDiagnostics().diagnose(directory)).toEqual([
      {
        path: 'src/a.ts',
        line: 2,
        severity: 'error',
        code: 'TS2322',
        message: expect.stringContaining("'number'"),
      },
    ]);
    expect(await readdir(directory)).toEqual(['src', 'tsconfig.json']);
  });

  test('are none where there is no TypeScript, and an error where the compiler cannot run', async () => {
    const provider = createTypeScriptDiagnostics({ compiler: [join(directory, 'no-compiler')] });
    expect(await provider.diagnose(directory)).toEqual([]);
    await writeFile(join(directory, 'tsconfig.json'), '{}');
    await expect(provider.diagnose(directory)).rejects.toThrow('did not check');
  });

  test('are read out of what the compiler prints', () => {
    const output = [
      'src/a(b).ts(3,5): error TS2322: Type A',
      '  is not B',
      '../up.ts(1,1): error TS1: x',
      'error TS18003: No inputs',
      'C:\\x.ts(1,1): error TS2: y',
      'web\\c.ts(7,1): warning TS3: z',
      'Found 3 errors.',
    ].join('\r\n');
    expect(parseTscOutput(output).map(({ path, line, code }) => [path, line, code])).toEqual([
      ['src/a(b).ts', 3, 'TS2322'],
      [null, null, 'TS1'],
      [null, null, 'TS18003'],
      [null, null, 'TS2'],
      ['web/c.ts', 7, 'TS3'],
    ]);
  });
});
