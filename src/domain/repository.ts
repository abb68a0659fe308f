import type { RepositoryKey } from './ids.ts';

/** The repository as GitHub names it now; its id is what stays when it is renamed or moved. */
export interface Repository {
  readonly key: RepositoryKey;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  /** Archived or disabled repositories are looked at, but nothing starts in them. */
  readonly readOnly: boolean;
}
