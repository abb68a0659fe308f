import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import { SILENT } from './client.ts';
import { apiUrlOf, type Site } from './site.ts';

/** A client that is the App itself, by its key. */
export function appClientFor(
  apiUrl: string,
  auth: { readonly appId: number; readonly privateKey: string },
): Octokit {
  return new Octokit({ authStrategy: createAppAuth, auth, baseUrl: apiUrl, log: SILENT });
}

/** Tells the server where the App's webhooks go from now on. */
export async function sendWebhooksTo(site: Site, url: string): Promise<void> {
  const app = appClientFor(apiUrlOf(site), { appId: site.app.id, privateKey: site.app.privateKey });
  // Octokit would take a parameter `url` for the address of the call itself.
  await app.request('PATCH /app/hook/config', { data: { url, content_type: 'json' } });
}
