import type { ActionResult } from '../../domain/effect.ts';
import { at, integer, type Json } from '../json.ts';
import { laneOf, named, type Of, type Place, unless } from './place.ts';

const RUNS = '/repos/{owner}/{repo}/check-runs';

/**
 * Writes the check run on its head: edited where it stands there already (found by the action's key, its external id),
 * created where it does not. A check run never moves to another head: so the key names the head too.
 */
export async function writeCheck(place: Place, action: Of<'check'>): Promise<ActionResult> {
  const id = place.previous?.kind === 'check' ? place.previous.id : await lostCheck(place, action);
  const edited = id === null ? null : await editCheck(place, action, id);
  return { kind: 'check', id: edited ?? (await createCheck(place, action)) };
}

async function lostCheck(place: Place, action: Of<'check'>): Promise<number | null> {
  if (!place.retry) return null;
  const { name, headSha } = action.check;
  const runs = await place.connection.list(
    'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
    { ...named(place), ref: headSha, check_name: name, filter: 'all' },
    { field: 'check_runs' },
  );
  const own = runs.find((run) => at(run, 'external_id').value === action.key);
  return own ? integer(at(own, 'id')) : null;
}

/** Null where it is gone. */
async function editCheck(place: Place, action: Of<'check'>, id: number): Promise<number | null> {
  const params = { ...named(place), check_run_id: id, ...contentOf(action) };
  const writing = place.connection.write(laneOf(place), `PATCH ${RUNS}/{check_run_id}`, params, 'plain');
  return (await unless([404, 410], writing)) === null ? null : id;
}

async function createCheck(place: Place, action: Of<'check'>): Promise<number> {
  const { name, headSha } = action.check;
  const params = { ...named(place), name, head_sha: headSha, external_id: action.key, ...contentOf(action) };
  const created: Json = await place.connection.write(laneOf(place), `POST ${RUNS}`, params, 'plain');
  return integer(at(created, 'id'));
}

function contentOf({ check }: Of<'check'>) {
  const { status, conclusion, title, summary, text } = check;
  const completed = status === 'completed' ? { conclusion: conclusion ?? 'neutral' } : {};
  return { status, ...completed, output: { title, summary, ...(text === '' ? {} : { text }) } };
}
