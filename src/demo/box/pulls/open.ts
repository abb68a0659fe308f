import type { PullRequest } from '../pull.ts';
import type { Repository } from '../state.ts';

export function isOpen(repo: Repository, pull: PullRequest): boolean {
  return repo.issues.get(pull.number)?.state === 'open';
}

export function openPulls(repo: Repository): readonly PullRequest[] {
  return [...repo.pulls.values()].filter((pull) => isOpen(repo, pull));
}
