import { iso } from '../clock.ts';
import type { BoxCore } from '../core.ts';
import { accountById } from '../find.ts';
import { type Reaction, type ReactionContent, reactionContents } from '../issue.ts';
import { nodeId } from '../state.ts';
import { accountShape } from './account.ts';

export function reactionShape(box: BoxCore, reaction: Reaction) {
  return {
    id: reaction.id,
    node_id: nodeId('reaction', reaction.id),
    user: accountShape(box, accountById(box.world, reaction.accountId)),
    content: reaction.content,
    created_at: iso(reaction.createdAt),
  };
}

/** `reaction-rollup`: how many there are of each; `url` is what they belong to. */
export function reactionCounts(url: string, reactions: readonly Reaction[]) {
  const count = (content: ReactionContent) => reactions.filter((one) => one.content === content).length;
  const counts = Object.fromEntries(reactionContents.map((content) => [content, count(content)]));
  return { url: `${url}/reactions`, total_count: reactions.length, ...counts };
}
