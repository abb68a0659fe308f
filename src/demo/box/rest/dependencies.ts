import { z } from 'zod';
import { authorOf } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { issueAt, issueOf } from '../find.ts';
import type { IssueRef } from '../issue.ts';
import { addBlocker, removeBlocker } from '../issues/dependencies.ts';
import { needs } from '../needs.ts';
import { page } from '../pages.ts';
import { type Answer, ok, type Register, type RepoCall } from '../router.ts';
import { issueByIdOr404, linkedShape } from './sub-issues.ts';

const reads = needs('issues:read', 'read');
const writes = needs('issues:write', 'triage');

/** What an issue waits for and what waits for it. Writes answer with the issue that is blocked. */
export const registerDependencyRoutes: Register = (routes, box) => {
  const path = '/issues/:number/dependencies';
  const list = (call: RepoCall, refs: readonly IssueRef[]) =>
    page(call, refs, (ref) => linkedShape(box, issueAt(box.world, ref)));
  routes.repo('GET', `${path}/blocked_by`, reads, (call) => list(call, issueIn(call).blockedBy));
  routes.repo('GET', `${path}/blocking`, reads, (call) => list(call, issueIn(call).blocking));
  routes.repo('POST', `${path}/blocked_by`, writes, (call) => postBlocker(box, call));
  routes.repo('DELETE', `${path}/blocked_by/:id`, writes, (call) => {
    const blocked = issueIn(call);
    removeBlocker(box, {
      blocked,
      blocker: issueByIdOr404(box, call.number('id')),
      author: authorOf(call.actor),
    });
    return ok(linkedShape(box, blocked));
  });
};

async function postBlocker(box: BoxCore, call: RepoCall): Promise<Answer> {
  const blocked = issueIn(call);
  const { issue_id } = await call.body(z.object({ issue_id: z.int() }));
  addBlocker(box, { blocked, blocker: issueByIdOr404(box, issue_id), author: authorOf(call.actor) });
  return ok(linkedShape(box, blocked), 201);
}

function issueIn(call: RepoCall) {
  return issueOf(call.repo, call.number('number'));
}
