import type { Actor } from './account.ts';
import type { FileChanges, Signature } from './git/commit.ts';
import type { Repository } from './state.ts';

/** What the REST routes ask of the real git repositories. */
export interface GitPort {
  /** Creates the bare repository; without a seed it stays empty, as on GitHub. */
  create(repo: Repository, seed?: RepositorySeed): Promise<void>;
  /** A file's bytes at a branch, tag or SHA; undefined when file or ref does not exist. */
  readFile(repo: Repository, ref: string, path: string): Promise<GitFile | undefined>;
  /** All refs below a prefix such as `refs/heads/`, by name. */
  refs(repo: Repository, prefix: string): Promise<readonly GitRef[]>;
  /** The SHA that a full ref name points to. */
  resolve(repo: Repository, ref: string): Promise<string | undefined>;
  /** Deletes a full ref name as a push would, with its webhooks; false when it was not there. */
  deleteRef(repo: Repository, ref: string, actor: Actor): Promise<boolean>;
  /** Creates or moves a full ref as a push would; false when the SHA is unknown here. */
  setRef(
    repo: Repository,
    change: { readonly ref: string; readonly sha: string },
    actor: Actor,
  ): Promise<boolean>;
  /** The bare repository on disk. */
  directory(repo: Repository): string;
  /** Runs work while no ref of the repository moves; never call it from inside such work. */
  exclusive<T>(repo: Repository, work: () => Promise<T>): Promise<T>;
  /** Runs work in the background some milliseconds later; not at all when the box closes before. */
  later(milliseconds: number, work: () => Promise<void>): void;
}

/** What a new repository's default branch holds: one of these, if any. */
export interface RepositorySeed {
  /** Files of a first commit. */
  readonly files?: FileChanges;
  /** A folder on disk, as the first commit. */
  readonly folder?: string;
  /** A history, oldest first. */
  readonly commits?: readonly SeedCommit[];
}

export interface SeedCommit {
  readonly message: string;
  readonly files: FileChanges;
  /** The owner's if not given. */
  readonly author?: Signature;
}

export interface GitFile {
  readonly content: Buffer;
  /** The blob's SHA. */
  readonly sha: string;
}

export interface GitRef {
  readonly name: string;
  readonly sha: string;
}

/** A box without git: every repository is empty. */
export const noGit: GitPort = {
  create: async () => {},
  readFile: async () => undefined,
  refs: async () => [],
  resolve: async () => undefined,
  deleteRef: async () => false,
  setRef: async () => false,
  directory: (repo) => {
    throw new Error(`the box has no git; where should ${repo.name} be?`);
  },
  exclusive: async (_repo, work) => await work(),
  later: () => {},
};
