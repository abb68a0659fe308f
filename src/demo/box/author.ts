import type { Account, Actor } from './account.ts';
import { forbidden, HttpError } from './errors.ts';

/** Who wrote something, as it is kept with what was written. */
export interface Author {
  readonly account: Account;
  /** The App through which it was written; null for a person. */
  readonly appId: number | null;
}

/** The author behind a call; 401 for nobody, 403 for an App's JWT, which has no account to write with. */
export function authorOf(actor: Actor): Author {
  if (actor.kind === 'person') return { account: actor.account, appId: null };
  if (actor.kind === 'installation') return { account: actor.account, appId: actor.app.id };
  if (actor.kind === 'nobody') throw new HttpError(401, 'Requires authentication');
  throw forbidden('This endpoint requires an installation access token or a personal access token');
}
