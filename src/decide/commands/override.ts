import type { Override, Relation } from '../../domain/dependency.ts';
import type { Effect } from '../../domain/effect.ts';
import type { Facts } from '../../domain/facts.ts';
import { blockerKey } from '../../domain/facts.ts';
import { type IssueRef, isHome, type WrittenRef } from '../../domain/ids.ts';
import { canWrite } from '../../domain/issue.ts';
import { overrideReply } from '../../render/replies.ts';
import { isLabelled } from '../admission.ts';
import { type Waits, waitsOf } from '../blockers.ts';
import { evolve } from '../evolve.ts';
import { viewTasks } from '../lookup.ts';
import { type Answer, type Request, refuse } from './request.ts';
import { noTask, targetOf } from './target.ts';

/**
 * `depends-on #12`, `independent-of #12`: a person's word on one dependency, which overrules every other source until
 * the next such word. It may be said as soon as the issue is labelled, so that the first plan has it.
 */
export function override(request: Request, said: Said): Answer {
  const { facts } = request;
  const target = targetOf(facts, request.issue);
  if (target.kind === 'task') {
    const { issue, ended } = target.view.task;
    return ended ? refuse({ kind: 'ended-already', issue, as: ended.as }) : keep(request, said, issue);
  }
  return target.kind === 'none' && isAsked(facts, target.issue)
    ? keep(request, said, target.issue)
    : noTask(facts, target, said.relation);
}

interface Said {
  readonly relation: Relation;
  readonly on: readonly WrittenRef[];
}

/** Labelled by somebody who may, and soon to be planned; the label may be as new as the comment. */
function isAsked({ memory, world }: Facts, issue: number): boolean {
  const known = world.issues.get(issue);
  if (!known || !isLabelled(known)) return false;
  const admission = memory.admissions.find((each) => each.issue === issue);
  const { labelled } = known;
  if (labelled && labelled.id !== admission?.labelEventId)
    return canWrite(world.permissions.get(labelled.actor));
  return admission?.allowed === true && !admission.joined;
}

function keep(request: Request, { relation, on }: Said, issue: number): Answer {
  const { facts } = request;
  const refs = on.map((ref) => resolve(facts, ref));
  if (refs.some((ref) => isHome(ref, facts.world.repository) && ref.number === issue))
    return refuse({ kind: 'itself', issue });
  const effects = refs.map((ref) => recording(request, { issue, on: ref, relation }));
  return { kind: 'done', effects, reply: whatToKnow(facts, effects, issue) };
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
  const { dependencies, blocked, inCycle } = waitsOf(after, views);
  const words = effects.map((effect) => effect.override);
  const inTheWay = new Set((blocked.get(issue) ?? []).map(({ ref }) => blockerKey(ref)));
  const isBlocked = words.some(({ on }) => inTheWay.has(blockerKey(on)));
  const begun = views.some(({ task, attempts }) => task.issue === issue && attempts.length > 0);
  const circle = isBlocked ? (inCycle.get(issue)?.path ?? null) : null;
  const opposite = words.filter(
    (word) =>
      word.relation === 'independent-of' && waitsFor(dependencies, word.on, { ...word.on, number: issue }),
  );
  return overrideReply({
    issue,
    circle,
    late: isBlocked && begun,
    opposite: opposite.map(({ on }) => on.number),
  });
}

/** `on` may lie elsewhere: then nothing is known of what it waits for. */
const waitsFor = (dependencies: Waits['dependencies'], on: IssueRef, issue: IssueRef): boolean =>
  (dependencies.get(on.number) ?? []).some(
    ({ from, to }) => blockerKey(from) === blockerKey(on) && blockerKey(to) === blockerKey(issue),
  );

type Recorded = ReturnType<typeof recording>;
