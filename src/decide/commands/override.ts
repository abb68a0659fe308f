import type { Override, Relation } from '../../domain/dependency.ts';
import type { Effect } from '../../domain/effect.ts';
import type { Facts } from '../../domain/facts.ts';
import { blockerKey } from '../../domain/facts.ts';
import { type IssueRef, isHome, type WrittenRef } from '../../domain/ids.ts';
import { overrideReply } from '../../render/replies.ts';
import { admissionOf, isLabelled } from '../admission.ts';
import { waitsOf } from '../blockers.ts';
import { evolve } from '../evolve.ts';
import { viewTasks } from '../lookup.ts';
import { type Answer, type Request, refuse } from './request.ts';
import { noTask, type Target, targetOf } from './target.ts';

/**
 * `depends-on #12`, `independent-of #12`: a person's word on one dependency, which overrules every other source until
 * the next such word. It may be said as soon as the issue is labelled, so that the first plan has it.
 */
export function override(
  request: Request,
  said: { readonly relation: Relation; readonly on: readonly WrittenRef[] },
): Answer {
  const { facts } = request;
  const target = targetOf(facts, request.issue);
  const issue = waitingIssue(facts, target);
  if (issue === null) return target.kind === 'task' ? ended(target) : noTask(facts, target, said.relation);
  const on = said.on.map((ref) => resolve(facts, ref));
  if (on.some((ref) => isHome(ref, facts.world.repository) && ref.number === issue))
    return refuse({ kind: 'itself', issue });
  const effects = on.map((ref) => recording(request, { issue, on: ref, relation: said.relation }));
  return { kind: 'done', effects, reply: whatToKnow(facts, effects, issue) };
}

/** The issue that the word is about; null: it cannot wait for anything any more, or not yet. */
function waitingIssue(facts: Facts, target: Target): number | null {
  if (target.kind === 'task') return target.view.task.ended ? null : target.view.task.issue;
  return target.kind === 'none' && isAsked(facts, target.issue) ? target.issue : null;
}

/** Labelled by somebody who may, and soon to be planned. */
function isAsked(facts: Facts, issue: number): boolean {
  const known = facts.world.issues.get(issue);
  const admission = admissionOf(facts, issue);
  return known !== undefined && isLabelled(known) && admission?.allowed === true && !admission.joined;
}

function ended({ view }: Extract<Target, { kind: 'task' }>): Answer {
  const { issue, ended: end } = view.task;
  return refuse(end ? { kind: 'ended-already', issue, as: end.as } : { kind: 'no-run' });
}

/** A pull request of ours stands for its task. */
function resolve(facts: Facts, { owner, name, number }: WrittenRef): IssueRef {
  const { repository } = facts.world;
  const ref = { owner: owner ?? repository.owner, name: name ?? repository.name, number };
  if (!isHome(ref, repository)) return ref;
  const view = viewTasks(facts).find(({ pullNumber }) => pullNumber === number);
  return { owner: repository.owner, name: repository.name, number: view?.task.issue ?? number };
}

const recording = (
  { author, written }: Request,
  about: Pick<Override, 'issue' | 'on' | 'relation'>,
): Effect & { readonly kind: 'add-override' } => ({
  kind: 'add-override',
  override: { ...about, author, ...written },
});

/** What the person may not expect: a circle that it closes, work that goes on, the other direction that still counts. */
function whatToKnow(facts: Facts, effects: readonly Recorded[], issue: number): string | null {
  const after = evolve(facts, effects).facts;
  const views = viewTasks(after);
  const waits = waitsOf(after, views);
  const words = effects.map(({ override: { on, relation } }) => ({ on, relation }));
  const begun = views.some(({ task, attempts }) => task.issue === issue && attempts.length > 0);
  const opposite = words.filter(
    ({ on, relation }) =>
      relation === 'independent-of' &&
      isHome(on, facts.world.repository) &&
      (waits.dependencies.get(on.number) ?? []).some(({ to }) => to.number === issue && isHome(to, on)),
  );
  const isBlocked = words.some(({ on }) =>
    (waits.blocked.get(issue) ?? []).some(({ ref }) => blockerKey(ref) === blockerKey(on)),
  );
  return overrideReply({
    issue,
    circle: isBlocked ? (waits.inCycle.get(issue)?.path ?? null) : null,
    late: isBlocked && begun,
    opposite: opposite.map(({ on }) => on.number),
  });
}

type Recorded = ReturnType<typeof recording>;
