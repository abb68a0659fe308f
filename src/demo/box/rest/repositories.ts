import type { Role } from '../account.ts';
import type { BoxCore } from '../core.ts';
import { notFound } from '../errors.ts';
import { accountById, accountNamed } from '../find.ts';
import { atLeast, needs, roleOf } from '../needs.ts';
import { page } from '../pages.ts';
import { ok, type Register, type RepoCall } from '../router.ts';
import { accountShape } from '../shapes/account.ts';
import { fullRepositoryShape } from '../shapes/repository.ts';
import type { Repository } from '../state.ts';

export const registerRepositoryRoutes: Register = (routes, box) => {
  const reads = needs('metadata:read', 'read');
  routes.repo('GET', '', reads, ({ repo }) => ok(fullRepositoryShape(box, repo)));
  routes.repo('GET', '/collaborators', needs('metadata:read', 'write'), (call) =>
    page(call, [...call.repo.collaborators.keys()], (id) => collaboratorShape(box, call.repo, id)),
  );
  routes.repo('GET', '/collaborators/:username/permission', reads, (call) => ok(permissionOf(box, call)));
};

function permissionOf(box: BoxCore, call: RepoCall) {
  const account = accountNamed(box.world, call.param('username'));
  if (!account) throw notFound();
  const role = roleOf(box.world, call.repo, account);
  const user = { ...collaboratorShape(box, call.repo, account.id), role_name: role };
  return { permission: legacy(role), role_name: role, user };
}

/** The four levels from before there were roles: triage counts as read, maintain as write. */
function legacy(role: Role): 'admin' | 'write' | 'read' | 'none' {
  if (role === 'triage') return 'read';
  return role === 'maintain' ? 'write' : role;
}

function collaboratorShape(box: BoxCore, repo: Repository, accountId: number) {
  const account = accountById(box.world, accountId);
  const role = roleOf(box.world, repo, account);
  return {
    ...accountShape(box, account),
    permissions: {
      pull: atLeast(role, 'read'),
      triage: atLeast(role, 'triage'),
      push: atLeast(role, 'write'),
      maintain: atLeast(role, 'maintain'),
      admin: role === 'admin',
    },
    role_name: role,
  };
}
