import type { Effect } from '../domain/effect.ts';
import type { Facts, IssueFacts } from '../domain/facts.ts';
import type { RunId } from '../domain/ids.ts';
import { runId } from '../domain/ids.ts';
import type { LabelEvent } from '../domain/issue.ts';
import type { Run, RunScope } from '../domain/run.ts';
import { type Task, UNTOUCHED } from '../domain/task.ts';
import { admissionOf } from './admission.ts';
import { isEditedSince } from './edits.ts';

/** Opens the repository's next run. Its number makes its id, so the same decision made twice opens one run. */
export function newRun(facts: Facts, scope: RunScope): Run {
  const id = runId(`${facts.world.repository.key.repositoryId}-${facts.memory.runCount + 1}`);
  return { id, scope, openedAt: facts.now, pausedAt: null, plan: null, endedAt: null };
}

/**
 * The issue as a task of the run. An issue whose earlier task in this run was withdrawn, failed or cancelled comes back
 * as that task: its attempts go on counting, its rounds start anew.
 */
export function join(given: {
  facts: Facts;
  run: RunId;
  issue: IssueFacts;
  requestedBy: string;
  askedAt: number;
}): Effect {
  const { facts, run, issue, requestedBy } = given;
  const textHash = approvedText(given);
  const number = issue.issue.number;
  const known = facts.memory.tasks.find((task) => task.runId === run && task.issue === number);
  if (!known) return { kind: 'add-task', task: newTask({ facts, run, issue, requestedBy, textHash }) };
  const attempts = facts.memory.attempts.filter(
    (attempt) => attempt.runId === run && attempt.issue === number,
  );
  const patch = {
    ended: null,
    needsHuman: null,
    requestedBy,
    textHash,
    joinedAt: facts.now,
    forgivenAttempts: attempts.length,
    releasedAttempts: attempts.length,
  };
  return { kind: 'update-task', runId: run, issue: number, patch };
}

/** `parallel/<issue>-<slug>`, at most 60 characters of slug; in later runs with the number of times it was asked for. */
function branchName({ issue, title }: { issue: number; title: string }, timesJoined: number): string {
  const slug = title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  return `parallel/${issue}-${slug || 'work'}${timesJoined > 0 ? `-${timesJoined + 1}` : ''}`;
}

function newTask(given: {
  facts: Facts;
  run: RunId;
  issue: IssueFacts;
  requestedBy: string;
  textHash: string;
}): Task {
  const { number: issue, title } = given.issue.issue;
  return {
    runId: given.run,
    issue,
    requestedBy: given.requestedBy,
    joinedAt: given.facts.now,
    branch: branchName({ issue, title }, admissionOf(given.facts, issue)?.timesJoined ?? 0),
    textHash: given.textHash,
    ...UNTOUCHED,
  };
}

/**
 * The text that was asked for. Edited after the label by somebody who may not write, it is nobody's word yet: an empty
 * hash, which no text has, makes the task wait for a new approval.
 */
function approvedText({
  facts,
  issue,
  askedAt,
}: {
  facts: Facts;
  issue: IssueFacts;
  askedAt: number;
}): string {
  return isEditedSince(facts, issue, askedAt) ? '' : issue.textHash;
}

/** When the label was set, on GitHub's clock, as edits are; unknown: any edit is later. */
export const askedAtOf = (labelled: LabelEvent | null): number => labelled?.at ?? 0;
