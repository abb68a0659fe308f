import type { Effect } from '../../domain/effect.ts';
import type { Facts } from '../../domain/facts.ts';
import type { Refusal } from '../../render/refusals.ts';

/** One command, as its rule sees it: parsed, and its author known to be allowed. */
export interface Request {
  readonly facts: Facts;
  /** The issue that the command is about: the one it names, else the one it stands on. */
  readonly issue: number;
  readonly author: string;
  /** When it was written, on GitHub's clock. */
  readonly at: number;
  /** Where and how it was written. */
  readonly written: { readonly commentId: number; readonly line: number; readonly quote: string };
}

/** What a command comes to: effects and perhaps an answer, or the reason why not. */
export type Answer =
  | { readonly kind: 'done'; readonly effects: readonly Effect[]; readonly reply: string | null }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export const done = (effects: readonly Effect[]): Answer => ({ kind: 'done', effects, reply: null });
export const reply = (text: string): Answer => ({ kind: 'done', effects: [], reply: text });
export const refuse = (refusal: Refusal): Answer => ({ kind: 'refused', refusal });
