import { accountById, fullNameOf } from '../../find.ts';
import { repositoryPage } from '../../shapes/repository.ts';
import { nodeId, type Repository } from '../../state.ts';
import { connection } from '../connection.ts';
import { refusal } from '../error.ts';
import type { Node, View } from '../view.ts';

export function repository(view: View, repo: Repository): Node {
  const { box } = view;
  const issues = [...repo.issues.values()].filter(({ isPull }) => !isPull);
  return {
    __typename: 'Repository',
    id: nodeId('repository', repo.id),
    databaseId: repo.id,
    name: repo.name,
    nameWithOwner: fullNameOf(box.world, repo),
    isPrivate: repo.isPrivate,
    url: repositoryPage(box, repo),
    owner: () => view.account(accountById(box.world, repo.ownerId)),
    issue: ({ number }: { readonly number: number }) => issueNumbered(view, repo, number),
    pullRequest: ({ number }: { readonly number: number }) => pullNumbered(view, repo, number),
    issues: connection('issues', issues, (issue) => view.issue(repo, issue)),
    pullRequests: connection('pullRequests', [...repo.pulls.values()], (pull) => view.pull(repo, pull)),
  };
}

function issueNumbered(view: View, repo: Repository, number: number): Node {
  const issue = repo.issues.get(number);
  if (!issue || issue.isPull) throw unknown('an Issue', number);
  return view.issue(repo, issue);
}

function pullNumbered(view: View, repo: Repository, number: number): Node {
  const pull = repo.pulls.get(number);
  if (!pull) throw unknown('a PullRequest', number);
  return view.pull(repo, pull);
}

function unknown(kind: string, number: number): Error {
  return refusal('NOT_FOUND', `Could not resolve to ${kind} with the number of ${number}.`);
}
