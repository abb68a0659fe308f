import type { Actor } from './account.ts';
import type { Repository } from './state.ts';

/** What the REST routes ask of the real git repositories. */
export interface GitPort {
  /** Creates the bare repository; with files, also a first commit on the default branch. */
  create(repo: Repository, files?: Readonly<Record<string, string>>): Promise<void>;
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
