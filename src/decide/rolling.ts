import type { Effect } from '../domain/effect.ts';
import type { Facts, IssueFacts } from '../domain/facts.ts';
import { admissionOf, hasSubIssues, isLabelled, takenIn } from './admission.ts';
import { askedAtOf, join, newRun } from './joining.ts';
import { policyOf } from './lookup.ts';
import { NOTHING, type Ruling } from './rule.ts';

/**
 * Loose labelled issues form the repository's rolling run once nobody has labelled anything for the quiet time; an
 * issue labelled later joins the open run, and with it the next revision of the plan.
 */
export function joinRolling(facts: Facts): Ruling {
  const candidates = waitingForQuiet(facts);
  if (candidates.length === 0 || !policyOf(facts)) return NOTHING;
  const quietAt = quietSince(facts, candidates) + facts.settings.quietMs;
  if (quietAt > facts.now) return { effects: [], wakeAt: quietAt, reasons: ['quiet-time'] };
  return { effects: admitAll(facts, candidates) };
}

/** Loose issues that may join but have not yet. What has landed in an open run waits for the next one. */
function waitingForQuiet(facts: Facts): readonly IssueFacts[] {
  const owned = new Set([
    ...facts.memory.tasks
      .filter(({ ended }) => ended === null || ended.as === 'landed')
      .map((task) => task.issue),
    ...[...facts.world.issues.values()].filter(isLabelled).flatMap((issue) => issue.subIssues),
  ]);
  return [...facts.world.issues.values()].filter((issue) => {
    const admission = admissionOf(facts, issue.issue.number);
    const asked = isLabelled(issue) && admission?.allowed && !admission.joined;
    return asked && !hasSubIssues(issue) && !owned.has(issue.issue.number);
  });
}

/** The last label that nobody has waved through with `run`. */
function quietSince(facts: Facts, candidates: readonly IssueFacts[]): number {
  const seen = candidates.map(({ issue }) => admissionOf(facts, issue.number)?.seenAt ?? facts.now);
  const latest = Math.max(...seen);
  return latest <= facts.memory.quietSkippedAt ? Number.NEGATIVE_INFINITY : latest;
}

function admitAll(facts: Facts, candidates: readonly IssueFacts[]): readonly Effect[] {
  const open = facts.memory.runs.find((run) => run.scope.kind === 'rolling' && run.endedAt === null);
  const run = open ?? newRun(facts, { kind: 'rolling' });
  const opened: readonly Effect[] = open ? [] : [{ kind: 'open-run', run }];
  return [...opened, ...candidates.flatMap((issue) => take(facts, run.id, issue))];
}

function take(facts: Facts, run: ReturnType<typeof newRun>['id'], issue: IssueFacts): readonly Effect[] {
  const admission = admissionOf(facts, issue.issue.number);
  if (!admission) return [];
  return [
    join({ facts, run, issue, requestedBy: admission.actor, askedAt: askedAtOf(issue.labelled) }),
    takenIn(facts, issue.issue.number, admission.actor),
  ];
}
