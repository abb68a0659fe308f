import type { Facts, IssueFacts } from '../domain/facts.ts';
import { canWrite, type LastEdit } from '../domain/issue.ts';

/*
 * What was approved is what runs. Title and body are compared one by one, each with its own last edit: a writer who
 * mends the body says nothing about a title that somebody else has changed.
 */

/** The edits that made a text differ from the approved one, by people who may not write; none: it stands. */
export function strangeEdits(facts: Facts, issue: IssueFacts, approved: string): readonly LastEdit[] {
  return changes(issue, approved).filter((edit) => !mayEdit(facts, edit));
}

/** Whether somebody who may not write has edited the text since then; GitHub's times are whole seconds. */
export const isEditedSince = (facts: Facts, { lastEdits }: IssueFacts, at: number): boolean =>
  known(lastEdits).some((edit) => edit.at >= at && !mayEdit(facts, edit));

function changes({ textHash, lastEdits }: IssueFacts, approved: string): readonly LastEdit[] {
  if (approved === '') return known(lastEdits);
  const [title, body] = textHash.split('.');
  const [oldTitle, oldBody] = approved.split('.');
  return [
    ...(title === oldTitle ? [] : [lastEdits.title ?? NOBODY]),
    ...(body === oldBody ? [] : [lastEdits.body ?? NOBODY]),
  ];
}

/** A change of which GitHub does not know who made it. */
const NOBODY: LastEdit = { at: 0, editor: null };

const known = ({ title, body }: IssueFacts['lastEdits']): readonly LastEdit[] =>
  [title, body].flatMap((edit) => edit ?? []);

const mayEdit = (facts: Facts, { editor }: LastEdit): boolean =>
  editor !== null && canWrite(facts.world.permissions.get(editor));
