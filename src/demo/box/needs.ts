import {
  type Account,
  type Actor,
  type PermissionLevel,
  type Permissions,
  type Role,
  roles,
} from './account.ts';
import { forbidden, HttpError, notAccessible, notFound } from './errors.ts';
import type { Repository, World } from './state.ts';

/** What a route asks for: one of some App permissions, and a person's least role. */
export interface Needs {
  /** Such as `issues:write`; any one is enough. `metadata:read` is what every installation has. */
  readonly app: readonly `${string}:${PermissionLevel}`[];
  readonly role: Role;
}

export function needs(app: Needs['app'][number] | Needs['app'], role: Role): Needs {
  return { app: typeof app === 'string' ? [app] : app, role };
}

interface Check {
  readonly actor: Actor;
  readonly repo: Repository;
  readonly needs: Needs;
  readonly reading: boolean;
}

/** Throws 404 for what the actor cannot see, 401 or 403 for what it may not do. */
export function check(world: World, wanted: Check): void {
  const { actor, repo } = wanted;
  if (!canSee(world, actor, repo)) throw notFound();
  if (!wanted.reading && repo.archived) throw new HttpError(403, 'Repository was archived so is read-only.');
  if (mayDo(world, wanted)) return;
  if (wanted.reading && !repo.isPrivate && !isInstalledIn(actor, repo) && actor.kind !== 'app') return;
  if (actor.kind === 'nobody') throw new HttpError(401, 'Requires authentication');
  throw actor.kind === 'person' ? forbidden() : notAccessible();
}

/** Whether the actor has one of the permissions in this repository, or the role. */
export function mayDo(world: World, { actor, repo, needs: wanted }: Omit<Check, 'reading'>): boolean {
  if (actor.kind === 'person') return atLeast(roleOf(world, repo, actor.account), wanted.role);
  if (actor.kind !== 'installation' || !isInstalledIn(actor, repo)) return false;
  return wanted.app.some((one) => grants(actor.permissions, one));
}

/** Everybody sees what is public; installations and collaborators see what is private. */
export function canSee(world: World, actor: Actor, repo: Repository): boolean {
  if (!repo.isPrivate || isInstalledIn(actor, repo)) return true;
  return actor.kind === 'person' && roleOf(world, repo, actor.account) !== 'none';
}

/** A person's role; everybody reads a public repository. */
export function roleOf(world: World, repo: Repository, account: Account): Role {
  if (isOwner(world, repo.ownerId, account)) return 'admin';
  return repo.collaborators.get(account.id) ?? (repo.isPrivate ? 'none' : 'read');
}

/** Whether an account is the owner itself or owns the organization. */
export function isOwner(world: World, ownerId: number, account: Account): boolean {
  return account.id === ownerId || world.owners.get(ownerId)?.has(account.id) === true;
}

export function atLeast(role: Role, wanted: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(wanted);
}

/** Whether `{ issues: 'write' }` covers `issues:read`. */
export function grants(permissions: Permissions, wanted: string): boolean {
  const [name = '', level = 'read'] = wanted.split(':');
  if (name === 'metadata') return true;
  const held = permissions[name];
  const levels = ['read', 'write', 'admin'];
  return held !== undefined && levels.indexOf(held) >= levels.indexOf(level);
}

function isInstalledIn(actor: Actor, repo: Repository): boolean {
  if (actor.kind !== 'installation' || actor.installation.accountId !== repo.ownerId) return false;
  return actor.repositoryIds === 'all' || actor.repositoryIds.has(repo.id);
}
