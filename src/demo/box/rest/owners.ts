import { z } from 'zod';
import type { Account, Role } from '../account.ts';
import { authorOf } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { forbidden, invalid, notFound } from '../errors.ts';
import { accountNamed, repositoryNamed } from '../find.ts';
import { canSee, isOwner, needs } from '../needs.ts';
import { createRepository } from '../new-repository.ts';
import { page } from '../pages.ts';
import { type Answer, type Call, noContent, ok, type Register } from '../router.ts';
import { fullRepositoryShape, repositoryShape } from '../shapes/repository.ts';
import type { Repository } from '../state.ts';

const administers = needs('administration:write', 'admin');

/** What an organization's owners do: create and delete repositories, and say who may do what in them. */
export const registerOwnerRoutes: Register = (routes, box) => {
  routes.on('GET', '/orgs/:org/repos', (call) => listRepositories(box, call));
  routes.on('POST', '/orgs/:org/repos', (call) => postRepository(box, call));
  routes.repo('DELETE', '', administers, ({ repo, actor }) => {
    tell(box, repo, { action: 'deleted', sender: authorOf(actor).account });
    box.world.repositories.delete(repo.id);
    return noContent;
  });
  routes.repo('PUT', '/collaborators/:username', administers, async (call) => {
    const { permission } = await call.body(z.object({ permission: z.enum(roleNames).optional() }));
    call.repo.collaborators.set(accountAt(box, call).id, roleCalled[permission ?? 'push']);
    return noContent;
  });
  routes.repo('DELETE', '/collaborators/:username', administers, (call) => {
    call.repo.collaborators.delete(accountAt(box, call).id);
    return noContent;
  });
};

const roleNames = ['pull', 'triage', 'push', 'maintain', 'admin'] as const;

const roleCalled: Readonly<Record<(typeof roleNames)[number], Role>> = {
  pull: 'read',
  triage: 'triage',
  push: 'write',
  maintain: 'maintain',
  admin: 'admin',
};

function listRepositories(box: BoxCore, call: Call): Answer {
  const owner = organizationAt(box, call);
  const visible = [...box.world.repositories.values()].filter(
    (repo) => repo.ownerId === owner.id && canSee(box.world, call.actor, repo),
  );
  return page(call, visible, (repo) => repositoryShape(box, repo));
}

const newRepository = z.object({
  name: z.string().regex(/^[\w.-]{1,100}$/),
  description: z.string().nullish(),
  private: z.boolean().default(false),
  auto_init: z.boolean().default(false),
  delete_branch_on_merge: z.boolean().default(false),
});

async function postRepository(box: BoxCore, call: Call): Promise<Answer> {
  const { owner, sender } = ownership(box, call);
  const wanted = await call.body(newRepository);
  const fullName = `${owner.login}/${wanted.name}`;
  if (repositoryNamed(box.world, fullName)) throw nameTaken();
  const repo = await createRepository(box, fullName, {
    private: wanted.private,
    ...(wanted.description ? { description: wanted.description } : {}),
    ...(wanted.auto_init ? { files: { 'README.md': `# ${wanted.name}\n` } } : {}),
  });
  repo.merging.deleteBranchOnMerge = wanted.delete_branch_on_merge;
  tell(box, repo, { action: 'created', sender });
  return ok(fullRepositoryShape(box, repo), 201);
}

function ownership(box: BoxCore, call: Call): { readonly owner: Account; readonly sender: Account } {
  const owner = organizationAt(box, call);
  if (call.actor.kind === 'nobody') throw notFound();
  const sender = authorOf(call.actor).account;
  if (!isOwner(box.world, owner.id, sender))
    throw forbidden('You need admin access to the organization before adding a repository to it.');
  return { owner, sender };
}

function organizationAt(box: BoxCore, call: Call): Account {
  const found = accountNamed(box.world, call.param('org'));
  if (found?.kind !== 'Organization') throw notFound();
  return found;
}

/** Whoever has a name is a member already: nobody has to accept an invitation first. */
function accountAt(box: BoxCore, call: Call): Account {
  const account = accountNamed(box.world, call.param('username'));
  if (!account) throw notFound();
  return account;
}

interface News {
  readonly action: 'created' | 'deleted';
  readonly sender: Account;
}

function tell(box: BoxCore, repo: Repository, { action, sender }: News): void {
  box.emit({ event: 'repository', action, repo, sender, payload: {} });
}

function nameTaken() {
  const message = 'name already exists on this account';
  return invalid({ resource: 'Repository', code: 'custom', field: 'name', message });
}
