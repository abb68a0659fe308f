import type { Attempt } from '../domain/attempt.ts';
import type { Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import type { Sha } from '../domain/ids.ts';
import type { Policy } from '../domain/policy.ts';
import { type Waits, waitsOf } from './blockers.ts';
import { handToHuman } from './ending.ts';
import { dependenciesCheckKey, pullKey, readyKey, trackingKey, verifyCheckKey } from './keys.ts';
import { policyOf, pushOf, recordOf, resultOf, type TaskView, viewTasks } from './lookup.ts';
import { unapprovedPaths } from './protecting.ts';
import { dependenciesCheck, pullText, verifyCheck } from './publishing.ts';
import type { Ruling } from './rule.ts';

/** Every task whose work is pushed has a pull request with its checks; a draft until nothing speaks against it. */
export function keepPulls(facts: Facts): Ruling {
  const views = viewTasks(facts);
  const gates = waitsOf(facts, views);
  const policy = policyOf(facts);
  return { effects: views.flatMap((view) => keepPull({ facts, policy, gates, view })) };
}

interface Looking {
  readonly facts: Facts;
  readonly policy: Policy | null;
  readonly gates: Waits;
  readonly view: TaskView;
}

function keepPull(given: Looking): readonly Effect[] {
  const { facts, view } = given;
  const { ended, needsHuman } = view.task;
  const attempt = lastPushed(facts, view);
  const head = attempt && view.head;
  if (ended || !attempt || !head) return [];
  // Whoever has to act looks at the checks first.
  if (needsHuman) return view.pullNumber === null ? [] : checksOn(given, attempt, head);
  if (view.pullNumber === null) return isTrackingOnItsWay(facts, view) ? [] : openPull(given, attempt);
  if (view.fresh && view.pull?.state === 'closed' && !view.pull.merged)
    return handToHuman(facts, view, { kind: 'pull-closed', pull: view.pullNumber });
  return [...checksOn(given, attempt, head), ...makeReady(given, attempt)];
}

/** The newest attempt whose work GitHub has. */
function lastPushed(facts: Facts, view: TaskView): Attempt | null {
  return view.attempts.findLast((attempt) => pushOf(facts, attempt)?.kind === 'pushed') ?? null;
}

/** The pull request names the tracking issue: after a crash, that may take a moment to be found again. */
const isTrackingOnItsWay = (facts: Facts, { run }: TaskView): boolean =>
  recordOf(facts, trackingKey(run.id))?.state === 'pending';

function openPull(given: Looking, attempt: Attempt): readonly Effect[] {
  const { facts, view } = given;
  const refused = resultOf(facts, pullKey(view.task.runId, view.task.issue));
  if (refused?.kind === 'refused')
    return handToHuman(facts, view, { kind: 'pull-refused', message: refused.message });
  return [opening(given, { attempt, mode: 'once' })];
}

/** Asks once more for a pull request that was refused, as a person says that the cause is gone; else nothing. */
export function openAgain(facts: Facts, view: TaskView): readonly Effect[] {
  const refused = resultOf(facts, pullKey(view.task.runId, view.task.issue));
  const attempt = lastPushed(facts, view);
  if (refused?.kind !== 'refused' || !attempt) return [];
  const gates = waitsOf(facts, viewTasks(facts));
  return [opening({ facts, policy: policyOf(facts), gates, view }, { attempt, mode: 'level' })];
}

function opening(
  { facts, gates, view }: Looking,
  { attempt, mode }: { readonly attempt: Attempt; readonly mode: 'once' | 'level' },
): Effect {
  const { runId, issue, branch } = view.task;
  const base = facts.world.repository.defaultBranch;
  const words = pullText({ facts, gates, view, attempt });
  return { kind: 'open-pull', key: pullKey(runId, issue), runId, mode, branch, base, ...words };
}

function checksOn({ facts, gates, view }: Looking, attempt: Attempt, head: Sha): readonly Effect[] {
  const { runId, issue } = view.task;
  const blockers = gates.blocked.get(issue) ?? [];
  const dependencies = dependenciesCheck({ facts, headSha: head, blockers });
  const key = dependenciesCheckKey(runId, issue, head);
  const checks: Effect[] = [{ kind: 'check', key, runId, mode: 'level', check: dependencies }];
  const pushed = pushOf(facts, attempt);
  if (pushed?.kind === 'pushed' && attempt.outcome) {
    const check = verifyCheck(pushed.sha, attempt.outcome);
    checks.push({ kind: 'check', key: verifyCheckKey(attempt.id), runId, mode: 'once', check });
  }
  return checks;
}

function makeReady({ facts, policy, view }: Looking, attempt: Attempt): readonly Effect[] {
  const { runId, issue } = view.task;
  if (
    !policy ||
    attempt.outcome?.class !== 'succeeded' ||
    view.pullNodeId === null ||
    view.pullNumber === null
  )
    return [];
  const paths = unapprovedPaths(facts, view);
  if (paths.length > 0) return handToHuman(facts, view, { kind: 'protected', pull: view.pullNumber, paths });
  return [
    {
      kind: 'ready-pull',
      key: readyKey(runId, issue),
      runId,
      mode: 'once',
      pull: view.pullNumber,
      nodeId: view.pullNodeId,
    },
  ];
}
