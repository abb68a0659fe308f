import type { Disagreement } from '../domain/dependency.ts';
import type { Facts } from '../domain/facts.ts';
import type { Run } from '../domain/run.ts';
import type { TaskRow, TrackingView } from '../render/tracking-view.ts';
import { expectDone } from './expecting.ts';
import { accuracyOfRun } from './learning.ts';
import { policyOf, type TaskView } from './lookup.ts';
import { measure, minutesOf } from './measuring.ts';
import { overlapsOf } from './predicting.ts';
import type { TrackingSight } from './sight.ts';
import { notLinked } from './sub-issues.ts';

/** The run as its tracking text shows it. */
export function trackingView(
  facts: Facts,
  sight: TrackingSight,
  { run, ended }: { run: Run; ended: boolean },
): TrackingView {
  const { owner, name } = facts.world.repository;
  const views = sight.views.filter((view) => view.run.id === run.id);
  const members = new Set(views.map((view) => view.task.issue));
  const statuses = views.map((view) => sight.statuses.get(view));
  return {
    scope: run.scope,
    repository: { owner, name },
    revision: run.plan?.revision ?? null,
    rows: views.flatMap((view) => rowOf(facts, sight, view)),
    dependencies: views.flatMap((view) => sight.gates.dependencies.get(view.task.issue) ?? []),
    disagreements: disagreementsOf(sight, members),
    cycles: sight.gates.cycles.filter((cycle) => cycle.path.some((issue) => members.has(issue))),
    overlaps: overlapsOf(facts, sight.views).filter(({ issues }) =>
      issues.some((issue) => members.has(issue)),
    ),
    gaps: facts.world.survey.gaps,
    accuracy: accuracyOfRun(facts, run),
    batches: run.plan?.batches ?? [],
    expectedMinutes: run.plan?.expectedMinutes ?? null,
    sequentialMinutes: run.plan?.sequentialMinutes ?? null,
    expectedSpan: run.plan?.expectedSpan ?? null,
    done: ended ? null : expectDone(facts, sight, run),
    measured: measure(views),
    paused: run.pausedAt !== null,
    approvalNeeded: statuses.some(
      (status) => status?.state === 'waiting' && status.reason.kind === 'approval',
    ),
    ended,
    notLinked: run.scope.kind === 'rolling' ? notLinked(sight, run) : [],
    configInvalid: policyOf(facts) === null,
  };
}

/** Each once, though it concerns two tasks. One that nobody has decided is a circle, and told as such. */
function disagreementsOf(sight: TrackingSight, members: ReadonlySet<number>): readonly Disagreement[] {
  const all = [...members].flatMap((issue) => sight.gates.disagreements.get(issue) ?? []);
  return [...new Set(all)].filter((claims) => claims.some(({ counts }) => !counts));
}

export function rowOf(facts: Facts, sight: TrackingSight, view: TaskView): readonly TaskRow[] {
  const { task, issue, last } = view;
  const status = sight.statuses.get(view);
  if (!status) return [];
  return [
    {
      issue: task.issue,
      title: issue?.issue.title ?? null,
      status,
      attempt: last ? { number: last.number, kind: last.kind } : null,
      agent: last ? (policyOf(facts)?.agents[0]?.provider ?? 'exec') : null,
      pull: view.pullNumber,
      requestedBy: task.requestedBy,
      minutes: minutesOf(view.attempts),
    },
  ];
}
