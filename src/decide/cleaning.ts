import type { Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import { admissionOf } from './admission.ts';
import { branchKey, closeKey, stopKey, worktreeKey } from './keys.ts';
import { isLive, type TaskView, viewTasks } from './lookup.ts';
import type { Ruling } from './rule.ts';

/** Stops attempts that nobody wants any more, and tidies up after what has landed. */
export function cleanUp(facts: Facts): Ruling {
  return { effects: viewTasks(facts).flatMap((view) => [...stop(view), ...tidy(facts, view)]) };
}

function stop({ last }: TaskView): readonly Effect[] {
  if (!last?.cancelRequested || !isLive(last)) return [];
  return [{ kind: 'stop-attempt', key: stopKey(last.id), runId: last.runId, mode: 'once', attempt: last.id }];
}

/** Branch and worktree of landed work hold nothing that the default branch does not hold. */
function tidy(facts: Facts, view: TaskView): readonly Effect[] {
  const { task, head } = view;
  if (task.ended?.as !== 'landed' || !head) return [];
  const { runId, issue, branch } = task;
  return [
    { kind: 'delete-branch', key: branchKey(runId, issue), runId, mode: 'once', branch, expected: head },
    { kind: 'release-worktree', key: worktreeKey(runId, issue), runId, mode: 'once', issue, published: head },
    ...closeIssue(facts, view),
  ];
}

/** How long GitHub and we may take to close the issue of landed work; a person who opens it later means it. */
const CLOSING_MS = 10 * 60_000;

/** GitHub closes the issue by the closing keyword; only if a later look still finds it open do we. */
function closeIssue(facts: Facts, { task, issue }: TaskView): readonly Effect[] {
  const seenSince = task.ended && facts.world.observedAt > task.ended.at;
  if (!seenSince || issue?.issue.state !== 'open') return [];
  if (facts.now > task.ended.at + CLOSING_MS || isAskedAgain(facts, task.issue)) return [];
  const { runId } = task;
  return [
    {
      kind: 'close-issue',
      key: closeKey(runId, task.issue),
      runId,
      mode: 'once',
      issue: task.issue,
      reason: 'completed',
    },
  ];
}

/** Somebody has set the label anew since the task joined. */
const isAskedAgain = (facts: Facts, issue: number): boolean => admissionOf(facts, issue)?.joined === false;
