import { join, resolve } from 'node:path';

/** Where everything of one task lies on this machine. */
export interface TaskPlace {
  readonly repositoryId: number;
  readonly issue: number;
  readonly mirror: string;
  /** The directory that the agent works in. */
  readonly worktree: string;
  /** The worktree's own git directory inside the mirror. */
  readonly admin: string;
  /** HOME of everything that runs for the task; lasts across its attempts. */
  readonly home: string;
  /** The index that commits are made from: out of the agent's sight. */
  readonly index: string;
  /** What the runner knows about the worktree. */
  readonly state: string;
  /** The process that runs in the worktree, for the next server if this one dies. */
  readonly processRecord: string;
}

/** Every path below the data directory, in one place. */
export class Places {
  readonly root: string;

  constructor(dataDir: string) {
    this.root = resolve(dataDir);
  }

  get homes(): string {
    return join(this.root, 'homes');
  }

  get worktrees(): string {
    return join(this.root, 'worktrees');
  }

  get repositories(): string {
    return join(this.root, 'runner');
  }

  mirror(repositoryId: number): string {
    return join(this.repositories, String(repositoryId), 'mirror.git');
  }

  task(repositoryId: number, issue: number): TaskPlace {
    const own = join(this.repositories, String(repositoryId), 'tasks', String(issue));
    const worktree = join(this.worktrees, String(repositoryId), String(issue));
    return {
      repositoryId,
      issue,
      mirror: this.mirror(repositoryId),
      worktree,
      admin: join(this.mirror(repositoryId), 'worktrees', String(issue)),
      home: join(this.homes, String(repositoryId), String(issue)),
      index: `${own}.index`,
      state: `${own}.json`,
      processRecord: `${worktree}.process.json`,
    };
  }

  log(attempt: string): string {
    return join(this.logs, `${encodeURIComponent(attempt)}.log`);
  }

  get logs(): string {
    return join(this.root, 'logs');
  }

  /** Name of an outcome's bundle, relative to {@link outcomes}. */
  bundleName({ repositoryId, issue }: TaskPlace, attempt: string, fence: number): string {
    return join(String(repositoryId), String(issue), `${encodeURIComponent(attempt)}-${fence}.bundle`);
  }

  /** All bundles of a task. */
  bundles({ repositoryId, issue }: TaskPlace): string {
    return join(this.outcomes, String(repositoryId), String(issue));
  }

  get outcomes(): string {
    return join(this.root, 'outcomes');
  }
}
