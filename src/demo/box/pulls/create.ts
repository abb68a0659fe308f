import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { invalid } from '../errors.ts';
import { accountById, issueOf } from '../find.ts';
import { type Commit, listCommits, mergeBase } from '../git/history.ts';
import { setRef } from '../git/refs.ts';
import { remember } from '../issues/announce.ts';
import { createIssue } from '../issues/open.ts';
import type { PullRequest, PullSide, PullSize } from '../pull.ts';
import { nextId, type Repository } from '../state.ts';
import { emitPull } from './emit.ts';
import { measure } from './measure.ts';
import { forgetMergeability } from './mergeability.ts';
import { openPulls } from './open.ts';

export interface NewPull {
  readonly title: string;
  readonly body?: string | null | undefined;
  /** A branch of this repository, also as `owner:branch`. */
  readonly head: string;
  readonly base: string;
  readonly draft?: boolean | undefined;
  readonly maintainerCanModify?: boolean | undefined;
}

/** Opens a pull request; 422 when a branch is missing, when there is one already, or when there is nothing in it. */
export async function openPull(
  box: BoxCore,
  repo: Repository,
  by: Author,
  wanted: NewPull,
): Promise<PullRequest> {
  return await box.git.exclusive(repo, async () => {
    const branches = await findBranches(box, repo, wanted);
    const commits = await commitsBetween(box, repo, branches);
    const size = await measure(box.git.directory(repo), { base: branches.base.sha, head: branches.head.sha });
    const pull = keep(box, repo, by, { ...wanted, ...branches, size });
    await setRef(box.git.directory(repo), `refs/pull/${pull.number}/head`, pull.head.sha);
    announceOpening(box, repo, by, { pull, commits });
    return pull;
  });
}

interface Branches {
  readonly head: PullSide;
  readonly base: PullSide;
}

async function findBranches(box: BoxCore, repo: Repository, wanted: NewPull): Promise<Branches> {
  const owner = accountById(box.world, repo.ownerId).login;
  const head = wanted.head.startsWith(`${owner}:`) ? wanted.head.slice(owner.length + 1) : wanted.head;
  const sides = {
    head: await side(box, repo, 'head', head),
    base: await side(box, repo, 'base', wanted.base),
  };
  const isSame = (pull: PullRequest) => pull.head.ref === head && pull.base.ref === wanted.base;
  if (openPulls(repo).some(isSame)) throw custom(`A pull request already exists for ${owner}:${head}.`);
  return sides;
}

async function side(box: BoxCore, repo: Repository, field: string, ref: string): Promise<PullSide> {
  const sha = await box.git.resolve(repo, `refs/heads/${ref}`);
  if (sha === undefined) throw invalid({ resource: 'PullRequest', field, code: 'invalid' });
  return { repositoryId: repo.id, ref, sha };
}

async function commitsBetween(
  box: BoxCore,
  repo: Repository,
  { head, base }: Branches,
): Promise<readonly Commit[]> {
  const directory = box.git.directory(repo);
  if ((await mergeBase(directory, base.sha, head.sha)) === undefined) {
    throw custom(`The ${head.ref} branch has no history in common with ${base.ref}`);
  }
  const commits = await listCommits(directory, { head: head.sha, base: base.sha, oldestFirst: true });
  if (commits.length === 0) throw custom(`No commits between ${base.ref} and ${head.ref}`);
  return commits;
}

function custom(message: string): Error {
  return invalid({ resource: 'PullRequest', code: 'custom', message });
}

/** Writes issue and pull request in one step: nobody ever sees one without the other. */
function keep(
  box: BoxCore,
  repo: Repository,
  by: Author,
  wanted: Omit<NewPull, 'head' | 'base'> & Branches & { readonly size: PullSize },
): PullRequest {
  const issue = createIssue(box, repo, by, { title: wanted.title, body: wanted.body, isPull: true });
  const pull: PullRequest = {
    id: nextId(box.world),
    number: issue.number,
    draft: wanted.draft ?? false,
    head: wanted.head,
    base: wanted.base,
    mergeable: null,
    rebaseable: null,
    behind: false,
    size: wanted.size,
    mergeCommitSha: null,
    mergedAt: null,
    mergedById: null,
    requestedReviewerIds: [],
    reviews: [],
    threads: [],
    autoMerge: null,
    maintainerCanModify: wanted.maintainerCanModify ?? false,
  };
  repo.pulls.set(pull.number, pull);
  return pull;
}

function announceOpening(
  box: BoxCore,
  repo: Repository,
  by: Author,
  { pull, commits }: { readonly pull: PullRequest; readonly commits: readonly Commit[] },
): void {
  const issue = issueOf(repo, pull.number);
  for (const commit of commits)
    remember(box, issue, by, { event: 'committed', commitSha: commit.sha, commit });
  emitPull(box, repo, pull, { action: 'opened', by });
  forgetMergeability(box, repo, pull);
}
