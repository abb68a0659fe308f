import { pullKey } from '../decide/keys.ts';
import type { IssueFacts, Memory, PolicyFact } from '../domain/facts.ts';
import type { Permission } from '../domain/issue.ts';
import { canWrite } from '../domain/issue.ts';
import type { GitHubReader } from '../domain/ports/github-reader.ts';
import { approvalsOf, type Pull, type Review } from '../domain/pull.ts';
import type { Repository } from '../domain/repository.ts';
import type { Task } from '../domain/task.ts';

interface Looking {
  readonly github: GitHubReader;
  readonly repository: Repository;
  readonly memory: Memory;
  readonly issues: ReadonlyMap<number, IssueFacts>;
  readonly policy: PolicyFact;
}

/**
 * The pull requests of live tasks: each by its number, since lists lag and do not say whether it can be merged. Checks
 * are read only where an approval makes them matter.
 */
export async function observePulls(given: Looking): Promise<{
  readonly people: readonly string[];
  withPermissions(permissions: ReadonlyMap<string, Permission>): ReadonlyMap<string, Pull>;
}> {
  const tasks = given.memory.tasks.filter((task) => task.ended === null);
  const found = await Promise.all(
    tasks.map(async (task) => [task.branch, await observePull(given, task)] as const),
  );
  const pulls = found.flatMap(([branch, pull]) => (pull ? [[branch, pull] as const] : []));
  return {
    people: pulls.flatMap(([, pull]) => pull.reviews.map((review) => review.author)),
    withPermissions: (permissions) =>
      new Map(pulls.map(([branch, pull]) => [branch, judged(pull, permissions)])),
  };
}

async function observePull(given: Looking, task: Task): Promise<Pull | null> {
  const number = pullNumber(given.memory, task);
  if (number === null) return null;
  const pull = await given.github.pull(given.repository, number);
  if (pull.state !== 'open' || pull.draft) return pull;
  const reviews = await given.github.reviews(given.repository, number);
  const checks = mayLand(given.policy, { ...pull, reviews })
    ? await given.github.checks(given.repository, pull.headSha)
    : pull.checks;
  return { ...pull, reviews, checks };
}

/** Approved by enough people at all: whether they may write is not known yet, so this can only be too generous. */
function mayLand(policy: PolicyFact, pull: Pull): boolean {
  const anyone = pull.reviews.map((review) => ({ ...review, authorMayWrite: true }));
  return (
    policy.kind === 'valid' && approvalsOf({ ...pull, reviews: anyone }) >= policy.policy.merge.approvals
  );
}

/** The number under which the App opened the task's pull request. */
function pullNumber(memory: Memory, task: Task): number | null {
  const result = memory.actions.get(pullKey(task.runId, task.issue))?.result;
  return result?.kind === 'pull' ? result.number : null;
}

function judged(pull: Pull, permissions: ReadonlyMap<string, Permission>): Pull {
  const judge = (review: Review): Review => ({
    ...review,
    authorMayWrite: canWrite(permissions.get(review.author)),
  });
  return { ...pull, reviews: pull.reviews.map(judge) };
}
