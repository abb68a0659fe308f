import { type Action, payloadHash } from '../../domain/effect.ts';
import { payloadOf } from '../rows/action.ts';
import type { Trx } from '../schema.ts';

export interface Intents {
  readonly repositoryId: number;
  readonly actions: readonly Action[];
  readonly now: number;
}

/**
 * Stores the intents of actions, in their order.
 * `once`: a key that is known, in any state, is left alone. `level`: a pending intent with the same payload is left
 * alone; another payload replaces it, but its tries and its pause stay: words that change all the time would put it off
 * for ever, or never let GitHub rest. One that is done is pending again (whether that is wanted was decided by who
 * asks). The last results stay with the row.
 */
export async function intend(trx: Trx, { repositoryId, actions, now }: Intents): Promise<void> {
  if (actions.length === 0) return;
  let position = await lastPosition(trx, repositoryId);
  for (const action of actions) {
    position += 1;
    await intendOne(trx, { repositoryId, action, now, position });
  }
}

async function lastPosition(trx: Trx, repositoryId: number): Promise<number> {
  const row = await trx
    .selectFrom('actions')
    .select((eb) => eb.fn.max('position').as('last'))
    .where('repository_id', '=', repositoryId)
    .executeTakeFirst();
  return Number(row?.last ?? 0);
}

interface Intent {
  readonly repositoryId: number;
  readonly action: Action;
  readonly now: number;
  readonly position: number;
}

async function intendOne(trx: Trx, intent: Intent): Promise<void> {
  const { repositoryId, action } = intent;
  const known = await trx
    .selectFrom('actions')
    .select(['state', 'payload_hash'])
    .where('repository_id', '=', repositoryId)
    .where('key', '=', action.key)
    .executeTakeFirst();
  if (!known) return await insert(trx, intent);
  if (action.mode === 'once') return;
  if (known.state === 'done') return await replace(trx, intent, pending(intent));
  if (known.payload_hash !== payloadHash(action)) await replace(trx, intent, wording(intent));
}

async function insert(trx: Trx, intent: Intent): Promise<void> {
  const key = { repository_id: intent.repositoryId, key: intent.action.key };
  await trx
    .insertInto('actions')
    .values({ ...key, ...pending(intent), result: null, previous: null })
    .execute();
}

async function replace(trx: Trx, intent: Intent, change: Partial<ReturnType<typeof pending>>): Promise<void> {
  await trx
    .updateTable('actions')
    .set(change)
    .where('repository_id', '=', intent.repositoryId)
    .where('key', '=', intent.action.key)
    .execute();
}

const wording = ({ action }: Intent) => ({
  run_id: action.runId,
  kind: action.kind,
  mode: action.mode,
  payload: payloadOf(action),
  payload_hash: payloadHash(action),
});

const pending = (intent: Intent) => ({
  ...wording(intent),
  position: intent.position,
  state: 'pending',
  created_at: intent.now,
  done_at: null,
  tries: 0,
  not_before: intent.now,
  last_error: null,
});
