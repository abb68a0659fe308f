import type { Attempt } from '../domain/attempt.ts';
import type { Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import type { Sha } from '../domain/ids.ts';
import { attemptId, isHome } from '../domain/ids.ts';
import type { Policy } from '../domain/policy.ts';
import { type Waits, waitsOf } from './blockers.ts';
import { dispatchKey } from './keys.ts';
import { isLive, policyOf, type TaskView, viewTasks } from './lookup.ts';
import { promptFor } from './prompting.ts';
import { queueOf, type Start } from './queue.ts';
import { earliest, type Ruling } from './rule.ts';

/** Starts what the plan says can start, and dispatches again what no worker holds any more. */
export function startAttempts(facts: Facts): Ruling {
  const views = viewTasks(facts);
  const gates = waitsOf(facts, views);
  const landed = landedShas(views);
  const policy = policyOf(facts);
  const dispatched = views.flatMap((view) => redispatch(view, baseOf(facts, gates, landed, view)));
  if (!policy) return { effects: dispatched };
  const queue = queueOf({ facts, policy, views, gates });
  const started = queue.starts.flatMap((start) =>
    begin(newAttempt({ facts, policy, start }), baseOf(facts, gates, landed, start.view)),
  );
  const wakeAt = earliest(
    [...queue.waits.values()].map((wait) => (wait.kind === 'backoff' ? wait.until : null)),
  );
  return { effects: [...dispatched, ...started], wakeAt };
}

const begin = (attempt: Attempt, mustContain: readonly Sha[]): readonly Effect[] => [
  { kind: 'add-attempt', attempt },
  {
    kind: 'dispatch',
    key: dispatchKey(attempt.id, 1),
    runId: attempt.runId,
    mode: 'once',
    attempt: attempt.id,
    mustContain,
  },
];

function newAttempt({ facts, policy, start }: { facts: Facts; policy: Policy; start: Start }): Attempt {
  const { view, wanted } = start;
  const number = (view.last?.number ?? 0) + 1;
  return {
    id: attemptId(`${view.run.id}-${view.task.issue}-${number}`),
    runId: view.run.id,
    issue: view.task.issue,
    number,
    kind: wanted.kind,
    cause: wanted.cause,
    prompt: promptFor({ facts, policy, view, wanted }),
    createdAt: facts.now,
    tip: view.head,
    base: null,
    fence: 0,
    lease: 'none',
    startedAt: null,
    cancelRequested: false,
    outcome: null,
  };
}

/** A worker that died with its lease: same attempt, same number, the next fence; it costs no round. */
function redispatch({ last, task }: TaskView, mustContain: readonly Sha[]): readonly Effect[] {
  if (!last || task.ended || !isLive(last) || last.lease === 'live') return [];
  const key = dispatchKey(last.id, last.fence + 1);
  return [{ kind: 'dispatch', key, runId: last.runId, mode: 'once', attempt: last.id, mustContain }];
}

const landedShas = (views: readonly TaskView[]): ReadonlyMap<number, Sha> =>
  new Map(views.flatMap((view) => (view.mergeSha ? [[view.task.issue, view.mergeSha] as const] : [])));

/** The merge commits of the blockers: the base of the work must hold them, however late GitHub's answers are. */
function baseOf(
  facts: Facts,
  gates: Waits,
  landed: ReadonlyMap<number, Sha>,
  view: TaskView,
): readonly Sha[] {
  const blockers = gates.dependencies.get(view.task.issue) ?? [];
  const shas = blockers.flatMap(({ to }) =>
    isHome(to, facts.world.repository) ? (landed.get(to.number) ?? []) : [],
  );
  return [...new Set(shas)];
}
