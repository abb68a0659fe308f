import type { Facts } from '../domain/facts.ts';
import { isHome } from '../domain/ids.ts';
import type { Plan, PlanRequest, PlanTask } from '../domain/plan.ts';
import type { Run } from '../domain/run.ts';
import { spanOf } from '../plan/estimates/span.ts';
import { explainPlan } from '../plan/explain/explain.ts';
import { planAlong } from '../plan/replan.ts';
import type { ExpectedView, OutsideWait, Preview, RunPreview } from '../render/plan/preview-view.ts';
import { isLabelled } from './admission.ts';
import { type Waits, waitsOf } from './blockers.ts';
import { strangeEdits } from './edits.ts';
import { estimatesOf } from './estimating.ts';
import { policyOf, type TaskView, viewTasks } from './lookup.ts';
import { openPart } from './planning.ts';
import { overlapsOf } from './predicting.ts';
import { limitOf } from './queue.ts';

/**
 * What is to be expected of some runs: what agents still have to do, in the order in which it is started. Null while the policy
 * cannot be used: then nothing starts. Give it facts that were foreseen, so that everybody has joined.
 */
export function previewOf(facts: Facts, runs: readonly Run[]): Preview | null {
  const policy = policyOf(facts);
  if (!policy) return null;
  const all = viewTasks(facts);
  const gates = waitsOf(facts, all);
  const chosen = new Set(runs.map(({ id }) => id));
  const own = all.filter(({ run }) => chosen.has(run.id));
  const request = titled(openPart({ facts, policy, gates, views: own }), own);
  const issues = new Set(request.tasks.map(({ id }) => Number(id)));
  const views = own.filter(({ task }) => issues.has(task.issue) && !task.ended);
  const plan = planAlong(
    request,
    runs.flatMap((run) => run.plan?.order ?? []),
  );
  const { owner, name } = facts.world.repository;
  return {
    ...{ repository: { owner, name }, slots: Math.max(1, limitOf(facts, policy)) },
    ...{ request, plan, waits: explainPlan(request, plan) },
    runs: runs.map((run) => runPreview(run, views)).filter((run) => run.issues.length > 0),
    ...evidenceAmong(gates, issues),
    outside: [...issues].flatMap((issue) => outsideOf(facts, gates, { issue, issues })),
    overlaps: overlapsOf(facts, all).filter((overlap) => overlap.issues.some((issue) => issues.has(issue))),
    gaps: views.length > 0 ? facts.world.survey.gaps : [],
    refused: refusedLabels(facts),
    edited: views.filter((view) => isStrange(facts, view)).map(({ task }) => task.issue),
    expected: expectedOf(facts, views, plan),
  };
}

function titled(request: PlanRequest, views: readonly TaskView[]): PlanRequest {
  const titles = new Map(views.map(({ task, issue }) => [String(task.issue), issue?.issue.title]));
  const withTitle = (task: PlanTask): PlanTask => {
    const title = titles.get(String(task.id));
    return title === undefined ? task : { ...task, title };
  };
  return { ...request, tasks: request.tasks.map(withTitle) };
}

function runPreview(run: Run, views: readonly TaskView[]): RunPreview {
  const issues = views.filter((view) => view.run.id === run.id).map(({ task }) => task.issue);
  const open = new Set(issues);
  const batches = (run.plan?.batches ?? []).map((batch) => batch.filter((issue) => open.has(issue)));
  return { scope: run.scope, issues, batches: batches.filter((batch) => batch.length > 0) };
}

function evidenceAmong(
  { dependencies, disagreements, cycles }: Waits,
  issues: ReadonlySet<number>,
): Pick<Preview, 'dependencies' | 'disagreements' | 'cycles'> {
  const said = new Set([...issues].flatMap((issue) => disagreements.get(issue) ?? []));
  return {
    dependencies: [...issues].flatMap((issue) => dependencies.get(issue) ?? []),
    // One that nobody has decided is a circle, and told as such.
    disagreements: [...said].filter((claims) => claims.some(({ counts }) => !counts)),
    cycles: cycles.filter(({ path }) => path.some((issue) => issues.has(issue))),
  };
}

function outsideOf(
  { world }: Facts,
  { blocked }: Waits,
  { issue, issues }: { readonly issue: number; readonly issues: ReadonlySet<number> },
): readonly OutsideWait[] {
  const by = (blocked.get(issue) ?? []).filter(
    ({ ref }) => !isHome(ref, world.repository) || !issues.has(ref.number),
  );
  return by.length === 0 ? [] : [{ issue, by }];
}

function expectedOf(facts: Facts, views: readonly TaskView[], plan: Plan): ExpectedView | null {
  const estimates = estimatesOf(facts);
  if (!estimates.known || views.length === 0) return null;
  const each = views.map((view) => ({ issue: view.task.issue, ...estimates.of(view) }));
  const critical = new Set(plan.criticalPath.map(Number));
  const chain = each.filter(({ issue }) => critical.has(issue));
  return {
    span: spanOf(plan.makespan, chain),
    tasks: each.map(({ issue, p50, p90, basis, usd }) => ({ issue, p50, p90, basis, usd })),
    usd: sumOf(each.map(({ usd }) => usd)),
    tokens: sumOf(each.map(({ tokens }) => tokens)),
  };
}

/** Null where one of them is not known. */
const sumOf = (parts: readonly (number | null)[]): number | null =>
  parts.reduce((sum, part) => (sum === null || part === null ? null : sum + part), 0);

const refusedLabels = ({ memory, world }: Facts): Preview['refused'] =>
  memory.admissions
    .filter(({ allowed, issue }) => {
      const known = world.issues.get(issue);
      return !allowed && known !== undefined && isLabelled(known);
    })
    .map(({ issue, actor }) => ({ issue, actor }));

const isStrange = (facts: Facts, { task, issue }: TaskView): boolean =>
  issue !== null && issue.textHash !== task.textHash && strangeEdits(facts, issue, task.textHash).length > 0;
