import type { Account, App, Installation } from './account.ts';
import type { BoxCore } from './core.ts';
import { accountById } from './find.ts';
import { repositoryShape } from './shapes/repository.ts';
import { nextId, type Repository } from './state.ts';

/** Installs an App on an account: on all of its repositories, or on some. */
export function installApp(
  box: BoxCore,
  app: App,
  account: Account,
  repositories: 'all' | readonly Repository[] = 'all',
): Installation {
  const now = box.clock.now();
  const installation: Installation = {
    id: nextId(box.world),
    appId: app.id,
    accountId: account.id,
    permissions: app.permissions,
    repositoryIds: repositories === 'all' ? 'all' : new Set(repositories.map((repo) => repo.id)),
    suspendedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  box.world.installations.set(installation.id, installation);
  const payload = { repositories: installedIn(box, installation).map((repo) => briefly(box, repo)) };
  box.emitTo(installation, { event: 'installation', action: 'created', sender: account, payload });
  return installation;
}

/** Changes which repositories an installation sees, with the webhook that says so. */
export function reachRepositories(
  box: BoxCore,
  installation: Installation,
  repositories: 'all' | readonly Repository[],
): void {
  const before = installedIn(box, installation);
  installation.repositoryIds = repositories === 'all' ? 'all' : new Set(repositories.map((repo) => repo.id));
  installation.updatedAt = box.clock.now();
  const after = installedIn(box, installation);
  const added = after.filter((repo) => !before.includes(repo));
  const removed = before.filter((repo) => !after.includes(repo));
  for (const [action, changed] of [['added', added] as const, ['removed', removed] as const]) {
    if (changed.length > 0) tellReach(box, installation, { action, added, removed });
  }
}

/** Takes an installation away: its tokens end and the App hears of it. */
export function uninstallApp(box: BoxCore, installation: Installation): void {
  const payload = { repositories: installedIn(box, installation).map((repo) => briefly(box, repo)) };
  const sender = accountById(box.world, installation.accountId);
  box.world.installations.delete(installation.id);
  box.emitTo(installation, { event: 'installation', action: 'deleted', sender, payload });
}

/** While suspended, an installation's tokens are refused and no more of its events are sent. */
export function suspendInstallation(box: BoxCore, installation: Installation, isSuspended: boolean): void {
  installation.suspendedAt = isSuspended ? box.clock.now() : null;
  const action = isSuspended ? 'suspend' : 'unsuspend';
  const sender = accountById(box.world, installation.accountId);
  box.emitTo(installation, { event: 'installation', action, sender, payload: {} });
}

export function installedIn(box: BoxCore, installation: Installation): readonly Repository[] {
  const { repositoryIds, accountId } = installation;
  const owned = [...box.world.repositories.values()].filter((repo) => repo.ownerId === accountId);
  return repositoryIds === 'all' ? owned : owned.filter((repo) => repositoryIds.has(repo.id));
}

interface Reach {
  readonly action: 'added' | 'removed';
  readonly added: readonly Repository[];
  readonly removed: readonly Repository[];
}

function tellReach(box: BoxCore, installation: Installation, { action, added, removed }: Reach): void {
  const payload = {
    repository_selection: installation.repositoryIds === 'all' ? 'all' : 'selected',
    repositories_added: action === 'added' ? added.map((repo) => briefly(box, repo)) : [],
    repositories_removed: action === 'removed' ? removed.map((repo) => briefly(box, repo)) : [],
    requester: null,
  };
  const sender = accountById(box.world, installation.accountId);
  box.emitTo(installation, { event: 'installation_repositories', action, sender, payload });
}

function briefly(box: BoxCore, repo: Repository) {
  const { id, node_id, name, full_name, private: isPrivate } = repositoryShape(box, repo);
  return { id, node_id, name, full_name, private: isPrivate };
}
