import type { Attempt } from '../domain/attempt.ts';
import type { ActionRecord, ActionResult } from '../domain/effect.ts';
import type { Facts, IssueFacts } from '../domain/facts.ts';
import type { EffectKey, Sha } from '../domain/ids.ts';
import type { Policy } from '../domain/policy.ts';
import type { Pull } from '../domain/pull.ts';
import type { Run } from '../domain/run.ts';
import type { Task } from '../domain/task.ts';
import { mergeKey, pullKey, pushKey, trackingKey } from './keys.ts';

/** A task with everything that belongs to it, joined from the facts. */
export interface TaskView {
  readonly run: Run;
  readonly task: Task;
  readonly issue: IssueFacts | null;
  /** By number, oldest first. */
  readonly attempts: readonly Attempt[];
  readonly last: Attempt | null;
  /** As GitHub showed it last; null: none yet, or opened after that look. */
  readonly pull: Pull | null;
  /** Known as soon as it is opened, before GitHub is read again. */
  readonly pullNumber: number | null;
  readonly pullNodeId: string | null;
  /** The branch's head as far as we know: our last push, or a newer look at GitHub. */
  readonly head: Sha | null;
  /** Whether GitHub was read after our last write to the branch or the pull request. */
  readonly fresh: boolean;
  /** The commit that brought the work onto the default branch; null: not landed. */
  readonly mergeSha: Sha | null;
}

/** Every task of every open run, in plan order within its run; tasks that no plan has seen yet come last. */
export function viewTasks(facts: Facts): readonly TaskView[] {
  const attempts = groupAttempts(facts.memory.attempts);
  const byRun = new Map<string, Task[]>();
  for (const task of facts.memory.tasks) push(byRun, task.runId, task);
  return facts.memory.runs.flatMap((run) =>
    inPlanOrder(run, byRun.get(run.id) ?? []).map((task) =>
      viewTask({ facts, run, task, attempts: attempts.get(`${task.runId}/${task.issue}`) ?? [] }),
    ),
  );
}

/** The task of each issue: the one at work, else the last. An issue can have ended in one open run and be in another. */
export function currentTasks(views: readonly TaskView[]): ReadonlyMap<number, TaskView> {
  const current = new Map<number, TaskView>();
  for (const view of views) {
    const known = current.get(view.task.issue);
    if (!known || (known.task.ended && !isOlder(view.task, known.task))) current.set(view.task.issue, view);
  }
  return current;
}

const isOlder = (task: Task, than: Task): boolean => task.ended !== null && task.joinedAt < than.joinedAt;

/** The policy in force, or null while the file is invalid: then nothing new starts. */
export const policyOf = (facts: Facts): Policy | null =>
  facts.world.policy.kind === 'valid' ? facts.world.policy.policy : null;

export const recordOf = (facts: Facts, key: EffectKey): ActionRecord | null =>
  facts.memory.actions.get(key) ?? null;

/** The result of an action that is done, or null while there is none. */
export const resultOf = (facts: Facts, key: EffectKey): ActionResult | null => {
  const record = recordOf(facts, key);
  return record?.state === 'done' ? record.result : null;
};

/** The issue on which a run is tracked: the epic itself, or the one that was created; null: not yet. */
export function trackingIssueOf(facts: Facts, run: Run): number | null {
  if (run.scope.kind === 'epic') return run.scope.issue;
  const created = resultOf(facts, trackingKey(run.id));
  return created?.kind === 'issue' ? created.number : null;
}

/** What came of pushing an attempt's work. */
export function pushOf(
  facts: Facts,
  attempt: Attempt,
): Extract<ActionResult, { kind: 'pushed' | 'refused' }> | null {
  const result = resultOf(facts, pushKey(attempt.id));
  return result?.kind === 'pushed' || result?.kind === 'refused' ? result : null;
}

/** Whether an attempt still occupies a worker or waits for one. */
export const isLive = (attempt: Attempt): boolean => attempt.outcome === null && !isAbandoned(attempt);

/** Cancelled before any worker took it: there will be no outcome. */
const isAbandoned = (attempt: Attempt): boolean => attempt.cancelRequested && attempt.lease === 'none';

function viewTask(given: { facts: Facts; run: Run; task: Task; attempts: readonly Attempt[] }): TaskView {
  const { facts, run, task, attempts } = given;
  const pull = facts.world.pulls.get(task.branch) ?? null;
  const opened = resultOf(facts, pullKey(run.id, task.issue));
  const pushed = lastPush(facts, attempts);
  const fresh = pull !== null && facts.world.observedAt >= lastWriteAt(facts, run, task, pushed?.at ?? 0);
  return {
    run,
    task,
    issue: facts.world.issues.get(task.issue) ?? null,
    attempts,
    last: attempts.at(-1) ?? null,
    pull,
    pullNumber: pull?.number ?? (opened?.kind === 'pull' ? opened.number : null),
    pullNodeId: pull?.nodeId ?? (opened?.kind === 'pull' ? opened.nodeId : null),
    head: pull && (fresh || !pushed) ? pull.headSha : (pushed?.sha ?? null),
    fresh,
    mergeSha:
      task.ended?.mergeSha ??
      (pull?.merged ? pull.mergeSha : null) ??
      ourMerge(facts, run, task, pushed?.sha ?? null),
  };
}

/** Our own merge, known before GitHub is read again. */
function ourMerge(facts: Facts, run: Run, task: Task, head: Sha | null): Sha | null {
  const result = head && resultOf(facts, mergeKey(run.id, task.issue, head));
  return result?.kind === 'merged' ? result.sha : null;
}

/** The newest push of the task's attempts, with our clock's time of it. */
function lastPush(facts: Facts, attempts: readonly Attempt[]): { sha: Sha; at: number } | null {
  for (const attempt of attempts.toReversed()) {
    const record = recordOf(facts, pushKey(attempt.id));
    if (record?.result?.kind === 'pushed') return { sha: record.result.sha, at: record.doneAt ?? 0 };
  }
  return null;
}

function lastWriteAt(facts: Facts, run: Run, task: Task, pushedAt: number): number {
  const prefix = `${run.id}/${task.issue}/`;
  const kinds = ['pull', 'ready'].map(
    (what) => facts.memory.actions.get(`${prefix}${what}` as EffectKey)?.doneAt ?? 0,
  );
  return Math.max(pushedAt, ...kinds);
}

function inPlanOrder(run: Run, tasks: readonly Task[]): readonly Task[] {
  const rank = new Map((run.plan?.order ?? []).map((issue, index) => [issue, index]));
  const rankOf = (task: Task): number => rank.get(task.issue) ?? Number.MAX_SAFE_INTEGER;
  return tasks.toSorted((a, b) => rankOf(a) - rankOf(b) || a.issue - b.issue);
}

function groupAttempts(attempts: readonly Attempt[]): Map<string, Attempt[]> {
  const groups = new Map<string, Attempt[]>();
  for (const attempt of attempts.toSorted((a, b) => a.number - b.number)) {
    push(groups, `${attempt.runId}/${attempt.issue}`, attempt);
  }
  return groups;
}

function push<Value>(groups: Map<string, Value[]>, key: string, value: Value): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}
