/*
 * A run may hold hundreds of ended tasks, whose issues are shown, but hardly ever change. Asked one by one at every look,
 * even answers that cost nothing of the hourly limit would meet the one for each minute: so one list says which changed.
 */
import type { IssueFacts, Memory, World } from '../domain/facts.ts';
import type { Issue } from '../domain/issue.ts';
import type { GitHubReader } from '../domain/ports/github-reader.ts';
import type { Repository } from '../domain/repository.ts';
import { COMMENT_OVERLAP_MS } from './observe-comments.ts';

/** As many as are asked one by one: while nothing changes that costs nothing. */
const FEW = 10;

/** Closed issues of ended tasks that have not changed since the last look. */
export async function settledIssues(given: {
  readonly github: GitHubReader;
  readonly repository: Repository;
  readonly memory: Memory;
  readonly previous: World | null;
}): Promise<readonly Issue[]> {
  const { github, repository, memory, previous } = given;
  if (!previous) return [];
  const ended = memory.tasks.filter((task) => task.ended !== null);
  const seen = ended.flatMap((task) => previous.issues.get(task.issue)?.issue ?? []);
  const closed = seen.filter((issue) => issue.state === 'closed');
  if (closed.length <= FEW) return [];
  const since = newestUpdate(previous) - COMMENT_OVERLAP_MS;
  const changed = new Set((await github.issuesSince(repository, since)).map(({ number }) => number));
  return closed.filter(({ number }) => !changed.has(number));
}

/** GitHub's clock, so that ours may differ. */
const newestUpdate = ({ issues }: World): number =>
  [...issues.values()].reduce((newest, { issue }) => Math.max(newest, issue.updatedAt), 0);

/** What is known of an issue whose task has ended, if it still holds. */
export function settledFacts(
  { memory, previous }: { readonly memory: Memory; readonly previous: World | null },
  issue: Issue,
): IssueFacts | null {
  const known = previous?.issues.get(issue.number);
  if (!known || issue.state !== 'closed' || known.issue.state !== 'closed') return null;
  const hasEnded = memory.tasks.findLast((task) => task.issue === issue.number)?.ended;
  return hasEnded && known.issue.updatedAt === issue.updatedAt ? known : null;
}
