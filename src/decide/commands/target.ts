import type { Verb } from '../../domain/command.ts';
import type { Facts } from '../../domain/facts.ts';
import type { Run } from '../../domain/run.ts';
import type { Standing } from '../../render/refusals.ts';
import { admissionOf, isLabelled } from '../admission.ts';
import { policyOf, type TaskView, trackingIssueOf, viewTasks } from '../lookup.ts';
import { type Answer, refuse } from './request.ts';

/** What a command is about: the task of the issue or pull request, or the run whose tracking issue it stands on. */
export type Target =
  | { readonly kind: 'task'; readonly view: TaskView }
  | { readonly kind: 'run'; readonly run: Run }
  | { readonly kind: 'none'; readonly issue: number };

export function targetOf(facts: Facts, issue: number): Target {
  const run = facts.memory.runs.find((known) => trackingIssueOf(facts, known) === issue);
  if (run) return { kind: 'run', run };
  const views = viewTasks(facts).filter((view) => view.task.issue === issue || view.pullNumber === issue);
  const view = views.find((known) => !known.task.ended) ?? views.at(-1);
  return view ? { kind: 'task', view } : { kind: 'none', issue };
}

/** The tasks that a target covers. */
export function tasksOf(facts: Facts, target: Target): readonly TaskView[] {
  switch (target.kind) {
    case 'task':
      return [target.view];
    case 'run':
      return viewTasks(facts).filter((view) => view.run.id === target.run.id);
    case 'none':
      return [];
    default:
      return target satisfies never;
  }
}

/** The answer to a command about a task where there is none: the tracking issue, or an issue in no open run. */
export function noTask(facts: Facts, target: Exclude<Target, { kind: 'task' }>, verb: Verb): Answer {
  if (target.kind === 'run') return refuse({ kind: 'names-no-task', verb });
  const { issue } = target;
  return refuse({ kind: 'not-a-task', issue, standing: standingOf(facts, issue) });
}

function standingOf(facts: Facts, issue: number): Standing {
  const known = facts.world.issues.get(issue);
  const admission = admissionOf(facts, issue);
  if (!known || !isLabelled(known) || !admission) return 'unlabelled';
  if (!admission.allowed) return 'not-admitted';
  if (!policyOf(facts)) return 'config-invalid';
  return admission.joined ? 'over' : 'not-planned-yet';
}
