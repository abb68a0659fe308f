import { z } from 'zod';
import { authorOf } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { forbidden } from '../errors.ts';
import { issueOf } from '../find.ts';
import type { Issue } from '../issue.ts';
import { replaceAssignees } from '../issues/assignees.ts';
import { closeIssue, reopenIssue } from '../issues/close.ts';
import { editText } from '../issues/edit.ts';
import { replaceLabels } from '../issues/labels.ts';
import { openIssue } from '../issues/open.ts';
import { mayDo, needs } from '../needs.ts';
import { page } from '../pages.ts';
import { type Answer, ok, type Register, type RepoCall } from '../router.ts';
import { issueShape } from '../shapes/issue.ts';
import { timelineOf } from '../shapes/timeline.ts';
import { listIssues } from './issue-list.ts';

const reads = needs(['issues:read', 'pull_requests:read'], 'read');
const writes = needs(['issues:write', 'pull_requests:write'], 'read');
const triages = needs(['issues:write', 'pull_requests:write'], 'triage');

export const registerIssueRoutes: Register = (routes, box) => {
  routes.repo('GET', '/issues', reads, (call) => listIssues(box, call));
  routes.repo('POST', '/issues', needs('issues:write', 'read'), (call) => postIssue(box, call));
  routes.repo('GET', '/issues/:number', reads, (call) => {
    const issue = issueOf(call.repo, call.number('number'));
    return ok(issueShape(box, call.repo, issue));
  });
  routes.repo('PATCH', '/issues/:number', writes, (call) => patchIssue(box, call));
  routes.repo('GET', '/issues/:number/timeline', reads, (call) => {
    const issue = issueOf(call.repo, call.number('number'));
    return page(call, timelineOf(box, call.repo, issue), (line) => line);
  });
  routes.repo('GET', '/issues/:number/events', reads, (call) => {
    const issue = issueOf(call.repo, call.number('number'));
    const timeline = issue.timeline.filter((line) => !['commented', 'cross-referenced'].includes(line.event));
    return page(call, timelineOf(box, call.repo, { ...issue, timeline }), (line) => line);
  });
};

const title = z
  .union([z.string(), z.int().transform(String)])
  .refine((text) => text.trim() !== '', 'is blank');
const body = z.string().max(65_536).nullish();
const label = z.union([z.string(), z.object({ name: z.string() }).transform((one) => one.name)]);
const lists = {
  labels: z.array(label).optional(),
  assignees: z
    .array(z.string())
    .max(10)
    .nullish()
    .transform((list) => list ?? undefined),
};
const newIssue = z.object({ title, body, ...lists });
const changedIssue = z.object({
  title: title.optional(),
  body,
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.enum(['completed', 'not_planned', 'duplicate', 'reopened']).nullish(),
  ...lists,
});

async function postIssue(box: BoxCore, call: RepoCall): Promise<Answer> {
  const wanted = await call.body(newIssue);
  const { labels: _labels, assignees: _assignees, ...text } = wanted;
  const mayTriage = mayDo(box.world, { ...call, needs: triages });
  const issue = openIssue(box, call.repo, authorOf(call.actor), mayTriage ? wanted : text);
  return ok(issueShape(box, call.repo, issue), 201);
}

async function patchIssue(box: BoxCore, call: RepoCall): Promise<Answer> {
  const issue = issueOf(call.repo, call.number('number'));
  const wanted = await call.body(changedIssue);
  checkRights(box, call, issue, wanted);
  const author = authorOf(call.actor);
  editText(box, issue, author, wanted);
  if (wanted.labels) replaceLabels(box, issue, author, wanted.labels);
  if (wanted.assignees) replaceAssignees(box, issue, author, wanted.assignees);
  if (wanted.state === 'open') reopenIssue(box, issue, author);
  const reason = wanted.state_reason ?? undefined;
  if (wanted.state === 'closed')
    closeIssue(box, issue, author, { reason: reason === 'reopened' ? undefined : reason });
  return ok(issueShape(box, call.repo, issue));
}

/** People edit their own texts and close their own issues; the rest needs triage, others' texts need write. */
function checkRights(box: BoxCore, call: RepoCall, issue: Issue, wanted: z.infer<typeof changedIssue>): void {
  const isOwn = call.actor.kind === 'person' && call.actor.account.id === issue.authorId;
  const may = (role: 'triage' | 'write') =>
    mayDo(box.world, { ...call, needs: needs(['issues:write', 'pull_requests:write'], role) });
  if ((wanted.labels || wanted.assignees) && !may('triage')) throw forbidden();
  if (wanted.state !== undefined && !isOwn && !may('triage')) throw forbidden();
  if ((wanted.title !== undefined || wanted.body !== undefined) && !isOwn && !may('write')) throw forbidden();
}
