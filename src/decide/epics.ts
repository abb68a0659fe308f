import type { Admission, Effect } from '../domain/effect.ts';
import type { Facts, IssueFacts } from '../domain/facts.ts';
import type { Run } from '../domain/run.ts';
import { renderEmptyEpic } from '../render/comments.ts';
import { admissionOf, isLabelled } from './admission.ts';
import { askedAtOf, join, newRun } from './joining.ts';
import { commandKey } from './keys.ts';
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

function openEpic(facts: Facts, issue: IssueFacts): readonly Effect[] {
  const admission = admissionOf(facts, issue.issue.number);
  if (!isLabelled(issue) || issue.issue.subIssueCount === 0 || !admission?.allowed || admission.joined)
    return [];
  const taken: Effect = { kind: 'admit', admission: { ...admission, joined: true } };
  if (runOf(facts, issue)) return [taken];
  if (openMembers(facts, issue).length === 0) return [taken, emptyEpic(issue, admission)];
  // One new run a pass: the id of the next one depends on this one being counted. The loop passes again at once.
  if (issue.issue.number !== firstUnopened(facts)) return [];
  const run = newRun(facts, { kind: 'epic', issue: issue.issue.number });
  return [
    taken,
    { kind: 'open-run', run },
    ...members({ facts, run, epic: issue, requestedBy: admission.actor }),
  ];
}

/** Sub-issues that are open and new to the run of their epic. */
function joinEpic(facts: Facts, run: Run): readonly Effect[] {
  if (run.scope.kind !== 'epic' || run.endedAt !== null) return [];
  const epic = facts.world.issues.get(run.scope.issue);
  if (!epic || !isLabelled(epic)) return [];
  const requestedBy = admissionOf(facts, run.scope.issue)?.actor ?? epic.issue.author;
  return members({ facts, run, epic, requestedBy });
}

function members(given: {
  facts: Facts;
  run: Run;
  epic: IssueFacts;
  requestedBy: string;
}): readonly Effect[] {
  const { facts, run, epic, requestedBy } = given;
  return openMembers(facts, epic).flatMap((issue): readonly Effect[] => {
    const admission = admissionOf(facts, issue.issue.number);
    const joined = join({ facts, run: run.id, issue, requestedBy, askedAt: askedAtOf(epic.labelled) });
    return admission && !admission.joined
      ? [joined, { kind: 'admit', admission: { ...admission, joined: true } }]
      : [joined];
  });
}

/** Open sub-issues that are in no run: neither a live task somewhere nor one that has ended in this epic's run. */
function openMembers(facts: Facts, epic: IssueFacts): readonly IssueFacts[] {
  const taken = new Set(
    facts.memory.tasks.filter((task) => task.ended?.as !== 'withdrawn').map((task) => task.issue),
  );
  return epic.subIssues.flatMap((number) => {
    const issue = facts.world.issues.get(number);
    return issue && issue.issue.state === 'open' && !issue.issue.isPullRequest && !taken.has(number)
      ? [issue]
      : [];
  });
}

const runOf = (facts: Facts, { issue }: IssueFacts): Run | undefined =>
  facts.memory.runs.find(
    (run) => run.scope.kind === 'epic' && run.scope.issue === issue.number && run.endedAt === null,
  );

function firstUnopened(facts: Facts): number | undefined {
  return [...facts.world.issues.values()].find((issue) => {
    const admission = admissionOf(facts, issue.issue.number);
    const asked =
      isLabelled(issue) && issue.issue.subIssueCount > 0 && admission?.allowed && !admission.joined;
    return asked && !runOf(facts, issue) && openMembers(facts, issue).length > 0;
  })?.issue.number;
}

function emptyEpic({ issue }: IssueFacts, admission: Admission): Effect {
  const key = commandKey(admission.labelEventId, 'empty-epic');
  const body = renderEmptyEpic({ epic: issue.number });
  return { kind: 'comment', key, runId: null, mode: 'once', issue: issue.number, body };
}
