import type { CheckConclusion, CheckRun, CheckStatus, CheckSuite } from '../check.ts';
import type { Repository } from '../state.ts';

/** The worst first: what a suite of check runs comes to. */
const order: readonly CheckConclusion[] = [
  'failure',
  'timed_out',
  'action_required',
  'cancelled',
  'stale',
  'success',
  'neutral',
  'skipped',
];

/** A suite's status and conclusion, derived from its check runs. */
export function summaryOf(repo: Repository, suite: CheckSuite) {
  const runs = [...repo.checkRuns.values()].filter((run) => run.suiteId === suite.id);
  const status = statusOf(runs);
  const conclusion = status === 'completed' ? (order.find((one) => has(runs, one)) ?? null) : null;
  return { status, conclusion, latest_check_runs_count: new Set(runs.map((run) => run.name)).size };
}

function statusOf(runs: readonly CheckRun[]): CheckStatus {
  if (runs.length === 0 || runs.every((run) => run.status === 'queued')) return 'queued';
  return runs.every((run) => run.status === 'completed') ? 'completed' : 'in_progress';
}

function has(runs: readonly CheckRun[], conclusion: CheckConclusion): boolean {
  return runs.some((run) => run.conclusion === conclusion);
}
