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
  if (ended) return ended.as === 'landed' ? [] : dependenciesOn(given, null);
  const attempt = lastPushed(facts, view);
  const head = attempt && view.head;
  if (!attempt || !head) return [];
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

function checksOn(given: Looking, attempt: Attempt, head: Sha): readonly Effect[] {
  const { facts, view } = given;
  const dependencies = dependenciesOn(given, view.mergeSha === null ? head : null);
  const pushed = pushOf(facts, attempt);
  if (pushed?.kind !== 'pushed' || !attempt.outcome) return dependencies;
  const check = verifyCheck(pushed.sha, attempt.outcome);
  const { runId } = view.task;
  return [...dependencies, { kind: 'check', key: verifyCheckKey(attempt.id), runId, mode: 'once', check }];
}

/** On the head, and on every commit that shows the check already: none is left waiting for ever. */
function dependenciesOn({ facts, gates, view }: Looking, head: Sha | null): readonly Effect[] {
  const { runId, issue, ended } = view.task;
  const end = ended?.as ?? (view.mergeSha === null ? null : 'landed');
  const blockers = gates.blocked.get(issue) ?? [];
  return [...shownOn(facts, view, head), ...(head ? [head] : [])].map((headSha) => ({
    kind: 'check',
    key: dependenciesCheckKey(runId, issue, headSha),
    runId,
    mode: 'level',
    check: dependenciesCheck({ facts, headSha, blockers, end }),
  }));
}

/** The pushed commits, but for the head, that show `parallel/dependencies`. */
function shownOn(facts: Facts, { task, attempts }: TaskView, head: Sha | null): readonly Sha[] {
  const pushed = attempts.map((attempt) => pushOf(facts, attempt));
  const commits = pushed.flatMap((push) => (push?.kind === 'pushed' ? [push.sha] : []));
  const isShown = (sha: Sha): boolean =>
    recordOf(facts, dependenciesCheckKey(task.runId, task.issue, sha)) !== null;
  return [...new Set(commits)].filter((sha) => sha !== head && isShown(sha));
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
