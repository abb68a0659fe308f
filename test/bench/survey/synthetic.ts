import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomFrom } from './random.ts';

/** A repository out of nothing: packages with sources that import each other, and commits that change a few of them. */
export interface Synthetic {
  readonly gitDir: string;
  readonly files: number;
  readonly commits: number;
}

const PER_PACKAGE = 100;
const LINES = 80;

/** Writes it into a bare repository; `more` commits follow on the branch `later`. */
export async function writeRepository({ gitDir, files, commits }: Synthetic, more: number): Promise<void> {
  const import_ = spawn('git', ['--git-dir', gitDir, 'fast-import', '--quiet'], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const ended = once(import_, 'close');
  const random = randomFrom(1);
  for (const part of history(files, commits, more, random))
    if (!import_.stdin.write(part)) await once(import_.stdin, 'drain');
  import_.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
}

function* history(files: number, commits: number, more: number, random: () => number): Generator<string> {
  yield head('main', 0);
  yield blob('package.json', '{"workspaces":["packages/*"]}');
  for (let at = 0; at < files / PER_PACKAGE; at += 1)
    yield blob(`packages/p${at}/package.json`, `{"name":"@x/p${at}","main":"src/f0.ts"}`);
  for (let at = 0; at < files; at += 1) yield blob(pathOf(at), source(at, files, random));
  for (let commit = 1; commit < commits + more; commit += 1) {
    const later = commit >= commits;
    yield head(later ? 'later' : 'main', commit, commit === commits ? 'refs/heads/main' : null);
    // Most of a commit lies in one package, as people work.
    const start = Math.floor((random() * files) / PER_PACKAGE) * PER_PACKAGE;
    const size = 1 + Math.floor(random() * 10);
    for (let one = 0; one < size; one += 1) {
      const at =
        random() < 0.9 ? start + Math.floor(random() ** 3 * PER_PACKAGE) : Math.floor(random() * files);
      yield blob(pathOf(at), source(at, files, random));
    }
  }
}

const head = (branch: string, commit: number, from: string | null = null): string =>
  `commit refs/heads/${branch}\ncommitter A <a@example.com> ${1_600_000_000 + commit * 600} +0000\ndata 0\n${from ? `from ${from}\n` : ''}`;

const blob = (path: string, text: string): string =>
  `M 100644 inline ${path}\ndata ${text.length}\n${text}\n`;

const pathOf = (at: number): string =>
  `packages/p${Math.floor(at / PER_PACKAGE)}/src/f${at % PER_PACKAGE}.ts`;

function source(at: number, files: number, random: () => number): string {
  const own = Math.floor(at / PER_PACKAGE) * PER_PACKAGE;
  const near = Array.from({ length: 4 }, () => `import './f${Math.floor(random() * PER_PACKAGE)}.js';`);
  const far = `import { a } from '@x/p${Math.floor(random() * (files / PER_PACKAGE))}';`;
  const lines = Array.from(
    { length: LINES },
    (_, line) => `export const v${line} = (a: number) => a * ${Math.floor(random() * 1e6)} + ${own};`,
  );
  return [...near, far, ...lines].join('\n');
}
