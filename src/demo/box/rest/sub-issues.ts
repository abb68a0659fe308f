import { z } from 'zod';
import { authorOf } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { notFound } from '../errors.ts';
import { issueAt, issueById, issueOf, repositoryById } from '../find.ts';
import type { Issue } from '../issue.ts';
import { addSubIssue, moveSubIssue, removeSubIssue } from '../issues/sub-issues.ts';
import { needs } from '../needs.ts';
import { page } from '../pages.ts';
import { type Answer, ok, type Register, type RepoCall } from '../router.ts';
import { issueShape } from '../shapes/issue.ts';

const reads = needs('issues:read', 'read');
const writes = needs('issues:write', 'triage');

/** Sub-issues are named by database id in bodies and by number in paths. Writes answer with the parent. */
export const registerSubIssueRoutes: Register = (routes, box) => {
  routes.repo('GET', '/issues/:number/sub_issues', reads, (call) =>
    page(call, parentAt(call).subIssues, (ref) => linkedShape(box, issueAt(box.world, ref))),
  );
  routes.repo('GET', '/issues/:number/parent', reads, (call) => {
    const { parent } = issueOf(call.repo, call.number('number'));
    if (!parent) throw notFound();
    return ok(linkedShape(box, issueAt(box.world, parent)));
  });
  routes.repo('POST', '/issues/:number/sub_issues', writes, (call) => postSubIssue(box, call));
  routes.repo('DELETE', '/issues/:number/sub_issue', writes, (call) => deleteSubIssue(box, call));
  routes.repo('PATCH', '/issues/:number/sub_issues/priority', writes, (call) => patchPriority(box, call));
};

/** An issue of any repository, with the repository it belongs to where GitHub says so. */
export function linkedShape(box: BoxCore, issue: Issue) {
  return issueShape(box, repositoryById(box.world, issue.repositoryId), issue);
}

/** An issue by the database id in a body; 404 when there is none, as when a number was sent by mistake. */
export function issueByIdOr404(box: BoxCore, id: number): Issue {
  const issue = issueById(box.world, id);
  if (!issue) throw notFound();
  return issue;
}

function parentAt(call: RepoCall): Issue {
  return issueOf(call.repo, call.number('number'));
}

const added = z.object({ sub_issue_id: z.int(), replace_parent: z.boolean().optional() });

async function postSubIssue(box: BoxCore, call: RepoCall): Promise<Answer> {
  const parent = parentAt(call);
  const wanted = await call.body(added);
  const child = issueByIdOr404(box, wanted.sub_issue_id);
  addSubIssue(box, { parent, child, author: authorOf(call.actor), replaceParent: wanted.replace_parent });
  return ok(linkedShape(box, parent), 201);
}

async function deleteSubIssue(box: BoxCore, call: RepoCall): Promise<Answer> {
  const parent = parentAt(call);
  const { sub_issue_id } = await call.body(z.object({ sub_issue_id: z.int() }));
  removeSubIssue(box, { parent, child: issueByIdOr404(box, sub_issue_id), author: authorOf(call.actor) });
  return ok(linkedShape(box, parent));
}

const moved = z
  .object({ sub_issue_id: z.int(), after_id: z.int().optional(), before_id: z.int().optional() })
  .refine(
    (body) => (body.after_id === undefined) !== (body.before_id === undefined),
    'after_id or before_id, one of them',
  );

async function patchPriority(box: BoxCore, call: RepoCall): Promise<Answer> {
  const parent = parentAt(call);
  const wanted = await call.body(moved);
  const child = issueByIdOr404(box, wanted.sub_issue_id);
  moveSubIssue(box, { parent, child, afterId: wanted.after_id, beforeId: wanted.before_id });
  return ok(linkedShape(box, parent));
}
