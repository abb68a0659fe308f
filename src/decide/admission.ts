import type { Admission, Effect } from '../domain/effect.ts';
import type { Facts, IssueFacts } from '../domain/facts.ts';
import { canWrite, hasParallelLabel, PARALLEL_LABEL } from '../domain/issue.ts';
import { renderRefusedLabel } from '../render/comments.ts';
import { refusedLabelKey } from './keys.ts';
import type { Ruling } from './rule.ts';

/**
 * Looks at every setting of the label that was not judged yet: whoever set it must be able to write. The triage role
 * can label too, so the label alone proves nothing.
 */
export function admitLabels(facts: Facts): Ruling {
  const unjudged = [...facts.world.issues.values()].filter((issue) => needsJudgement(facts, issue));
  return { effects: unjudged.flatMap((issue) => judge(facts, issue)) };
}

/** The word on an issue's present label, or null. */
export const admissionOf = (facts: Facts, issue: number): Admission | null =>
  facts.memory.admissions.find((known) => known.issue === issue) ?? null;

/** Remembers that a run takes the issue in. Where it was never labelled itself, its epic was, by `actor`. */
export function takenIn(facts: Facts, issue: number, actor: string): Effect {
  const known = admissionOf(facts, issue) ?? {
    issue,
    labelEventId: 0,
    actor,
    allowed: true,
    seenAt: facts.now,
    timesJoined: 0,
  };
  return { kind: 'admit', admission: { ...known, joined: true, timesJoined: known.timesJoined + 1 } };
}

export const isLabelled = ({ issue }: IssueFacts): boolean =>
  issue.state === 'open' && !issue.isPullRequest && hasParallelLabel(issue);

export const hasSubIssues = ({ issue, subIssues }: IssueFacts): boolean =>
  (issue.subIssueCount ?? subIssues.length) > 0;

function needsJudgement(facts: Facts, issue: IssueFacts): boolean {
  if (!isLabelled(issue) || !issue.labelled) return false;
  return admissionOf(facts, issue.issue.number)?.labelEventId !== issue.labelled.id;
}

function judge(facts: Facts, { issue, labelled }: IssueFacts): readonly Effect[] {
  if (!labelled) return [];
  const allowed = canWrite(facts.world.permissions.get(labelled.actor));
  const admission: Admission = {
    issue: issue.number,
    labelEventId: labelled.id,
    actor: labelled.actor,
    allowed,
    seenAt: facts.now,
    joined: false,
    timesJoined: admissionOf(facts, issue.number)?.timesJoined ?? 0,
  };
  const recorded: Effect = { kind: 'admit', admission };
  if (allowed) return [recorded];
  const key = refusedLabelKey(issue.number, labelled.actor);
  const body = renderRefusedLabel({ actor: labelled.actor, label: PARALLEL_LABEL });
  return [recorded, { kind: 'comment', key, runId: null, mode: 'once', issue: issue.number, body }];
}
