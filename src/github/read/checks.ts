import type { Sha } from '../../domain/ids.ts';
import type { Checks } from '../../domain/pull.ts';
import type { Repository } from '../../domain/repository.ts';
import type { Connection } from '../connection.ts';
import { at, type Json, text } from '../json.ts';

/** Our own check that says what a pull request waits for: it would wait for itself. */
const OWN_WAIT = 'parallel/dependencies';

interface Check {
  readonly name: string;
  readonly state: 'success' | 'failure' | 'pending';
}

/** Check runs and commit statuses of a head together. */
export async function checksOf(given: {
  connection: Connection;
  repository: Repository;
  head: Sha;
  appId: number;
}): Promise<Checks> {
  const { connection, repository, head, appId } = given;
  const params = { owner: repository.owner, repo: repository.name, ref: head };
  const [runs, statuses] = await Promise.all([
    connection.list(
      'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
      { ...params, filter: 'latest' },
      { field: 'check_runs' },
    ),
    connection.list('GET /repos/{owner}/{repo}/commits/{ref}/status', params, { field: 'statuses' }),
  ]);
  const counted = runs.filter((run) => !isOwnWait(run, appId));
  return summary([...counted.map(runOf), ...statuses.map(statusOf)]);
}

const isOwnWait = (run: Json, appId: number): boolean =>
  at(run, 'name').value === OWN_WAIT && at(run, 'app', 'id').value === appId;

const GOOD = new Set<unknown>(['success', 'neutral', 'skipped']);

function runOf(run: Json): Check {
  const name = text(at(run, 'name'));
  if (at(run, 'status').value !== 'completed') return { name, state: 'pending' };
  return { name, state: GOOD.has(at(run, 'conclusion').value) ? 'success' : 'failure' };
}

function statusOf(status: Json): Check {
  const state = at(status, 'state').value;
  const name = text(at(status, 'context'));
  return { name, state: state === 'success' || state === 'pending' ? state : 'failure' };
}

function summary(checks: readonly Check[]): Checks {
  const named = (state: Check['state']) =>
    checks.filter((check) => check.state === state).map((check) => check.name);
  if (checks.length === 0) return { state: 'none', names: [] };
  const failed = named('failure');
  if (failed.length > 0) return { state: 'failure', names: failed };
  const pending = named('pending');
  return pending.length > 0 ? { state: 'pending', names: pending } : { state: 'success', names: [] };
}
