import type { Blocker } from '../domain/dependency.ts';
import type { IssueFacts, Memory, PolicyFact, World } from '../domain/facts.ts';
import { blockerKey, commandedBlockers } from '../domain/facts.ts';
import type { IssueRef, RepositoryKey } from '../domain/ids.ts';
import { isHome } from '../domain/ids.ts';
import type { Permission } from '../domain/issue.ts';
import { PARALLEL_LABEL } from '../domain/issue.ts';
import type { CodeSurvey } from '../domain/ports/code-survey.ts';
import type { GitHubReader } from '../domain/ports/github-reader.ts';
import type { Repository } from '../domain/repository.ts';
import { surveyFact, surveyFor } from './clues.ts';
import { observeComments } from './observe-comments.ts';
import { observeIssues } from './observe-issues.ts';
import { observePulls } from './observe-pulls.ts';

export interface Observer {
  readonly github: (installationId: number) => GitHubReader;
  readonly parsePolicy: (file: { readonly text: string; readonly blob: string } | null) => PolicyFact;
  readonly survey: CodeSurvey;
  readonly now: () => number;
  /** Where issues live whose URLs count as references: this GitHub's own names. */
  readonly hosts: readonly string[];
}

/** Where a repository keeps its policy. */
export const POLICY_PATH = '.github/parallel.yml';

/**
 * Reads of GitHub what the rules look at, and no more: details only of what is new or about to matter. Nothing of what
 * a webhook said is used. `previous` is the last look, for what is long settled.
 */
export async function observe(
  observer: Observer,
  key: RepositoryKey,
  { memory, previous }: { readonly memory: Memory; readonly previous: World | null },
): Promise<World> {
  const observedAt = observer.now();
  const github = observer.github(key.installationId);
  const repository = await github.repository(key);
  const [policy, labelled, comments] = await Promise.all([
    github.file(repository, POLICY_PATH).then(observer.parsePolicy),
    github.labelledIssues(repository, PARALLEL_LABEL),
    observeComments({ github, repository, memory }),
  ]);
  const map = await surveyFor({ survey: observer.survey, repository, memory, labelled });
  const issues = await observeIssues({
    github,
    repository,
    memory,
    previous,
    labelled,
    comments: comments.comments,
    hosts: observer.hosts,
    map,
  });
  const pulls = await observePulls({ github, repository, memory, issues, policy });
  const people = [...comments.people, ...issuePeople(issues.values()), ...pulls.people];
  const permissions = await permissionsOf(github, repository, people);
  const blockers = await observeBlockers({ github, repository, memory, issues });
  return {
    observedAt,
    repository,
    policy,
    issues,
    blockers,
    comments: comments.comments,
    permissions,
    pulls: pulls.withPermissions(permissions),
    survey: surveyFact(map),
  };
}

/** Those whose word counts here: who labelled, who edited last. */
function issuePeople(issues: Iterable<IssueFacts>): readonly string[] {
  return [...issues].flatMap(({ labelled, lastEdits }) =>
    [labelled?.actor, lastEdits.body?.editor, lastEdits.title?.editor].flatMap((who) => who ?? []),
  );
}

async function permissionsOf(
  github: GitHubReader,
  repository: Repository,
  logins: readonly string[],
): Promise<ReadonlyMap<string, Permission>> {
  const unique = [...new Set(logins)];
  const found = await Promise.all(
    unique.map(async (login) => [login, await github.permission(repository, login)] as const),
  );
  return new Map(found);
}

/** Issues that are waited for and are no tasks here: their state alone. */
async function observeBlockers(given: {
  github: GitHubReader;
  repository: Repository;
  memory: Memory;
  issues: ReadonlyMap<number, IssueFacts>;
}): Promise<ReadonlyMap<string, Blocker>> {
  const { github, repository, memory, issues } = given;
  const tasks = new Set(memory.tasks.map((task) => task.issue));
  const refs = new Map<string, IssueRef>();
  const written = [...issues.values()].flatMap((issue) => issue.dependencies.map(({ to }) => to));
  for (const to of [...written, ...commandedBlockers(memory, issues)]) {
    if (!isHome(to, repository) || !tasks.has(to.number)) refs.set(blockerKey(to), to);
  }
  const known = [...refs.values()].map(
    (ref) => localBlocker(repository, issues, ref) ?? github.blocker(repository, ref),
  );
  return new Map((await Promise.all(known)).map((blocker) => [blockerKey(blocker.ref), blocker]));
}

function localBlocker(
  repository: Repository,
  issues: ReadonlyMap<number, IssueFacts>,
  ref: IssueRef,
): Blocker | null {
  const found = isHome(ref, repository) ? issues.get(ref.number) : undefined;
  return found ? { ref, state: found.issue.state } : null;
}
