import { z } from 'zod';
import type { App } from '../account.ts';
import { ok, type Register } from '../router.ts';
import { appBehind } from './app.ts';

const change = z.object({
  url: z.url().optional(),
  secret: z.string().optional(),
  content_type: z.literal('json').optional(),
  insecure_ssl: z.union([z.string(), z.number()]).optional(),
});

/** Where an App's webhooks go, which the App itself may change. */
export const registerHookRoutes: Register = (routes) => {
  routes.on('GET', '/app/hook/config', ({ actor }) => ok(hookShape(appBehind(actor))));
  routes.on('PATCH', '/app/hook/config', async (call) => {
    const app = appBehind(call.actor);
    const { url, secret } = await call.body(change);
    if (url !== undefined) app.webhook.url = url;
    if (secret !== undefined) app.webhook.secret = secret;
    return ok(hookShape(app));
  });
};

/** The secret itself is never shown. */
function hookShape({ webhook }: App) {
  const url = webhook.url === undefined ? {} : { url: webhook.url };
  return { ...url, content_type: 'json', insecure_ssl: '0', secret: '********' };
}
