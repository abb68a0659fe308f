import { HttpError, notFound } from '../errors.ts';
import { accountNamed } from '../find.ts';
import { apiPrefix, ok, type Register } from '../router.ts';
import { accountShape, profileShape } from '../shapes/account.ts';

/** What belongs to no repository: versions, limits, people. */
export const registerMetaRoutes: Register = (routes, box) => {
  routes.on('GET', '/meta', () =>
    ok({ verifiable_password_authentication: false, installed_version: '3.19.0' }),
  );
  routes.on('GET', '/rate_limit', ({ actor }) => {
    const rate = box.rates.of(actor, 'core');
    return ok({ resources: { core: rate, search: rate, graphql: box.rates.of(actor, 'graphql') }, rate });
  });
  routes.on('GET', '/users/:username', (call) => {
    const account = accountNamed(box.world, call.param('username'));
    if (!account) throw notFound();
    return ok(profileShape(box, account));
  });
  routes.on('GET', '/user', ({ actor }) => {
    if (actor.kind === 'nobody') throw new HttpError(401, 'Requires authentication');
    if (actor.kind !== 'person') throw new HttpError(403, 'Resource not accessible by integration');
    return ok({ ...accountShape(box, actor.account), ...profileShape(box, actor.account) });
  });
  routes.raw.get(apiPrefix, (c) => c.json({ current_user_url: `${box.url}${apiPrefix}/user` }));
};
