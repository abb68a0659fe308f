import type { PlanTask, PlanWait, PlanWaitReason } from '../../domain/plan.ts';
import type { PlanView } from './view.ts';

/** A plan of issues as people read it: `12` becomes `#12`, and the planner's own keys of pairs become words. */
export function numbered(view: PlanView): PlanView {
  const { request, plan, waits } = view;
  return {
    request: { ...request, tasks: request.tasks.map(taskOf) },
    plan: {
      ...plan,
      criticalPath: plan.criticalPath.map(issueOf),
      order: plan.order.map(issueOf),
      schedule: plan.schedule.map((entry) => ({ ...entry, id: issueOf(entry.id) })),
      batches: plan.batches.map((batch) => batch.map(issueOf)),
    },
    waits: waits.map(waitOf),
  };
}

const issueOf = (id: string | number): string => `#${id}`;

/**
 * Of two keys that are not equal and yet conflict, such as `src/**` and `src/a.ts`, the planner makes one; one of the
 * policy is told by its name.
 */
export const keyOf = (key: string): string => key.replace(/^key: /, '').replaceAll('\0', ' with ');

function taskOf(task: PlanTask): PlanTask {
  const { deps, exclusiveKeys } = task;
  return {
    ...task,
    id: issueOf(task.id),
    ...(deps && { deps: deps.map(issueOf) }),
    ...(exclusiveKeys && { exclusiveKeys: exclusiveKeys.map(keyOf) }),
  };
}

const waitOf = (wait: PlanWait): PlanWait => ({
  ...wait,
  id: issueOf(wait.id),
  reasons: wait.reasons.map(reasonOf),
});

function reasonOf(reason: PlanWaitReason): PlanWaitReason {
  switch (reason.kind) {
    case 'blocked':
      return { ...reason, by: reason.by.map(issueOf) };
    case 'key':
      return { ...reason, key: keyOf(reason.key), heldBy: issueOf(reason.heldBy) };
    case 'worker':
    case 'capacity':
      return { ...reason, after: issueOf(reason.after) };
    case 'turn':
      return { ...reason, after: reason.after === null ? null : issueOf(reason.after) };
    case 'not-before':
      return reason;
    default:
      return reason satisfies never;
  }
}
