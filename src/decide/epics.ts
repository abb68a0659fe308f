import type { Admission, Effect } from '../domain/effect.ts';
import type { Facts, IssueFacts } from '../domain/facts.ts';
import type { Run } from '../domain/run.ts';
import { renderEmptyEpic } from '../render/comments.ts';
import { admissionOf, hasSubIssues, isLabelled, takenIn } from './admission.ts';
import { askedAtOf, join, newRun } from './joining.ts';
import { emptyEpicKey } from './keys.ts';
import { policyOf } from './lookup.ts';
import type { Ruling } from './rule.ts';
import { NOTHING } from './rule.ts';

/** A labelled issue with sub-issues is a run of its own, of its open sub-issues, with itself as the tracking issue. */
export function keepEpics(facts: Facts): Ruling {
  if (!policyOf(facts)) return NOTHING;
  const opened = [...facts.world.issues.values()].flatMap((issue) => openEpic(facts, issue));
  const joined = facts.memory.runs.flatMap((run) => joinEpic(facts, run));
  return { effects: [...opened, ...joined] };
}

/** A label that was set anew asks for all open sub-issues; a run that is over begins again for those that came since. */
function openEpic(facts: Facts, epic: IssueFacts): readonly Effect[] {
  const admission = askedFor(facts, epic);
  if (!admission) return [];
  const { number } = epic.issue;
  const taken = takenIn(facts, number, admission.actor);
  if (runOf(facts, epic)) return admission.joined ? [] : [taken];
  const free = freeMembers(facts, epic, !admission.joined);
  if (free.length === 0) return admission.joined ? [] : [taken, emptyEpic(epic, admission)];
  // One new run a pass: the id of the next one depends on this one being counted. The loop passes again at once.
  if (number !== firstUnopened(facts)) return [];
  const run = newRun(facts, { kind: 'epic', issue: number });
  return [
    taken,
    { kind: 'open-run', run },
    ...take({ facts, run, epic, requestedBy: admission.actor, free }),
  ];
}

/** The word on the label of an epic; null: it asks for nothing. */
function askedFor(facts: Facts, epic: IssueFacts): Admission | null {
  const admission = admissionOf(facts, epic.issue.number);
  return isLabelled(epic) && hasSubIssues(epic) && admission?.allowed ? admission : null;
}

/** Sub-issues that are open and new to the run of their epic. */
function joinEpic(facts: Facts, run: Run): readonly Effect[] {
  if (run.scope.kind !== 'epic' || run.endedAt !== null) return [];
  const epic = facts.world.issues.get(run.scope.issue);
  // The label may have been set anew since, by somebody who may not write: that asks for nothing.
  const admission = epic && askedFor(facts, epic);
  if (!epic || !admission) return [];
  const free = freeMembers(facts, epic, false);
  return take({ facts, run, epic, requestedBy: admission.actor, free });
}

function take(given: {
  facts: Facts;
  run: Run;
  epic: IssueFacts;
  requestedBy: string;
  free: readonly IssueFacts[];
}): readonly Effect[] {
  const { facts, run, epic, requestedBy, free } = given;
  return free.flatMap((issue): readonly Effect[] => [
    join({ facts, run: run.id, issue, requestedBy, askedAt: askedAtOf(epic.labelled) }),
    takenIn(facts, issue.issue.number, requestedBy),
  ]);
}

/** Open sub-issues that no run works on: all of them, or those that no run had before or that were asked for anew. */
function freeMembers(facts: Facts, epic: IssueFacts, all: boolean): readonly IssueFacts[] {
  const members = epic.subIssues.flatMap((number) => facts.world.issues.get(number) ?? []);
  return members.filter(
    ({ issue }) => issue.state === 'open' && !issue.isPullRequest && isFree(facts, issue.number, all),
  );
}

function isFree(facts: Facts, issue: number, all: boolean): boolean {
  const ends = facts.memory.tasks.filter((task) => task.issue === issue).map((task) => task.ended?.as);
  const admission = admissionOf(facts, issue);
  const anew = admission?.allowed === true && !admission.joined;
  if (ends.length === 0) return all || anew || !admission || admission.timesJoined === 0;
  const last = ends.at(-1);
  return !ends.includes(undefined) && last !== 'landed' && (last === 'withdrawn' || anew);
}

const runOf = (facts: Facts, { issue }: IssueFacts): Run | undefined =>
  facts.memory.runs.find(
    (run) => run.scope.kind === 'epic' && run.scope.issue === issue.number && run.endedAt === null,
  );

function firstUnopened(facts: Facts): number | undefined {
  return [...facts.world.issues.values()].find((epic) => {
    const admission = askedFor(facts, epic);
    return admission && !runOf(facts, epic) && freeMembers(facts, epic, !admission.joined).length > 0;
  })?.issue.number;
}

function emptyEpic({ issue }: IssueFacts, admission: Admission): Effect {
  const key = emptyEpicKey(issue.number, admission.labelEventId);
  const body = renderEmptyEpic({ epic: issue.number });
  return { kind: 'comment', key, runId: null, mode: 'once', issue: issue.number, body };
}
