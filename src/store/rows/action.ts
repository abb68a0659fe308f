import type { Selectable } from 'kysely';
import type { Action, ActionRecord, ActionResult } from '../../domain/effect.ts';
import { effectKey } from '../../domain/ids.ts';
import type { DueAction } from '../../domain/ports/store.ts';
import { decode, decodeOrNull, encode } from '../codec.ts';
import type { ActionTable } from '../schema.ts';

/** The columns of an `ActionRecord`: without the payload, which may be long. */
export const RECORD_COLUMNS = [
  'key',
  'kind',
  'state',
  'payload_hash',
  'result',
  'done_at',
  'tries',
] as const satisfies readonly (keyof ActionTable)[];

type RecordRow = Pick<Selectable<ActionTable>, (typeof RECORD_COLUMNS)[number]>;

export const readRecord = (row: RecordRow): ActionRecord => ({
  key: effectKey(row.key),
  kind: row.kind as ActionRecord['kind'],
  state: row.state === 'pending' ? 'pending' : 'done',
  payloadHash: row.payload_hash,
  result: decodeOrNull<ActionResult>(row.result),
  doneAt: row.done_at,
  tries: row.tries,
});

export const readDueAction = (row: Selectable<ActionTable>): DueAction => ({
  action: decode<Action>(row.payload),
  record: readRecord(row),
  previous: decodeOrNull<ActionResult>(row.previous),
});

/** The whole action, with its key: enough to perform it. */
export const payloadOf = (action: Action): string => encode(action);
