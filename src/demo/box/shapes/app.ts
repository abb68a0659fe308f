import type { App, Installation } from '../account.ts';
import { iso, isoOrNull } from '../clock.ts';
import type { BoxCore } from '../core.ts';
import { accountById } from '../find.ts';
import { nodeId } from '../state.ts';
import { accountShape } from './account.ts';

/** `integration`: an App, also as `performed_via_github_app` and as the owner of a check. */
export function appShape(box: BoxCore, app: App) {
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: nodeId('app', app.id),
    owner: accountShape(box, accountById(box.world, app.ownerId)),
    name: app.name,
    description: null,
    external_url: `${box.url}/apps/${app.slug}`,
    html_url: `${box.url}/apps/${app.slug}`,
    created_at: iso(app.createdAt),
    updated_at: iso(app.createdAt),
    permissions: { ...app.permissions, metadata: 'read' },
    events: app.events,
  };
}

/** The App that wrote something, or null when a person did. */
export function appOrNull(box: BoxCore, appId: number | null) {
  const app = appId === null ? undefined : box.world.apps.get(appId);
  return app ? appShape(box, app) : null;
}

export function installationShape(box: BoxCore, installation: Installation) {
  const app = box.world.apps.get(installation.appId);
  const account = accountById(box.world, installation.accountId);
  return {
    id: installation.id,
    client_id: app?.clientId ?? '',
    account: accountShape(box, account),
    repository_selection: installation.repositoryIds === 'all' ? 'all' : 'selected',
    access_tokens_url: `${box.url}/api/v3/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${box.url}/api/v3/installation/repositories`,
    html_url: `${box.url}/settings/installations/${installation.id}`,
    app_id: installation.appId,
    app_slug: app?.slug ?? '',
    target_id: account.id,
    target_type: account.kind === 'Organization' ? 'Organization' : 'User',
    permissions: { ...installation.permissions, metadata: 'read' },
    events: app?.events ?? [],
    created_at: iso(installation.createdAt),
    updated_at: iso(installation.updatedAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: isoOrNull(installation.suspendedAt),
  };
}
