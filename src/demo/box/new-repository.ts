import type { Account, Role } from './account.ts';
import { createAccount } from './apps.ts';
import type { BoxCore } from './core.ts';
import { repositoryNamed } from './find.ts';
import type { RepositorySeed } from './git-port.ts';
import { createLabel } from './issues/labels.ts';
import { nextId, type Repository } from './state.ts';

export interface RepositoryOptions extends RepositorySeed {
  readonly private?: boolean;
  readonly defaultBranch?: string;
  readonly description?: string;
  /** Login → role. */
  readonly collaborators?: Readonly<Record<string, Role>>;
  readonly labels?: readonly string[];
}

/** Creates `owner/name`; an owner that nobody knows becomes an organization. */
export async function createRepository(
  box: BoxCore,
  fullName: string,
  options: RepositoryOptions = {},
): Promise<Repository> {
  const [login = '', name = ''] = fullName.split('/');
  if (repositoryNamed(box.world, fullName)) throw new Error(`the box has a repository ${fullName} already`);
  const repo = emptyRepository(box, createAccount(box, login, 'Organization'), { ...options, name });
  box.world.repositories.set(repo.id, repo);
  for (const [person, role] of Object.entries(options.collaborators ?? {})) {
    repo.collaborators.set(createAccount(box, person, 'User').id, role);
  }
  for (const label of options.labels ?? []) createLabel(box, repo, { name: label });
  await box.git.create(repo, options);
  box.changed(repo);
  return repo;
}

function emptyRepository(
  box: BoxCore,
  owner: Account,
  options: RepositoryOptions & { readonly name: string },
): Repository {
  const now = box.clock.now();
  return {
    id: nextId(box.world),
    ownerId: owner.id,
    name: options.name,
    description: options.description ?? null,
    isPrivate: options.private ?? false,
    defaultBranch: options.defaultBranch ?? 'main',
    archived: false,
    createdAt: now,
    updatedAt: now,
    pushedAt: now,
    merging: { allowMergeCommit: true, allowSquash: true, allowRebase: true, deleteBranchOnMerge: false },
    ...emptyParts(),
  };
}

function emptyParts() {
  return {
    protection: new Map(),
    collaborators: new Map(),
    nextNumber: 1,
    labels: new Map(),
    issues: new Map(),
    deletedIssues: new Set<number>(),
    movedIssues: new Map(),
    comments: new Map(),
    pulls: new Map(),
    checkSuites: new Map(),
    checkRuns: new Map(),
    statuses: [],
  };
}
