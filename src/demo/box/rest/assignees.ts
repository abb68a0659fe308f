import { z } from 'zod';
import { authorOf } from '../author.ts';
import { issueOf } from '../find.ts';
import { assign, unassign } from '../issues/assignees.ts';
import { needs } from '../needs.ts';
import { ok, type Register } from '../router.ts';
import { issueShape } from '../shapes/issue.ts';

const triages = needs(['issues:write', 'pull_requests:write'], 'triage');
const people = z.object({ assignees: z.array(z.string()).max(10).default([]) });

export const registerAssigneeRoutes: Register = (routes, box) => {
  routes.repo('POST', '/issues/:number/assignees', triages, async (call) => {
    const issue = issueOf(call.repo, call.number('number'));
    assign(box, issue, authorOf(call.actor), (await call.body(people)).assignees);
    return ok(issueShape(box, call.repo, issue), 201);
  });
  routes.repo('DELETE', '/issues/:number/assignees', triages, async (call) => {
    const issue = issueOf(call.repo, call.number('number'));
    unassign(box, issue, authorOf(call.actor), (await call.body(people)).assignees);
    return ok(issueShape(box, call.repo, issue));
  });
};
