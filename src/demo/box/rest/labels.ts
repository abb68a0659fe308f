import { z } from 'zod';
import { authorOf } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { notFound } from '../errors.ts';
import { issueOf, labelNamed } from '../find.ts';
import type { Issue, Label } from '../issue.ts';
import {
  addLabels,
  createLabel,
  deleteLabel,
  editLabel,
  removeLabel,
  replaceLabels,
} from '../issues/labels.ts';
import { needs } from '../needs.ts';
import { page } from '../pages.ts';
import { type Answer, noContent, ok, type Register, type RepoCall } from '../router.ts';
import { labelShape, labelsOf } from '../shapes/label.ts';

const reads = needs(['issues:read', 'pull_requests:read'], 'read');
const labels = needs(['issues:write', 'pull_requests:write'], 'triage');
const manages = needs(['issues:write', 'pull_requests:write'], 'write');

/** A repository's labels and those of an issue. */
export const registerLabelRoutes: Register = (routes, box) => {
  registerRepositoryLabels(routes, box);
  registerIssueLabels(routes, box);
};

const color = z.string().regex(/^#?[0-9a-fA-F]{6}$/);
const name = z.string().trim().min(1).max(50);
const newLabel = z.object({ name, color: color.optional(), description: z.string().max(100).nullish() });
const changedLabel = z.object({
  new_name: name.optional(),
  color: color.optional(),
  description: z.string().max(100).nullish(),
});

const registerRepositoryLabels: Register = (routes, box) => {
  routes.repo('GET', '/labels', reads, (call) =>
    page(call, byName(call.repo.labels), (label) => labelShape(box, call.repo, label)),
  );
  routes.repo('POST', '/labels', manages, async (call) => {
    const label = createLabel(box, call.repo, await call.body(newLabel));
    return ok(labelShape(box, call.repo, label), 201);
  });
  routes.repo('GET', '/labels/:name', reads, (call) => ok(labelShape(box, call.repo, labelAt(call))));
  routes.repo('PATCH', '/labels/:name', manages, async (call) => {
    const label = labelAt(call);
    editLabel(call.repo, label, await call.body(changedLabel));
    return ok(labelShape(box, call.repo, label));
  });
  routes.repo('DELETE', '/labels/:name', manages, (call) => {
    deleteLabel(call.repo, labelAt(call));
    return noContent;
  });
};

/** GitHub takes `{ labels: [...] }`, a bare list, and labels as objects with a name. */
const nameOrObject = z.union([name, z.object({ name }).transform((label) => label.name)]);
const nameList = z.union([
  z.array(nameOrObject),
  z.object({ labels: z.array(nameOrObject).optional() }).transform((body) => body.labels ?? []),
]);

const registerIssueLabels: Register = (routes, box) => {
  const path = '/issues/:number/labels';
  routes.repo('GET', path, reads, (call) => {
    const issue = issueOf(call.repo, call.number('number'));
    return page(call, labelsOf(call.repo, issue), (label) => labelShape(box, call.repo, label));
  });
  routes.repo('POST', path, labels, async (call) => {
    const names = await call.body(nameList);
    return change(box, call, (issue) => addLabels(box, issue, authorOf(call.actor), names));
  });
  routes.repo('PUT', path, labels, async (call) => {
    const names = await call.body(nameList);
    return change(box, call, (issue) => replaceLabels(box, issue, authorOf(call.actor), names));
  });
  routes.repo('DELETE', path, labels, (call) => {
    change(box, call, (issue) => replaceLabels(box, issue, authorOf(call.actor), []));
    return noContent;
  });
  routes.repo('DELETE', `${path}/:name`, labels, (call) =>
    change(box, call, (issue) => removeLabel(box, issue, authorOf(call.actor), call.param('name'))),
  );
};

/** Answers with the issue's labels as they are after the change. */
function change(box: BoxCore, call: RepoCall, act: (issue: Issue) => void): Answer {
  const issue = issueOf(call.repo, call.number('number'));
  act(issue);
  return ok(labelsOf(call.repo, issue).map((label) => labelShape(box, call.repo, label)));
}

function labelAt(call: RepoCall): Label {
  const label = labelNamed(call.repo, call.param('name'));
  if (!label) throw notFound();
  return label;
}

function byName(labels: ReadonlyMap<number, Label>): readonly Label[] {
  return [...labels.values()].sort((left, right) => left.name.localeCompare(right.name));
}
