import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { issueBody, WISHES, type Wish } from '../../src/demo/story/issues.ts';
import { SAMPLE_FOLDER } from '../../src/demo/story/sample.ts';
import { conflictPrompt, implementPrompt, type ReviewText, reviewPrompt } from '../../src/render/prompts.ts';

/** A copy of the sample repository in which its agent works, as in a worktree. */
export class Workplace {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async opens(): Promise<Workplace> {
    const folder = await mkdtemp(join(tmpdir(), 'heddle-sample-'));
    await cp(SAMPLE_FOLDER, folder, { recursive: true });
    const place = new Workplace(folder);
    await place.git('init', '-q', '-b', 'main');
    await place.commits('Start');
    return place;
  }

  async closes(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The agent's first try; `failed` is the output of the try before. */
  async implements(name: string, failed?: string) {
    return await this.agent('implement', implementPrompt(contextOf(name, failed)));
  }

  async answers(name: string, review: ReviewText) {
    return await this.agent('review', reviewPrompt(contextOf(name), [review]));
  }

  async resolves(name: string) {
    return await this.agent('conflict', conflictPrompt(contextOf(name)));
  }

  /** Runs the repository's own tests: all, or one file, which needs no process of its own. */
  async tests(file?: string): Promise<{ readonly passed: boolean; readonly output: string }> {
    const { exitCode, all } = await this.run('node', [file ?? '--test']);
    return { passed: exitCode === 0, output: all };
  }

  async commits(message: string): Promise<void> {
    await this.git('add', '-A');
    await this.git('commit', '-q', '-m', message);
  }

  async git(...args: readonly string[]) {
    return await this.run('git', ['-c', 'user.name=T', '-c', 'user.email=t@localhost', ...args]);
  }

  async read(path: string): Promise<string> {
    return await readFile(join(this.folder, path), 'utf8');
  }

  async write(path: string, text: string): Promise<void> {
    await writeFile(join(this.folder, path), text);
  }

  private async agent(kind: string, input: string) {
    return await this.run('node', ['agent.mjs'], { input, env: { HEDDLE_KIND: kind, THINK_MS: '0' } });
  }

  private async run(
    file: string,
    args: readonly string[],
    more: { readonly input?: string; readonly env?: Record<string, string> } = {},
  ) {
    const { NODE_TEST_CONTEXT: _none, NODE_OPTIONS: _no, ...env } = process.env;
    const options = { cwd: this.folder, reject: false, all: true, extendEnv: false } as const;
    return await execa(file, [...args], { ...options, ...more, env: { ...env, ...more.env } });
  }
}

/** Wishes with numbers as in the demo: the first one is #1. */
const numberOf = (name: string): number => WISHES.findIndex((wish) => wish.name === name) + 1;

export const wishNamed = (name: string): Wish => {
  const wish = WISHES.find((each) => each.name === name);
  if (!wish) throw new Error(`no wish is named ${name}`);
  return wish;
};

function contextOf(name: string, failed?: string) {
  const wish = wishNamed(name);
  return {
    repository: { owner: 'acme', name: 'shop-tools', defaultBranch: 'main' },
    branch: `parallel/${numberOf(name)}`,
    attempt: failed === undefined ? 1 : 2,
    task: { issue: numberOf(name), title: wish.title, body: issueBody(wish, numberOf) },
    verify: ['node --test'],
    previous:
      failed === undefined
        ? null
        : {
            attempt: 1,
            what: 'the verify commands failed',
            outputs: [{ name: 'node --test', tail: failed }],
          },
  };
}
