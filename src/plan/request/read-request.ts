import type { PlanProblem, PlanRequest } from '../../domain/plan.ts';
import { findCycles } from '../cycles.ts';
import type { Instance } from '../graph/instance.ts';
import { inOrder } from '../graph/order.ts';
import { int, type Rows, rowOf, turned } from '../graph/sparse.ts';
import { PlanError } from '../plan-error.ts';
import { type NumberedIds, numberIds } from './number-ids.ts';
import { readBlockers, readKeys } from './read-edges.ts';
import { readTasks } from './read-tasks.ts';
import { formProblems } from './request-check.ts';
import { soundPart } from './sound-part.ts';
import { matchWorkers } from './workers.ts';

/** Turns a request into numbers. Throws PlanError with every problem at once. */
export function readRequest(request: PlanRequest): Instance {
  const malformed = formProblems(request);
  if (malformed.length > 0) throw new PlanError([...malformed, ...otherProblems(soundPart(request))]);
  return toInstance(request);
}

/** What is wrong with the part that has the right form. */
function otherProblems(request: PlanRequest): readonly PlanProblem[] {
  try {
    toInstance(request);
  } catch (error) {
    if (error instanceof PlanError) return error.problems;
    throw error;
  }
  return [];
}

function toInstance(request: PlanRequest): Instance {
  const { tasks } = request;
  const numbered = numberIds(tasks);
  const { ids } = numbered;
  const problems = duplicates(numbered);
  const blockers = readBlockers(tasks, numbered, problems);
  const { times, special } = readTasks(tasks, numbered);
  const matched = matchWorkers(request, special, ids.length);
  problems.push(...matched.problems);
  const dependents = turned(blockers);
  const topological = inOrder(blockers, dependents);
  if (topological.length < ids.length) problems.push(...cycles({ blockers, topological, ids }));
  if (problems.length > 0) throw new PlanError(problems);
  const keys = readKeys(special, ids.length);
  return {
    count: ids.length,
    ids,
    ...times,
    blockers,
    dependents,
    topological,
    ...keys,
    ...matched.instance,
  };
}

/** Ids that occur more than once. What else is wrong with such tasks is said too. */
function duplicates({ ids, numbers }: NumberedIds): PlanProblem[] {
  if (ids.length === numbers.length) return [];
  const counts = new Int32Array(ids.length);
  for (const number of numbers) counts[number] = int(counts, number) + 1;
  return ids.filter((_, number) => int(counts, number) > 1).map(duplicate);
}

const duplicate = (id: string): PlanProblem => ({
  kind: 'duplicate-id',
  id,
  message: `the id ${JSON.stringify(id)} occurs more than once`,
});

/** What an order by dependencies leaves over holds every cycle. */
function cycles(given: {
  readonly blockers: Rows;
  readonly topological: Int32Array;
  readonly ids: readonly string[];
}): PlanProblem[] {
  const { blockers, topological, ids } = given;
  const done = new Set(topological);
  const left = ids.map((_, node) => node).filter((node) => !done.has(node));
  const edges = left.flatMap((from) => Array.from(rowOf(blockers, from), (to) => ({ from, to })));
  return findCycles(edges).map((circle) => {
    const path = circle.path.flatMap((node) => ids.slice(node, node + 1));
    return {
      kind: 'cycle',
      path,
      message: `these tasks wait for each other: ${shortened(path).join(' → ')}`,
    };
  });
}

const shortened = (path: readonly string[]): readonly string[] =>
  path.length <= 20 ? path : [...path.slice(0, 10), `… ${path.length - 19} more …`, ...path.slice(-9)];
