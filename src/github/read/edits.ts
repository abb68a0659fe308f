import type { LastEdit } from '../../domain/issue.ts';
import type { Connection } from '../connection.ts';
import { at, isNull, type Json, list, text, time } from '../json.ts';

/** What GitHub allows in one `nodes` query. */
const IDS_AT_ONCE = 100;

const QUERY = `query lastEdits($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Issue { id lastEditedAt editor { login } }
    ... on IssueComment { id lastEditedAt editor { login } }
  }
}`;

/** Last edits by node id; null: never edited. What is gone is left out: nobody can say that it was not edited. */
export async function lastEdits(
  connection: Connection,
  nodeIds: readonly string[],
): Promise<ReadonlyMap<string, LastEdit | null>> {
  const ids = [...new Set(nodeIds)];
  const edits = new Map<string, LastEdit | null>();
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
    const data = await connection.query('lastEdits', QUERY, { ids: ids.slice(from, from + IDS_AT_ONCE) });
    for (const node of list(at(data, 'nodes'))) {
      if (!isNull(at(node, 'id'))) edits.set(text(at(node, 'id')), editOf(node));
    }
  }
  return edits;
}

function editOf(node: Json): LastEdit | null {
  const edited = at(node, 'lastEditedAt');
  if (isNull(edited)) return null;
  const editor = at(node, 'editor', 'login');
  return { at: time(edited), editor: isNull(editor) ? null : text(editor) };
}
