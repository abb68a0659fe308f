import type { Dependency, Disagreement } from '../domain/dependency.ts';
import type { Facts } from '../domain/facts.ts';
import { blockerKey } from '../domain/facts.ts';
import type { IssueRef } from '../domain/ids.ts';
import { isHome } from '../domain/ids.ts';
import type { BlockedBy } from '../domain/task.ts';
import { findCycles } from '../plan/cycles.ts';
import { evidenceOf } from './evidence.ts';
import { currentTasks, type TaskView } from './lookup.ts';

/** Who waits for whom, and why: over all tasks of the repository, from the evidence on their issues. */
export interface Waits {
  /** Evidence that counts, by waiting issue; several sources may say the same. */
  readonly dependencies: ReadonlyMap<number, readonly Dependency[]>;
  /** Evidence that does not go together, by each of the issues concerned. */
  readonly disagreements: ReadonlyMap<number, readonly Disagreement[]>;
  /** What still stands in a task's way, by issue; tasks with nothing in their way are absent. */
  readonly blocked: ReadonlyMap<number, readonly BlockedBy[]>;
  readonly cycles: readonly Cycle[];
  /** The cycle that a task is part of, by issue. */
  readonly inCycle: ReadonlyMap<number, Cycle>;
}

export interface Cycle {
  /** Closed: the first issue stands again at the end. */
  readonly path: readonly number[];
  readonly members: readonly number[];
  /** The evidence of every step of the path. */
  readonly evidence: readonly Dependency[];
}

export function waitsOf(facts: Facts, views: readonly TaskView[]): Waits {
  const tasks = currentTasks(views);
  const current = [...tasks.values()];
  const { dependencies, disagreements } = evidenceOf(facts, tasks);
  const blocked = new Map<number, readonly BlockedBy[]>();
  for (const view of current) {
    const standing = standingBlockers({
      facts,
      tasks,
      dependencies: dependencies.get(view.task.issue) ?? [],
    });
    if (standing.length > 0) blocked.set(view.task.issue, standing);
  }
  const cycles = cyclesAmong({ facts, views: current, blocked, dependencies });
  const inCycle = new Map(cycles.flatMap((cycle) => cycle.members.map((issue) => [issue, cycle] as const)));
  return { dependencies, disagreements, blocked, cycles, inCycle };
}

function standingBlockers(given: {
  facts: Facts;
  tasks: ReadonlyMap<number, TaskView>;
  dependencies: readonly Dependency[];
}): readonly BlockedBy[] {
  const standing = new Map<string, BlockedBy>();
  for (const { to } of given.dependencies) {
    const because = whyBlocked(given.facts, given.tasks, to);
    if (because) standing.set(blockerKey(to), { ref: to, because });
  }
  return [...standing.values()];
}

/** Null: nothing in the way any more. A closed issue never blocks, however its task ended. */
function whyBlocked(
  facts: Facts,
  tasks: ReadonlyMap<number, TaskView>,
  ref: IssueRef,
): BlockedBy['because'] | null {
  const task = isHome(ref, facts.world.repository) ? tasks.get(ref.number) : undefined;
  if (task) return whyTaskBlocks(task);
  // Not asked yet: a command has just named it, and `obeyCommands` has GitHub read anew.
  const state = facts.world.blockers.get(blockerKey(ref))?.state ?? 'open';
  return state === 'closed' ? null : state;
}

function whyTaskBlocks({ task, issue }: TaskView): BlockedBy['because'] | null {
  if (task.ended?.as === 'landed' || task.ended?.as === 'skipped') return null;
  if (task.ended && issue?.issue.state === 'closed') return null;
  if (task.ended) return task.ended.as;
  return task.needsHuman ? 'needs-human' : 'open';
}

function cyclesAmong(given: {
  facts: Facts;
  views: readonly TaskView[];
  blocked: ReadonlyMap<number, readonly BlockedBy[]>;
  dependencies: ReadonlyMap<number, readonly Dependency[]>;
}): readonly Cycle[] {
  const live = new Set(given.views.filter((view) => !view.task.ended).map((view) => view.task.issue));
  const edges = [...live].flatMap((issue) =>
    (given.blocked.get(issue) ?? [])
      .filter(({ ref }) => isHome(ref, given.facts.world.repository) && live.has(ref.number))
      .map(({ ref }) => ({ from: issue, to: ref.number })),
  );
  return findCycles(edges).map(({ path, members }) => ({
    path,
    members,
    evidence: path
      .slice(0, -1)
      .flatMap((issue, index) => stepEvidence(given.dependencies, issue, path[index + 1])),
  }));
}

function stepEvidence(
  dependencies: ReadonlyMap<number, readonly Dependency[]>,
  from: number,
  to: number | undefined,
): readonly Dependency[] {
  return (dependencies.get(from) ?? []).filter((dependency) => dependency.to.number === to);
}
