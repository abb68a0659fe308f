import { iso, isoOrNull } from '../../clock.ts';
import { accountById } from '../../find.ts';
import { association } from '../../shapes/issue.ts';
import type { Repository } from '../../state.ts';
import type { View } from '../view.ts';
import { editorOf } from './account.ts';

interface Text {
  readonly id: number;
  readonly authorId: number;
  readonly body: string | null;
  readonly lastEditedAt: number | null;
  readonly lastEditorId: number | null;
}

/** What everything that somebody wrote has in common. */
export function textFields(view: View, repo: Repository, text: Text) {
  const { actor, box } = view;
  return {
    databaseId: text.id,
    fullDatabaseId: String(text.id),
    author: () => view.account(accountById(box.world, text.authorId)),
    authorAssociation: () => association(box, repo, text.authorId),
    body: text.body ?? '',
    bodyText: text.body ?? '',
    lastEditedAt: isoOrNull(text.lastEditedAt),
    editor: () => editorOf(view, text.lastEditorId),
    includesCreatedEdit: text.lastEditedAt !== null,
    createdViaEmail: false,
    viewerDidAuthor: 'account' in actor && actor.account.id === text.authorId,
    repository: () => view.repository(repo),
  };
}

export function times(one: { readonly createdAt: number; readonly updatedAt: number }) {
  return { createdAt: iso(one.createdAt), publishedAt: iso(one.createdAt), updatedAt: iso(one.updatedAt) };
}
