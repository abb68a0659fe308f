import type { Claim, Dependency, Disagreement, Override } from '../domain/dependency.ts';
import type { Facts } from '../domain/facts.ts';
import { blockerKey } from '../domain/facts.ts';
import { type IssueRef, isHome } from '../domain/ids.ts';
import { policyOf, type TaskView } from './lookup.ts';

/*
 * Texts, GitHub's own relations, the order of sub-issues and commands may say different things about two issues. What
 * counts:
 * 1. All sources count together, and agreeing ones are all shown.
 * 2. A command overrules every other source, whenever that was written: it is what a person decided about this very
 *    question. Of several commands about one dependency the last one counts, whoever gave it.
 * 3. `depends-on` also overrules the opposite direction, older commands included: nobody asks for a circle of two.
 * 4. `independent-of` speaks of one direction alone: "#2 does not wait for #1" leaves open whether #1 waits for #2.
 * 5. Where two directions stand against each other and nobody has decided, both count: a circle, shown as a problem.
 * What is overruled is kept and shown with what overruled it.
 */

export interface Evidence {
  /** What counts, by waiting issue; several sources may say the same. */
  readonly dependencies: ReadonlyMap<number, readonly Dependency[]>;
  /** By each of the issues concerned. */
  readonly disagreements: ReadonlyMap<number, readonly Disagreement[]>;
}

/** Judges everything that is said about the dependencies of the tasks. */
export function evidenceOf(facts: Facts, tasks: ReadonlyMap<number, TaskView>): Evidence {
  const said = [...saidOnIssues(facts, tasks), ...saidByCommand(facts, tasks)];
  const claims = new Map([...groupBy(said, pairOf)].map(([pair, group]) => [pair, judge(group)] as const));
  const counting = [...claims.values()].flat().filter(({ counts, relation }) => counts && waits(relation));
  const byIssue = groupBy(counting, ({ dependency }) => dependency.from.number);
  const disagreements = groupByIssues([...claims.values()].filter(disagree), tasks);
  const dependencies = new Map(
    [...tasks.keys()].map((issue) => [issue, (byIssue.get(issue) ?? []).map((claim) => claim.dependency)]),
  );
  return { dependencies, disagreements };
}

/** Something that was said about two issues. */
interface Said {
  readonly dependency: Dependency;
  readonly relation: Claim['relation'];
  /** Null where it was said otherwise. */
  readonly command: Override | null;
}

/** Native, written and, where the policy asks for it, implied by the order of an epic's sub-issues. */
function saidOnIssues(facts: Facts, tasks: ReadonlyMap<number, TaskView>): readonly Said[] {
  const inOrder = policyOf(facts)?.dependencies.subIssueOrder === true;
  return [...tasks.values()].flatMap((view) =>
    [...(view.issue?.dependencies ?? []), ...(inOrder ? impliedByOrder(facts, view) : [])].map(
      (dependency) => ({ dependency, relation: 'depends-on' as const, command: null }),
    ),
  );
}

function impliedByOrder(facts: Facts, view: TaskView): readonly Dependency[] {
  if (view.run.scope.kind !== 'epic') return [];
  const siblings = facts.world.issues.get(view.run.scope.issue)?.subIssues ?? [];
  const before = siblings[siblings.indexOf(view.task.issue) - 1];
  if (before === undefined) return [];
  const { owner, name } = facts.world.repository;
  const from = { owner, name, number: view.task.issue };
  return [
    { from, to: { owner, name, number: before }, source: 'sub-issue-order', quote: '', confidence: 0.9 },
  ];
}

/** Also of issues that are no tasks now: their word about a task counts all the same. */
function saidByCommand({ memory, world }: Facts, tasks: ReadonlyMap<number, TaskView>): readonly Said[] {
  const { owner, name } = world.repository;
  const concerned = memory.overrides.filter(
    ({ issue, on }) => tasks.has(issue) || (isHome(on, world.repository) && tasks.has(on.number)),
  );
  return concerned.map((command) => ({
    dependency: commanded(command, { owner, name }),
    relation: command.relation,
    command,
  }));
}

const commanded = (
  { issue, on, quote, author }: Override,
  home: { readonly owner: string; readonly name: string },
): Dependency => ({
  from: { ...home, number: issue },
  to: on,
  source: 'command',
  quote,
  confidence: 1,
  by: author,
});

/** What counts of all that is said about two issues. */
function judge(group: readonly Said[]): readonly Claim[] {
  const last = new Map<string, Override>();
  for (const { command, dependency } of group) {
    const before = last.get(blockerKey(dependency.from));
    if (command && (!before || isLater(command, before))) last.set(blockerKey(dependency.from), command);
  }
  return group.map(({ dependency, relation, command }) => {
    const own = last.get(blockerKey(dependency.from)) ?? null;
    const opposite = isSelf(dependency) ? null : (last.get(blockerKey(dependency.to)) ?? null);
    const isTurned =
      waits(relation) && opposite !== null && waits(opposite.relation) && (!own || isLater(opposite, own));
    const agrees = command ? command === own : own === null || waits(own.relation);
    return { dependency, relation, counts: agrees && !isTurned };
  });
}

const isLater = (a: Override, b: Override): boolean =>
  a.commentId === b.commentId ? a.line > b.line : a.commentId > b.commentId;

const waits = (relation: Claim['relation']): boolean => relation === 'depends-on';

const isSelf = ({ from, to }: Dependency): boolean => blockerKey(from) === blockerKey(to);

/** Something is overruled, or each of the two is said to wait for the other. */
function disagree(claims: readonly Claim[]): boolean {
  if (claims.some(({ counts }) => !counts)) return true;
  const waiting = claims.filter(({ relation }) => waits(relation));
  return new Set(waiting.map(({ dependency }) => blockerKey(dependency.from))).size > 1;
}

/** The two issues, in either direction. */
const pairOf = ({ dependency: { from, to } }: Said): string =>
  [blockerKey(from), blockerKey(to)].toSorted().join(' ');

function groupByIssues(
  disagreements: readonly Disagreement[],
  tasks: ReadonlyMap<number, TaskView>,
): ReadonlyMap<number, readonly Disagreement[]> {
  const ofIssues = disagreements.flatMap((claims) =>
    issuesOf(claims, tasks).map((issue) => ({ issue, claims })),
  );
  const groups = groupBy(ofIssues, ({ issue }) => issue);
  return new Map([...groups].map(([issue, group]) => [issue, group.map(({ claims }) => claims)]));
}

/** An issue of another repository never is a task, though its number may be one. */
function issuesOf(claims: Disagreement, tasks: ReadonlyMap<number, TaskView>): readonly number[] {
  const home = claims[0]?.dependency.from;
  const refs: readonly IssueRef[] = claims.flatMap(({ dependency: { from, to } }) => [from, to]);
  const numbers = refs.filter((ref) => home && isHome(ref, home)).map(({ number }) => number);
  return [...new Set(numbers)].filter((number) => tasks.has(number));
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
