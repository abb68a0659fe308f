import type { Account } from '../account.ts';
import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { HttpError } from '../errors.ts';
import { accountById, accountNamed, issueOf } from '../find.ts';
import { remember } from '../issues/announce.ts';
import type { PullRequest } from '../pull.ts';
import { accountShape } from '../shapes/account.ts';
import type { Repository } from '../state.ts';
import { emitPull } from './emit.ts';

interface Reviewers {
  readonly by: Author;
  readonly logins: readonly string[];
}

/** Asks people for their review, again where they have given one. 422 for the author and for strangers. */
export function requestReviewers(
  box: BoxCore,
  repo: Repository,
  pull: PullRequest,
  { by, logins }: Reviewers,
): void {
  const reviewers = logins.map((login) => reviewerNamed(box, repo, pull, login));
  for (const reviewer of reviewers.filter(({ id }) => !pull.requestedReviewerIds.includes(id))) {
    pull.requestedReviewerIds.push(reviewer.id);
    tell(box, repo, pull, { by, reviewer, action: 'review_requested' });
  }
}

/** Takes the question back. */
export function withdrawReviewers(
  box: BoxCore,
  repo: Repository,
  pull: PullRequest,
  { by, logins }: Reviewers,
): void {
  const names = new Set(logins.map((login) => login.toLowerCase()));
  const asked = pull.requestedReviewerIds.map((id) => accountById(box.world, id));
  for (const reviewer of asked.filter(({ login }) => names.has(login.toLowerCase()))) {
    answered(pull, reviewer.id);
    tell(box, repo, pull, { by, reviewer, action: 'review_request_removed' });
  }
}

/** Who has reviewed is asked no longer. */
export function answered(pull: PullRequest, reviewerId: number): void {
  pull.requestedReviewerIds = pull.requestedReviewerIds.filter((id) => id !== reviewerId);
}

function reviewerNamed(box: BoxCore, repo: Repository, pull: PullRequest, login: string): Account {
  const account = accountNamed(box.world, login);
  if (account?.id === issueOf(repo, pull.number).authorId) {
    throw new HttpError(422, 'Review cannot be requested from pull request author.');
  }
  if (account && (account.id === repo.ownerId || repo.collaborators.has(account.id))) return account;
  throw new HttpError(
    422,
    'Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.',
  );
}

interface Question {
  readonly by: Author;
  readonly reviewer: Account;
  readonly action: 'review_requested' | 'review_request_removed';
}

function tell(box: BoxCore, repo: Repository, pull: PullRequest, { by, reviewer, action }: Question): void {
  remember(box, issueOf(repo, pull.number), by, { event: action, subjectId: reviewer.id });
  const more = { requested_reviewer: accountShape(box, reviewer) };
  emitPull(box, repo, pull, { action, by, more });
}
