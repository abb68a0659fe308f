import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { notFound } from '../errors.ts';
import type { Reaction, ReactionContent } from '../issue.ts';
import { nextId } from '../state.ts';

/** What can be reacted to: an issue, a comment, a review comment. */
interface Reactable {
  readonly reactions: Reaction[];
}

/** Adds a reaction, or finds the one that this account has already given. */
export function react(
  box: BoxCore,
  target: Reactable,
  author: Author,
  content: ReactionContent,
): { readonly reaction: Reaction; readonly isNew: boolean } {
  const accountId = author.account.id;
  const known = target.reactions.find((one) => one.accountId === accountId && one.content === content);
  if (known) return { reaction: known, isNew: false };
  const reaction = { id: nextId(box.world), accountId, content, createdAt: box.clock.now() };
  target.reactions.push(reaction);
  return { reaction, isNew: true };
}

export function takeReactionBack(target: Reactable, id: number): void {
  const index = target.reactions.findIndex((one) => one.id === id);
  if (index < 0) throw notFound();
  target.reactions.splice(index, 1);
}
