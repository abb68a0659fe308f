import { iso, isoOrNull } from '../../clock.ts';
import { issueAt, issueOf, repositoryById } from '../../find.ts';
import type { Issue, IssueComment, IssueRef } from '../../issue.ts';
import { issueNode, issuePage } from '../../shapes/issue.ts';
import { nodeId, type Repository } from '../../state.ts';
import { connection, type ListArguments } from '../connection.ts';
import { refusal } from '../error.ts';
import type { Node, View } from '../view.ts';
import { editorOf } from './account.ts';
import { labelConnection } from './label.ts';
import { textFields, times } from './text.ts';

export function issue(view: View, repo: Repository, one: Issue): Node {
  const { box } = view;
  return {
    __typename: 'Issue',
    id: issueNode(repo, one),
    ...textFields(view, repo, one),
    ...times(one),
    ...numbered(view, repo, one),
    state: one.state.toUpperCase(),
    stateReason: () => one.stateReason?.toUpperCase() ?? null,
    parent: () => (one.parent ? at(view, one.parent) : null),
    subIssues: connection('subIssues', one.subIssues, (ref) => at(view, ref)),
    blockedBy: connection('blockedBy', one.blockedBy, (ref) => at(view, ref)),
    blocking: connection('blocking', one.blocking, (ref) => at(view, ref)),
    timelineItems: (wanted: TimelineArguments) => renames(view, one, wanted),
    url: issuePage(box, repo, one),
  };
}

interface TimelineArguments extends ListArguments {
  readonly itemTypes?: readonly string[] | null;
}

/** Of the timeline, the box has the changes of the title alone. */
function renames(view: View, one: Issue, wanted: TimelineArguments) {
  if (wanted.itemTypes?.join() !== 'RENAMED_TITLE_EVENT')
    throw refusal('UNPROCESSABLE', 'the box knows only timelineItems of the type RENAMED_TITLE_EVENT');
  const events = one.timeline.filter(({ rename }) => rename !== undefined);
  return connection('timelineItems', events, (event) => ({
    __typename: 'RenamedTitleEvent',
    id: nodeId('event', event.id),
    createdAt: iso(event.at),
    actor: () => editorOf(view, event.actorId),
    previousTitle: event.rename?.from,
    currentTitle: event.rename?.to,
  }))(wanted);
}

/** What issues and pull requests have in common. */
export function numbered(view: View, repo: Repository, one: Issue) {
  const comments = [...repo.comments.values()].filter(({ issueNumber }) => issueNumber === one.number);
  return {
    number: one.number,
    title: one.title,
    locked: one.locked,
    closed: one.state === 'closed',
    closedAt: isoOrNull(one.closedAt),
    labels: labelConnection(view.box, repo, one),
    comments: connection('comments', comments, (comment) => view.comment(repo, comment)),
  };
}

export function comment(view: View, repo: Repository, one: IssueComment): Node {
  const owner = issueOf(repo, one.issueNumber);
  const pull = repo.pulls.get(one.issueNumber);
  return {
    __typename: 'IssueComment',
    id: nodeId('comment', one.id),
    ...textFields(view, repo, one),
    ...times(one),
    isMinimized: false,
    minimizedReason: null,
    issue: () => view.issue(repo, owner),
    pullRequest: () => (pull ? view.pull(repo, pull) : null),
    url: `${issuePage(view.box, repo, owner)}#issuecomment-${one.id}`,
  };
}

function at(view: View, ref: IssueRef): Node {
  return view.issue(repositoryById(view.box.world, ref.repositoryId), issueAt(view.box.world, ref));
}
