import type { Action, ActionResult } from '../../domain/effect.ts';
import { readMarker, withMarker } from '../../domain/marker.ts';
import type { Repository } from '../../domain/repository.ts';
import type { Connection } from '../connection.ts';
import { Refusal } from '../errors.ts';
import { at, type Json, login, textOr } from '../json.ts';

/** What every kind of write works with. */
export interface Place {
  readonly connection: Connection;
  readonly repository: Repository;
  /** The App's own login: a marker counts in no one else's text. */
  readonly appLogin: () => Promise<string>;
  /** The result of the last write under this key. */
  readonly previous: ActionResult | null;
  /** An earlier try may have come through: look before making anything. */
  readonly retry: boolean;
}

/** Owner and name, as routes take them. */
export const named = ({ repository }: Place) => ({ owner: repository.owner, repo: repository.name });

/** The queue's lane: repositories take turns. */
export const laneOf = ({ repository }: Place): number => repository.key.repositoryId;

/** The text with the marker by which the action is found again. */
export function marked(action: Action, body: string): string {
  const run = action.runId === null ? {} : { run: action.runId };
  const issue = 'issue' in action ? { issue: action.issue } : {};
  return withMarker(body, { key: action.key, ...run, ...issue });
}

/** The first of the App's own texts that this action wrote. */
export async function ownText(place: Place, action: Action, texts: readonly Json[]): Promise<Json | null> {
  const app = (await place.appLogin()).toLowerCase();
  const isOurs = (item: Json): boolean =>
    login(at(item, 'user')).toLowerCase() === app &&
    readMarker(textOr(at(item, 'body'), ''))?.key === action.key;
  return texts.find(isOurs) ?? null;
}

/** Null where GitHub answers with one of these; every other failure goes on. */
export async function unless<T>(statuses: readonly number[], writing: Promise<T>): Promise<T | null> {
  try {
    return await writing;
  } catch (error) {
    if (error instanceof Refusal && statuses.includes(error.status)) return null;
    throw error;
  }
}

export const DONE: ActionResult = { kind: 'done' };

export type Of<Kind extends Action['kind']> = Extract<Action, { readonly kind: Kind }>;
