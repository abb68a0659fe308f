import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Actor, App, Installation, Permissions, Token } from '../account.ts';
import { iso } from '../clock.ts';
import type { BoxCore } from '../core.ts';
import { HttpError, notAccessible, notFound } from '../errors.ts';
import { findRepository, installationsOf } from '../find.ts';
import { installedIn } from '../installations.ts';
import { grants } from '../needs.ts';
import { page, wrappedPage } from '../pages.ts';
import { type Answer, type Call, ok, type Register } from '../router.ts';
import { appShape, installationShape } from '../shapes/app.ts';
import { repositoryShape } from '../shapes/repository.ts';
import type { Repository } from '../state.ts';

/** What an App does as itself, by its JWT, and the tokens it gets for its installations. */
export const registerAppRoutes: Register = (routes, box) => {
  routes.on('GET', '/app', ({ actor }) => ok(appShape(box, appBehind(actor))));
  routes.on('GET', '/app/installations', (call) =>
    page(call, installationsBy(box, appBehind(call.actor)), (one) => installationShape(box, one)),
  );
  routes.on('GET', '/app/installations/:id', (call) => ok(installationShape(box, installationAt(box, call))));
  routes.on('POST', '/app/installations/:id/access_tokens', (call) => mintToken(box, call));
  routes.on('GET', '/repos/:owner/:repo/installation', (call) =>
    ok(installationShape(box, onRepository(box, call))),
  );
  routes.on('GET', '/installation/repositories', (call) => {
    if (call.actor.kind !== 'installation') throw notAccessible();
    const { installation, repositoryIds } = call.actor;
    const items = installedIn(box, installation).filter(
      (repo) => repositoryIds === 'all' || repositoryIds.has(repo.id),
    );
    const more = { repository_selection: repositoryIds === 'all' ? 'all' : 'selected' };
    return wrappedPage(call, { name: 'repositories', items, more }, (repo) => repositoryShape(box, repo));
  });
};

/** The App that calls with its JWT; 401 for everybody else. */
export function appBehind(actor: Actor): App {
  if (actor.kind === 'app') return actor.app;
  throw new HttpError(401, 'A JSON web token could not be decoded');
}

function installationsBy(box: BoxCore, app: App): readonly Installation[] {
  return [...box.world.installations.values()].filter((one) => one.appId === app.id);
}

function installationAt(box: BoxCore, call: Call): Installation {
  const app = appBehind(call.actor);
  const found = installationsBy(box, app).find((one) => one.id === call.number('id'));
  if (!found) throw notFound();
  return found;
}

function onRepository(box: BoxCore, call: Call): Installation {
  const app = appBehind(call.actor);
  const repo = findRepository(box.world, { owner: call.param('owner'), repo: call.param('repo') });
  const found = repo && installationsOf(box.world, repo).find((one) => one.appId === app.id);
  if (!found) throw notFound();
  return found;
}

const tokenRequest = z.object({
  repositories: z.array(z.string()).max(500).optional(),
  repository_ids: z.array(z.int()).max(500).optional(),
  permissions: z.record(z.string(), z.enum(['read', 'write', 'admin'])).optional(),
});

type TokenRequest = z.infer<typeof tokenRequest>;

async function mintToken(box: BoxCore, call: Call): Promise<Answer> {
  const installation = installationAt(box, call);
  if (installation.suspendedAt !== null) throw new HttpError(403, 'This installation has been suspended');
  const wanted = await call.body(tokenRequest);
  const repositories = chosen(box, installation, wanted);
  const token: Token = {
    kind: 'installation',
    value: `ghs_${randomBytes(18).toString('hex')}`,
    installationId: installation.id,
    permissions: narrowed(installation.permissions, wanted.permissions),
    repositoryIds: repositories ? new Set(repositories.map((repo) => repo.id)) : 'all',
    expiresAt: box.clock.now() + box.faults.tokenLifetimeMs,
  };
  box.world.tokens.set(token.value, token);
  return ok(tokenShape(box, token, { installation, repositories }), 201);
}

/** The repositories asked for by name or id; undefined when none are named. 422 for one that is not installed. */
function chosen(
  box: BoxCore,
  installation: Installation,
  { repositories: names, repository_ids: ids }: TokenRequest,
): readonly Repository[] | undefined {
  if (!names && !ids) return undefined;
  const found = installedIn(box, installation).filter(
    (repo) => names?.includes(repo.name) || ids?.includes(repo.id),
  );
  if (found.length < new Set([...(names ?? []), ...(ids ?? [])]).size) {
    throw new HttpError(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  }
  return found;
}

function narrowed(held: Permissions, wanted: Permissions | undefined): Permissions {
  for (const [name, level] of Object.entries(wanted ?? {})) {
    if (!grants(held, `${name}:${level}`)) {
      throw new HttpError(422, 'The permissions requested are not granted to this installation.');
    }
  }
  return wanted ?? held;
}

function tokenShape(
  box: BoxCore,
  token: Extract<Token, { kind: 'installation' }>,
  {
    installation,
    repositories,
  }: { installation: Installation; repositories: readonly Repository[] | undefined },
) {
  const isAll = !repositories && installation.repositoryIds === 'all';
  return {
    token: token.value,
    expires_at: iso(token.expiresAt),
    permissions: { ...token.permissions, metadata: 'read' },
    repository_selection: isAll ? 'all' : 'selected',
    ...(repositories && { repositories: repositories.map((repo) => repositoryShape(box, repo)) }),
  };
}
