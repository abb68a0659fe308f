import { z } from 'zod';
import { authorOf } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { issueOf } from '../find.ts';
import { type Reaction, reactionContents } from '../issue.ts';
import { react, takeReactionBack } from '../issues/reactions.ts';
import { needs } from '../needs.ts';
import { page } from '../pages.ts';
import { noContent, ok, type Register, type RepoCall, type Routes } from '../router.ts';
import { reactionShape } from '../shapes/reaction.ts';
import { commentAt } from './comments.ts';

const reads = needs(['issues:read', 'pull_requests:read'], 'read');
const writes = needs(['issues:write', 'pull_requests:write'], 'read');
const wanted = z.object({ content: z.enum(reactionContents) });

/** Finds what a call reacts to; 404 when it does not exist. */
type Find = (call: RepoCall) => { readonly reactions: Reaction[] };

export const registerReactionRoutes: Register = (routes, box) => {
  registerReactions(routes, box, '/issues/comments/:id', commentAt);
  registerReactions(routes, box, '/issues/:number', (call) => issueOf(call.repo, call.number('number')));
};

/** GET, POST and DELETE of the reactions below a path. A repeated reaction answers 200 instead of 201. */
export function registerReactions(routes: Routes, box: BoxCore, path: string, find: Find): void {
  routes.repo('GET', `${path}/reactions`, reads, (call) => {
    const content = call.query.get('content');
    const reactions = find(call).reactions.filter((one) => content === null || one.content === content);
    return page(call, reactions, (reaction) => reactionShape(box, reaction));
  });
  routes.repo('POST', `${path}/reactions`, writes, async (call) => {
    const { content } = await call.body(wanted);
    const { reaction, isNew } = react(box, find(call), authorOf(call.actor), content);
    return ok(reactionShape(box, reaction), isNew ? 201 : 200);
  });
  routes.repo('DELETE', `${path}/reactions/:reaction`, writes, (call) => {
    takeReactionBack(find(call), call.number('reaction'));
    return noContent;
  });
}
