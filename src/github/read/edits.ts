import { Terminal } from '../../domain/errors.ts';
import type { LastEdit } from '../../domain/issue.ts';
import type { Connection } from '../connection.ts';
import { at, has, isNull, type Json, list, text, time } from '../json.ts';
import { Trial } from '../trial.ts';

/** What GitHub allows in one `nodes` query. */
const IDS_AT_ONCE = 100;

const QUERY = `query lastEdits($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Issue { id lastEditedAt editor { login } }
    ... on IssueComment { id lastEditedAt editor { login } }
  }
}`;

/** A GitHub that is disturbed is waited for, since no answer may cost people an approval; one without GraphQL is not. */
const PATIENCE_MS = 60_000;

export type ReadEdits = (nodeIds: readonly string[]) => Promise<ReadonlyMap<string, LastEdit | null>>;

/**
 * Last edits of texts by node id; null: never edited. What is gone is left out, and everything where there is no GraphQL:
 * nobody can say that it was not edited.
 */
export function editsReader(connection: Connection): ReadEdits {
  const trial = new Trial(connection.now, PATIENCE_MS);
  return async (nodeIds) => {
    const ids = [...new Set(nodeIds)];
    const edits = new Map<string, LastEdit | null>();
    for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
      const found = await trial.ask(() => lastEdits(connection, ids.slice(from, from + IDS_AT_ONCE)));
      for (const [id, edit] of found ?? []) edits.set(id, edit);
    }
    return edits;
  };
}

async function lastEdits(
  connection: Connection,
  ids: readonly string[],
): Promise<readonly (readonly [string, LastEdit | null])[]> {
  const data = await connection.query('lastEdits', QUERY, { ids });
  const nodes = list(at(data, 'nodes')).filter((node) => !isNull(at(node, 'id')));
  return nodes.map((node) => [text(at(node, 'id')), editOf(node)]);
}

/** A server that does not know the field must not pass for one where nothing was edited. */
function editOf(node: Json): LastEdit | null {
  if (!has(node, 'lastEditedAt')) throw new Terminal(`${node.where} has no lastEditedAt`);
  const when = at(node, 'lastEditedAt');
  const editor = at(node, 'editor', 'login');
  return isNull(when) ? null : { at: time(when), editor: isNull(editor) ? null : text(editor) };
}
