import type { LastEdit, LastEdits } from '../../domain/issue.ts';
import type { Connection } from '../connection.ts';
import { at, isNull, type Json, list, text, time } from '../json.ts';

/** What GitHub allows in one `nodes` query. */
const IDS_AT_ONCE = 100;

const QUERY = `query lastEdits($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Issue {
      id lastEditedAt editor { login }
      timelineItems(last: 1, itemTypes: [RENAMED_TITLE_EVENT]) {
        nodes { ... on RenamedTitleEvent { createdAt actor { login } } }
      }
    }
    ... on IssueComment { id lastEditedAt editor { login } }
  }
}`;

/** Last edits by node id; null: never edited. What is gone is left out: nobody can say that it was not edited. */
export async function lastEdits(
  connection: Connection,
  nodeIds: readonly string[],
): Promise<ReadonlyMap<string, LastEdits>> {
  const ids = [...new Set(nodeIds)];
  const edits = new Map<string, LastEdits>();
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
    const data = await connection.query('lastEdits', QUERY, { ids: ids.slice(from, from + IDS_AT_ONCE) });
    for (const node of list(at(data, 'nodes'))) {
      if (!isNull(at(node, 'id'))) edits.set(text(at(node, 'id')), editsOf(node));
    }
  }
  return edits;
}

function editsOf(node: Json): LastEdits {
  const renames = at(node, 'timelineItems', 'nodes');
  const rename = isNull(renames) ? undefined : list(renames).at(-1);
  return {
    body: edit(at(node, 'lastEditedAt'), at(node, 'editor', 'login')),
    title: rename ? edit(at(rename, 'createdAt'), at(rename, 'actor', 'login')) : null,
  };
}

const edit = (when: Json, editor: Json): LastEdit | null =>
  isNull(when) ? null : { at: time(when), editor: isNull(editor) ? null : text(editor) };
