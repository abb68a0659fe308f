import { createHash } from 'node:crypto';
import type { CodeMap } from '../domain/code-map.ts';
import type { Blocker, Dependency } from '../domain/dependency.ts';
import type { IssueFacts, Memory, World } from '../domain/facts.ts';
import { refText } from '../domain/ids.ts';
import type { Comment, Issue, LabelEvent, LastEdit, LastEdits } from '../domain/issue.ts';
import { hasParallelLabel, PARALLEL_LABEL } from '../domain/issue.ts';
import type { GitHubReader } from '../domain/ports/github-reader.ts';
import type { Repository } from '../domain/repository.ts';
import { parseDependencies } from '../plan/dependencies.ts';
import { pathKeys } from '../plan/keys.ts';
import { cluesFor } from './clues.ts';
import { settledFacts, settledIssues } from './settled.ts';
import { worstEdit } from './unknown-edits.ts';

interface Looking {
  readonly github: GitHubReader;
  readonly repository: Repository;
  readonly memory: Memory;
  /** What the last look saw. */
  readonly previous: World | null;
  readonly hosts: readonly string[];
  /** What the repository's files and history say; null: not known. */
  readonly map: CodeMap | null;
}

/** The labelled issues, the sub-issues of labelled epics and the issues of open runs, each with its evidence. */
export async function observeIssues(
  given: Looking & { readonly labelled: readonly Issue[]; readonly comments: readonly Comment[] },
): Promise<ReadonlyMap<number, IssueFacts>> {
  const issues = new Map(given.labelled.map((issue) => [issue.number, issue]));
  const children = await expandEpics(given, issues);
  await addTaskIssues(given, issues);
  const mayStart = [...issues.values()].filter((issue) => !children.get(issue.number)?.length);
  const edits = await bodyEdits(given, mayStart);
  const facts = await Promise.all(
    [...issues.values()].map((issue) =>
      lookAt({ ...given, issue, children: children.get(issue.number) ?? [], edits }),
    ),
  );
  return new Map(
    facts.toSorted((a, b) => a.issue.number - b.issue.number).map((fact) => [fact.issue.number, fact]),
  );
}

/** Reads the sub-issues of labelled epics and of the epics of open runs; nested ones are flattened to their leaves. */
async function expandEpics(
  given: Looking,
  issues: Map<number, Issue>,
): Promise<ReadonlyMap<number, readonly number[]>> {
  const children = new Map<number, readonly number[]>();
  for (const run of given.memory.runs) {
    if (run.scope.kind === 'epic') await addIssue(given, issues, run.scope.issue);
  }
  for (const epic of [...issues.values()].filter(mayHaveSubIssues)) {
    const leaves = await leavesOf(given, epic.number, new Set([epic.number]));
    for (const leaf of leaves) if (!issues.has(leaf.number)) issues.set(leaf.number, leaf);
    children.set(
      epic.number,
      leaves.map((leaf) => leaf.number),
    );
  }
  return children;
}

/** GitHub allows eight levels and one parent; `seen` guards against an answer that does not. */
async function leavesOf(given: Looking, epic: number, seen: Set<number>): Promise<readonly Issue[]> {
  const leaves: Issue[] = [];
  for (const issue of await given.github.subIssues(given.repository, epic)) {
    if (seen.has(issue.number)) continue;
    seen.add(issue.number);
    const below = mayHaveSubIssues(issue) ? await leavesOf(given, issue.number, seen) : [];
    if (below.length > 0 || (issue.subIssueCount ?? 0) > 0) leaves.push(...below);
    else leaves.push(issue);
  }
  return leaves;
}

/** Where GitHub does not count them, they have to be looked for. */
const mayHaveSubIssues = ({ subIssueCount }: Issue): boolean => subIssueCount !== 0;

/** Tasks whose issue is no longer in the list of labelled ones: closed, unlabelled, or of an epic. */
async function addTaskIssues(given: Looking, issues: Map<number, Issue>): Promise<void> {
  for (const issue of await settledIssues(given))
    if (!issues.has(issue.number)) issues.set(issue.number, issue);
  await Promise.all(given.memory.tasks.map((task) => addIssue(given, issues, task.issue)));
}

async function addIssue(
  { github, repository }: Looking,
  issues: Map<number, Issue>,
  number: number,
): Promise<void> {
  if (issues.has(number)) return;
  const issue = await github.issue(repository, number);
  if (issue) issues.set(number, issue);
}

