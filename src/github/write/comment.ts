import type { ActionResult } from '../../domain/effect.ts';
import { at, integer, type Json } from '../json.ts';
import { DONE, laneOf, marked, named, type Of, ownText, type Place, unless } from './place.ts';

const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}';

/** Writes the comment once; in mode `level` it is edited in place, and written anew where somebody deleted it. */
export async function writeComment(place: Place, action: Of<'comment'>): Promise<ActionResult> {
  const { previous } = place;
  if (action.mode === 'level' && previous?.kind === 'comment') {
    if (await editComment(place, action, previous.id)) return previous;
  }
  return await findOrPost(place, action);
}

async function findOrPost(place: Place, action: Of<'comment'>): Promise<ActionResult> {
  const found = place.retry ? await findComment(place, action) : null;
  if (found === null) return commentResult(await postComment(place, action));
  if (action.mode === 'level') await editComment(place, action, integer(at(found, 'id')));
  return commentResult(found);
}

async function findComment(place: Place, action: Of<'comment'>): Promise<Json | null> {
  const params = { ...named(place), issue_number: action.issue };
  return await ownText(place, action, await place.connection.list(`GET ${COMMENTS}`, params));
}

async function postComment(place: Place, action: Of<'comment'>): Promise<Json> {
  const params = { ...named(place), issue_number: action.issue, body: marked(action, action.body) };
  return await place.connection.write(laneOf(place), `POST ${COMMENTS}`, params);
}

/** Whether it is still there. */
async function editComment(place: Place, action: Of<'comment'>, id: number): Promise<boolean> {
  const params = { ...named(place), comment_id: id, body: marked(action, action.body) };
  return (
    (await unless([404, 410], place.connection.write(laneOf(place), `PATCH ${COMMENT}`, params))) !== null
  );
}

const commentResult = (comment: Json): ActionResult => ({ kind: 'comment', id: integer(at(comment, 'id')) });

/** GitHub keeps one reaction of a kind for each account: a second one is the first. */
export async function react(place: Place, action: Of<'react'>): Promise<ActionResult> {
  const params = { ...named(place), comment_id: action.comment, content: action.content };
  await place.connection.write(laneOf(place), `POST ${COMMENT}/reactions`, params, 'plain');
  return DONE;
}
