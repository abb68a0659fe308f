import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodeMap } from '../../../src/domain/code-map.ts';
import { type Sha, sha } from '../../../src/domain/ids.ts';
import type { Providers } from '../../../src/domain/ports/providers.ts';
import { git } from '../../../src/repository/git.ts';
import { surveyProviders } from '../../../src/repository/survey/built-in.ts';
import { type Cache, emptyCache } from '../../../src/repository/survey/cache.ts';
import { makeMap } from '../../../src/repository/survey/make-map.ts';

/** Texts by path; null takes a file away, a link has a target. */
export type Files = Readonly<Record<string, string | null | { readonly target: string }>>;

/** A bare repository whose commits are written straight into it. */
export class Past {
  readonly gitDir: string;
  private made = 0;

  private constructor(gitDir: string) {
    this.gitDir = gitDir;
  }

  static async create(): Promise<Past> {
    const past = new Past(await mkdtemp(join(tmpdir(), 'heddle-survey-')));
    await git({ gitDir: past.gitDir, args: ['init', '--quiet', '--bare'] });
    return past;
  }

  async remove(): Promise<void> {
    await rm(this.gitDir, { recursive: true, force: true });
  }

  /** Writes a commit on its parents (none: a new beginning). */
  async commit(files: Files, ...parents: readonly Sha[]): Promise<Sha> {
    const [commit] = await this.commits([{ files, parents }]);
    return commit ?? sha('');
  }

  /** Several commits at once, each on its parents or on the one before it. */
  async commits(
    all: readonly { readonly files: Files; readonly parents?: readonly Sha[] }[],
  ): Promise<Sha[]> {
    const input = all.map(({ files, parents }, at) => this.command(files, parents ?? [], at)).join('');
    const marks = join(this.gitDir, 'marks');
    await git({
      gitDir: this.gitDir,
      args: ['fast-import', '--quiet', '--force', `--export-marks=${marks}`],
      input,
    });
    const names = all.map((_, at) => `refs/made/${this.made - all.length + at + 1}`);
    const out = await git({ gitDir: this.gitDir, args: ['rev-parse', ...names] });
    return out.trim().split('\n').map(sha);
  }

  /** A map made from scratch, or with what an earlier one read. */
  async look(commit: Sha, cache: Cache = emptyCache(), providers: Providers = surveyProviders()) {
    return await makeMap({ gitDir: this.gitDir, commit, cache, providers });
  }

  async map(commit: Sha): Promise<CodeMap> {
    return (await this.look(commit)).map;
  }

  /** The map of one commit with these files. */
  async mapOf(files: Files): Promise<CodeMap> {
    return await this.map(await this.commit(files));
  }

  private command(files: Files, parents: readonly Sha[], at: number): string {
    this.made += 1;
    const before = parents.length === 0 && at > 0 ? [`refs/made/${this.made - 1}`] : parents;
    const [first, ...others] = before;
    const lines = Object.entries(files).map(([path, content]) => changeOf(path, content));
    const who = `committer A <a@example.com> ${1_700_000_000 + this.made * 60} +0000\n`;
    return `commit refs/made/${this.made}\n${who}data 0\n${first ? `from ${first}\n` : ''}${others
      .map((one) => `merge ${one}\n`)
      .join('')}${lines.join('')}\n`;
  }
}

function changeOf(path: string, content: Files[string]): string {
  const quoted = JSON.stringify(path);
  if (content === null || content === undefined) return `D ${quoted}\n`;
  const text = typeof content === 'string' ? content : content.target;
  const mode = typeof content === 'string' ? '100644' : '120000';
  return `M ${mode} inline ${quoted}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
}
