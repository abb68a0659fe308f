import type { Author } from '../author.ts';
import type { CheckRun, CheckSuite } from '../check.ts';
import type { BoxCore } from '../core.ts';
import { installationsOf } from '../find.ts';
import { grants } from '../needs.ts';
import { checkSuiteShape } from '../shapes/check.ts';
import { nextId, type Repository } from '../state.ts';

/** A commit that was pushed, and the branch that it was pushed to. */
export interface Head {
  readonly sha: string;
  readonly branch: string;
}

/** After a push: a suite for every App that may write checks, each told so. */
export async function requestSuites(box: BoxCore, repo: Repository, head: Head, by: Author): Promise<void> {
  for (const installation of installationsOf(box.world, repo)) {
    if (!grants(installation.permissions, 'checks:write')) continue;
    const suite = suiteFor(box, repo, { appId: installation.appId, ...head });
    await emitSuite(box, repo, suite, { action: 'requested', by });
  }
}

/** An App's suite for a commit; made when its first check run comes. */
export function suiteFor(
  box: BoxCore,
  repo: Repository,
  { appId, sha, branch }: { readonly appId: number; readonly sha: string; readonly branch: string | null },
): CheckSuite {
  const found = [...repo.checkSuites.values()].find((one) => one.appId === appId && one.headSha === sha);
  if (found) return found;
  const now = box.clock.now();
  const suite: CheckSuite = {
    id: nextId(box.world),
    appId,
    headSha: sha,
    headBranch: branch,
    createdAt: now,
    updatedAt: now,
  };
  repo.checkSuites.set(suite.id, suite);
  return suite;
}

/** The suite that a check run belongs to. */
export function checkSuiteOf(repo: Repository, run: CheckRun): CheckSuite {
  const suite = repo.checkSuites.get(run.suiteId);
  if (!suite) throw new Error(`the check run ${run.id} has no suite`);
  return suite;
}

/** Tells a suite's own App about it; `completed` goes to all Apps that read checks. */
export async function emitSuite(
  box: BoxCore,
  repo: Repository,
  suite: CheckSuite,
  { action, by }: { readonly action: 'requested' | 'rerequested' | 'completed'; readonly by: Author },
): Promise<void> {
  box.emit({
    event: 'check_suite',
    action,
    repo,
    sender: by.account,
    ...(action !== 'completed' && { onlyAppId: suite.appId }),
    payload: { check_suite: await checkSuiteShape(box, repo, suite) },
  });
}
