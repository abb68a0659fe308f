import { iso } from '../clock.ts';
import type { BoxCore } from '../core.ts';
import { accountById, issueOf } from '../find.ts';
import type { IssueComment } from '../issue.ts';
import { nodeId, type Repository } from '../state.ts';
import { accountShape } from './account.ts';
import { appOrNull } from './app.ts';
import { association, issuePage, issueUrl } from './issue.ts';
import { reactionCounts } from './reaction.ts';
import { repositoryUrl } from './repository.ts';

export function commentShape(box: BoxCore, repo: Repository, comment: IssueComment) {
  const url = `${repositoryUrl(box, repo)}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${issuePage(box, repo, issueOf(repo, comment.issueNumber))}#issuecomment-${comment.id}`,
    issue_url: issueUrl(box, repo, comment.issueNumber),
    id: comment.id,
    node_id: nodeId('comment', comment.id),
    user: accountShape(box, accountById(box.world, comment.authorId)),
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
    body: comment.body,
    author_association: association(box, repo, comment.authorId),
    reactions: reactionCounts(url, comment.reactions),
    performed_via_github_app: appOrNull(box, comment.appId),
  };
}
