import type { Attempt } from '../domain/attempt.ts';
import type { Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import type { Sha } from '../domain/ids.ts';
import { attemptId, isHome } from '../domain/ids.ts';
import type { Policy } from '../domain/policy.ts';
import { commitTitle } from '../render/titles.ts';
import { type Waits, waitsOf } from './blockers.ts';
import { estimatesOf } from './estimating.ts';
import { dispatchKey } from './keys.ts';
import { claimOf, conflictingKey, keysOf, reservedBy } from './keys-held.ts';
import { isLive, policyOf, type TaskView, viewTasks } from './lookup.ts';
import { promptFor } from './prompting.ts';
import { queueOf, type Start } from './queue.ts';
import { earliest, type Ruling } from './rule.ts';

/** Starts what the plan says can start, and dispatches again what no worker holds any more. */
export function startAttempts(facts: Facts): Ruling {
  const views = viewTasks(facts);
  const gates = waitsOf(facts, views);
  const landed = landedTasks(facts, views);
  const policy = policyOf(facts);
  const dispatched = views.flatMap((view) => redispatch(view, () => baseOf(facts, gates, landed, view)));
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
    title: commitTitle({ kind: wanted.kind, issue: view.task.issue, title: view.issue?.issue.title ?? '' }),
    createdAt: facts.now,
    forecast: claimOf(facts, view),
    ...estimatesOf(facts).forNew(view, wanted.kind),
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
function redispatch({ last, task }: TaskView, base: () => readonly Sha[]): readonly Effect[] {
  if (!last || task.ended || !isLive(last) || last.lease === 'live') return [];
  const key = dispatchKey(last.id, last.fence + 1);
  return [{ kind: 'dispatch', key, runId: last.runId, mode: 'once', attempt: last.id, mustContain: base() }];
}

interface Landed {
  readonly issue: number;
  readonly sha: Sha;
  readonly keys: readonly string[];
}

const landedTasks = (facts: Facts, views: readonly TaskView[]): readonly Landed[] =>
  views.flatMap((view) =>
    view.mergeSha ? [{ issue: view.task.issue, sha: view.mergeSha, keys: reservedBy(facts, view) }] : [],
  );

/**
 * What the base of the work must hold, however late GitHub's answers are: the merges of its blockers, and of those that
 * held one of its keys before. Without these the work would change a file as it was, and conflict.
 */
function baseOf(facts: Facts, gates: Waits, landed: readonly Landed[], view: TaskView): readonly Sha[] {
  const home = facts.world.repository;
  const blockers = (gates.dependencies.get(view.task.issue) ?? []).flatMap(({ to }) =>
    isHome(to, home) ? [to.number] : [],
  );
  const wanted = keysOf(facts, view);
  const shares = ({ issue, keys }: Landed): boolean =>
    conflictingKey(
      keys.map((key) => ({ key, by: issue })),
      wanted,
      view.task.issue,
    ) !== null;
  const needed = landed.filter((each) => blockers.includes(each.issue) || shares(each));
  return [...new Set(needed.map(({ sha }) => sha))];
}
