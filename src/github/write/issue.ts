import type { ActionResult } from '../../domain/effect.ts';
import { Refusal } from '../errors.ts';
import { at, integer, type Json } from '../json.ts';
import { DONE, laneOf, marked, named, type Of, ownText, type Place } from './place.ts';

const ISSUES = '/repos/{owner}/{repo}/issues';

/** How far back a lost issue is looked for: the newest thousand, pull requests among them. */
const NEWEST_PAGES = 10;

/** Creates the issue, or finds the one that an earlier try created. */
export async function createIssue(place: Place, action: Of<'create-issue'>): Promise<ActionResult> {
  const found = place.retry ? await findIssue(place, action) : null;
  return issueResult(found ?? (await postIssue(place, action)));
}

async function findIssue(place: Place, action: Of<'create-issue'>): Promise<Json | null> {
  let pages = 0;
  const sorting = { state: 'all', sort: 'created', direction: 'desc' };
  const issues = await place.connection.list(
    `GET ${ISSUES}`,
    { ...named(place), ...sorting },
    { until: () => ++pages === NEWEST_PAGES },
  );
  return await ownText(place, action, issues);
}

async function postIssue(place: Place, action: Of<'create-issue'>): Promise<Json> {
  const { title, labels } = action;
  const params = { ...named(place), title, body: marked(action, action.body), labels: [...labels] };
  return await place.connection.write(laneOf(place), `POST ${ISSUES}`, params);
}

const issueResult = (issue: Json): ActionResult => ({
  kind: 'issue',
  number: integer(at(issue, 'number')),
  id: integer(at(issue, 'id')),
});

/** Writes text (and title) as they should stand. */
export async function editIssue(place: Place, action: Of<'edit-issue'>): Promise<ActionResult> {
  const title = action.title === undefined ? {} : { title: action.title };
  await patch(place, action.issue, { ...title, body: marked(action, action.body) });
  return DONE;
}

export async function closeIssue(place: Place, action: Of<'close-issue'>): Promise<ActionResult> {
  await patch(place, action.issue, { state: 'closed', state_reason: action.reason });
  return DONE;
}

async function patch(place: Place, issue: number, change: Readonly<Record<string, string>>): Promise<void> {
  const params = { ...named(place), issue_number: issue, ...change };
  await place.connection.write(laneOf(place), `PATCH ${ISSUES}/{issue_number}`, params);
}

/** Links a sub-issue; done where it is linked already, which GitHub refuses to do twice. */
export async function addSubIssue(place: Place, action: Of<'add-sub-issue'>): Promise<ActionResult> {
  const params = { ...named(place), issue_number: action.parent };
  const route = `${ISSUES}/{issue_number}/sub_issues`;
  try {
    await place.connection.write(laneOf(place), `POST ${route}`, { ...params, sub_issue_id: action.childId });
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 422) throw error;
    const linked = await place.connection.list(`GET ${route}`, params);
    if (!linked.some((issue) => at(issue, 'id').value === action.childId)) throw error;
  }
  return DONE;
}
