import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { COMMIT_AUTHOR } from '../../src/domain/author.ts';
import { attemptId, type Sha, sha } from '../../src/domain/ids.ts';
import { type AttemptOutcome, bareOutcome } from '../../src/domain/outcome.ts';
import type { GitRepository } from '../../src/domain/ports/work.ts';
import type { Repository } from '../../src/domain/repository.ts';
import { createGitRepository, type GitRepositoryOptions } from '../../src/repository/git-repository.ts';

export const home: Repository = {
  key: { installationId: 7, repositoryId: 42 },
  owner: 'acme',
  name: 'shop',
  defaultBranch: 'main',
  readOnly: false,
};

const US = { GIT_AUTHOR_NAME: COMMIT_AUTHOR.name, GIT_AUTHOR_EMAIL: COMMIT_AUTHOR.email };

/** A path's text; null takes it away; a link has a target. */
export type Files = Readonly<Record<string, string | null | { readonly target: string }>>;

/** A bare repository that stands for GitHub, a clone in which a worker works, and the coordinator's own git. */
export class Origin {
  readonly root: string;
  readonly git: GitRepository;

  private constructor(root: string, options: Partial<GitRepositoryOptions>) {
    this.root = root;
    this.git = createGitRepository({
      dataDir: join(root, 'data'),
      host: { protocol: 'file', host: root },
      token: async () => '',
      ...options,
    });
  }

  static async create(options: Partial<GitRepositoryOptions> = {}): Promise<Origin> {
    const origin = new Origin(await mkdtemp(join(tmpdir(), 'heddle-repository-')), options);
    await mkdir(join(origin.root, 'data', 'outcomes'), { recursive: true });
    await origin.run(['init', '--quiet', '--bare', '--initial-branch=main', origin.bare], origin.root);
    await origin.run(['init', '--quiet', '--initial-branch=main', origin.clone], origin.root);
    await origin.commits('main', { 'readme.md': 'hello\n' });
    await origin.publish('main');
    return origin;
  }

  /** The same world after the server has started again. */
  restarted(): Origin {
    return new Origin(this.root, {});
  }

  get bare(): string {
    return join(this.root, 'acme', 'shop.git');
  }

  get clone(): string {
    return join(this.root, 'clone');
  }

  get mirror(): string {
    return join(this.root, 'data', 'mirrors', '42.git');
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }

  /** Writes files on a branch of the clone (made from `from` if it is new) and commits them. */
  async commits(branch: string, files: Files, given: { from?: string; email?: string } = {}): Promise<Sha> {
    await this.run(['checkout', '--quiet', ...(given.from ? ['-B', branch, given.from] : ['-B', branch])]);
    for (const [path, content] of Object.entries(files)) await this.writes(join(this.clone, path), content);
    await this.run(['-c', 'core.protectNTFS=false', 'add', '--all']);
    const who = { ...US, ...(given.email ? { GIT_AUTHOR_EMAIL: given.email } : {}) };
    await this.run(
      ['-c', 'core.protectNTFS=false', 'commit', '--quiet', '--allow-empty', '-m', `Work on ${branch}`],
      this.clone,
      who,
    );
    return sha(await this.run(['rev-parse', 'HEAD']));
  }

  private async writes(path: string, content: Files[string]): Promise<void> {
    await rm(path, { recursive: true, force: true });
    if (content === null || content === undefined) return;
    await mkdir(dirname(path), { recursive: true });
    if (typeof content === 'string') await writeFile(path, content);
    else await symlink(content.target, path);
  }

  /** Somebody pushes a branch of the clone to GitHub. */
  async publish(branch: string): Promise<void> {
    await this.run(['push', '--quiet', '--force', this.bare, `refs/heads/${branch}`]);
  }

  /** The branch on GitHub; null: there is none. */
  async tip(branch: string): Promise<string | null> {
    const out = await this.run(['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`], this.bare);
    return out === '' ? null : out;
  }

  /** What a worker hands in for a branch of the clone. */
  async outcome(branch: string, base: Sha, more: Partial<AttemptOutcome> = {}): Promise<AttemptOutcome> {
    const tip = sha(await this.run(['rev-parse', branch]));
    const bundle = `${branch.replaceAll('/', '-')}-${tip.slice(0, 8)}.bundle`;
    const file = join(this.root, 'data', 'outcomes', bundle);
    await this.run(['bundle', 'create', '--quiet', file, `${base}..${branch}`]);
    return { ...OUTCOME, base, tip, bundle, ...more };
  }

  async run(
    args: readonly string[],
    cwd = this.clone,
    env: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const committer = { GIT_COMMITTER_NAME: COMMIT_AUTHOR.name, GIT_COMMITTER_EMAIL: COMMIT_AUTHOR.email };
    const own = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', ...US, ...committer, ...env };
    return (await execa('git', args, { cwd, env: own })).stdout;
  }
}

const OUTCOME: AttemptOutcome = bareOutcome(
  { attempt: attemptId('r1/3/a1'), fence: 1 },
  { class: 'succeeded', failure: null, startedAt: 0, endedAt: 0 },
);
