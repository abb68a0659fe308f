import type { Facts } from '../domain/facts.ts';
import { PRIORITIES, type Priority } from '../domain/task.ts';
import { policyOf, type TaskView } from './lookup.ts';

/** What somebody said by command counts; else the highest that the policy gives to one of the issue's labels. */
export function priorityOf(facts: Facts, view: TaskView): Priority | null {
  const given = labelRules(facts, view).flatMap(({ priority }) => priority ?? []);
  return view.task.priority ?? PRIORITIES.findLast((priority) => given.includes(priority)) ?? null;
}

/** The capabilities that the policy asks of a worker for the issue's labels: all of them together. */
export const requiresOf = (facts: Facts, view: TaskView): readonly string[] =>
  [...new Set(labelRules(facts, view).flatMap(({ requires }) => requires))].toSorted();

function labelRules(facts: Facts, { issue }: TaskView) {
  const rules = policyOf(facts)?.labels ?? {};
  return (issue?.issue.labels ?? []).flatMap((label) =>
    Object.hasOwn(rules, label) ? (rules[label] ?? []) : [],
  );
}
