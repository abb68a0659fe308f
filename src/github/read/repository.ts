import { Terminal } from '../../domain/errors.ts';
import type { RepositoryKey } from '../../domain/ids.ts';
import type { Permission } from '../../domain/issue.ts';
import type { Repository } from '../../domain/repository.ts';
import type { Connection } from '../connection.ts';
import { at, flagOr, integer, type Json, login, text, word } from '../json.ts';

/** By its id, which stays when it is renamed or moved. */
export async function repositoryByKey(connection: Connection, key: RepositoryKey): Promise<Repository> {
  const found = await connection.read('GET /repositories/{id}', { id: key.repositoryId });
  return repositoryOf(found, key.installationId);
}

/** By the name that people know; null: there is none, or none that may be seen. */
export async function repositoryByName(
  connection: Connection,
  owner: string,
  name: string,
): Promise<Repository | null> {
  const found = await connection.find('GET /repos/{owner}/{repo}', { owner, repo: name });
  return found && repositoryOf(found, connection.installationId);
}

export const repositoryOf = (from: Json, installationId: number): Repository => ({
  key: { installationId, repositoryId: integer(at(from, 'id')) },
  owner: login(at(from, 'owner')),
  name: text(at(from, 'name')),
  defaultBranch: text(at(from, 'default_branch')),
  readOnly: flagOr(at(from, 'archived'), false) || flagOr(at(from, 'disabled'), false),
});

/** A file of the default branch; null: no such file, or something else by that name. */
export async function fileOf(
  connection: Connection,
  { owner, name }: Repository,
  path: string,
): Promise<{ readonly text: string; readonly blob: string } | null> {
  const parts = path.split('/').map(encodeURIComponent).join('/');
  const found = await connection.find('GET /repos/{owner}/{repo}/contents/{+path}', {
    owner,
    repo: name,
    path: parts,
  });
  if (found === null || at(found, 'type').value !== 'file') return null;
  return { text: contentOf(found, path), blob: text(at(found, 'sha')) };
}

function contentOf(found: Json, path: string): string {
  if (at(found, 'encoding').value !== 'base64')
    throw new Terminal(`${path} is larger than GitHub answers (1 MB)`);
  return Buffer.from(text(at(found, 'content')), 'base64').toString('utf8');
}

const ROLES: readonly Permission[] = ['admin', 'maintain', 'write', 'triage', 'read', 'none'];

/** The role; for an organization's own roles, the permission that they are built on. */
export async function permissionOf(
  connection: Connection,
  { owner, name }: Repository,
  username: string,
): Promise<Permission> {
  const route = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission';
  const found = await connection.find(route, { owner, repo: name, username });
  if (found === null) return 'none';
  const permission = word(at(found, 'permission'), ROLES, 'none');
  return word(at(found, 'role_name'), ROLES, permission);
}