/** Whether an agent may be given the text, and it is new, or not as it was approved. */
function isUnapproved({ memory }: Looking, issue: Issue): boolean {
  if (issue.state === 'closed') return false;
  const task = memory.tasks.findLast((known) => known.issue === issue.number);
  return task?.textHash !== textHashOf(issue);
}

async function bodyEdits(
  given: Looking,
  issues: readonly Issue[],
): Promise<ReadonlyMap<string, LastEdit | null>> {
  const unapproved = issues.filter((issue) => isUnapproved(given, issue));
  if (unapproved.length === 0) return new Map();
  return await given.github.lastEdits(
    given.repository,
    unapproved.map((issue) => issue.nodeId),
  );
}

/** One issue, with what was read for all of them together. */
interface LookingAt extends Looking {
  readonly issue: Issue;
  readonly children: readonly number[];
  readonly comments: readonly Comment[];
  readonly edits: ReadonlyMap<string, LastEdit | null>;
}

async function lookAt(given: LookingAt): Promise<IssueFacts> {
  const { issue } = given;
  const settled = settledFacts(given, issue);
  if (settled) return settled;
  const [labelled, dependencies] = await Promise.all([labelOf(given), dependenciesOf(given)]);
  const lastEdits = await editsOf({ ...given, labelled });
  const facts = {
    issue,
    labelled,
    lastEdits,
    textHash: textHashOf(issue),
    subIssues: given.children,
    dependencies,
    keys: pathKeys(issue.body),
  };
  return { ...facts, clues: cluesFor({ map: given.map, facts, previous: given.previous }) };
}

/** After the label was read: title and label are in the same list, which then need not be sent again. */
async function editsOf(given: LookingAt & { readonly labelled: LabelEvent | null }): Promise<LastEdits> {
  const { github, repository, issue, edits, labelled } = given;
  if (given.children.length > 0 || !isUnapproved(given, issue)) return { body: null, title: null };
  const known = edits.get(issue.nodeId);
  const comments = given.comments.filter((comment) => comment.issue === issue.number);
  const times = [labelled, ...comments.map(({ createdAt: at }) => ({ at }))].flatMap((one) => one?.at ?? []);
  return {
    body: known === undefined ? worstEdit(issue, times) : known,
    // Asked even of an issue that was never updated, as it seems: a second is long enough to label and to rename it.
    title: await github.lastRename(repository, issue.number),
  };
}

/** Who labelled matters until the issue is a live task of a run. */
async function labelOf({
  github,
  repository,
  memory,
  issue,
}: Looking & { issue: Issue }): Promise<LabelEvent | null> {
  if (!hasParallelLabel(issue) || issue.state !== 'open') return null;
  if (memory.tasks.some((task) => task.issue === issue.number && !task.ended)) return null;
  return await github.labelEvent(repository, issue.number, PARALLEL_LABEL);
}

async function dependenciesOf(given: Looking & { issue: Issue }): Promise<readonly Dependency[]> {
  const { github, repository, issue } = given;
  const native = issue.blockedByCount === 0 ? [] : await github.blockedBy(repository, issue.number);
  return [
    ...native.map((blocker) => nativeDependency(repository, issue, blocker)),
    ...writtenDependencies(given),
  ];
}

function nativeDependency(repository: Repository, issue: Issue, { ref }: Blocker): Dependency {
  const { owner, name } = repository;
  const quote = `marked as blocked by ${refText(ref, repository)}`;
  return { from: { owner, name, number: issue.number }, to: ref, source: 'blocked-by', quote, confidence: 1 };
}

function writtenDependencies({
  repository,
  issue,
  hosts,
}: Looking & { issue: Issue }): readonly Dependency[] {
  const home = { owner: repository.owner, name: repository.name };
  return parseDependencies(issue.body, hosts).map((found) => ({
    from: { ...home, number: issue.number },
    to: { owner: found.owner ?? home.owner, name: found.name ?? home.name, number: found.number },
    source: found.source,
    quote: found.quote,
    confidence: found.confidence,
  }));
}

/** Cryptographic: whoever may edit a text must not be able to find another one with the hash that was approved. */
const textHashOf = ({ title, body }: Issue): string => `${digest(title)}.${digest(body)}`;

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
