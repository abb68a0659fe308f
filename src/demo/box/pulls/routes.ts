import { z } from 'zod';
import { authorOf } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { notFound } from '../errors.ts';
import { accountById } from '../find.ts';
import { needs } from '../needs.ts';
import { page } from '../pages.ts';
import type { PullRequest } from '../pull.ts';
import { choice, noContent, ok, type Register, type RepoCall, type Routes } from '../router.ts';
import { accountShape } from '../shapes/account.ts';
import { pullShape, pullSimpleShape, pullUrl } from '../shapes/pull.ts';
import { openPull } from './create.ts';
import { editPull } from './edit.ts';
import { emitPull } from './emit.ts';
import { listPulls, type PullFilter } from './list.ts';
import { mergePull } from './merge.ts';
import { forgetMergeability } from './mergeability.ts';
import { requestReviewers, withdrawReviewers } from './reviewers.ts';
import { updateBranch } from './update.ts';

const read = needs('pull_requests:read', 'read');
const write = needs('pull_requests:write', 'read');
const triage = needs('pull_requests:write', 'triage');
const merge = needs('contents:write', 'write');

/** Pull requests: open, list, change, ask for reviews, merge. */
export const pullRoutes: Register = (routes, box) => {
  box.announcePull = ({ repo, issue, action, sender, extra }) => {
    const by = { account: sender, appId: null };
    const pull = repo.pulls.get(issue.number);
    if (!pull) return;
    if (action === 'reopened') forgetMergeability(box, repo, pull);
    emitPull(box, repo, pull, { action, by, more: extra });
  };
  listing(routes, box);
  changing(routes, box);
  merging(routes, box);
  reviewers(routes, box);
};

/** The pull request that a path names; 404 when there is none. */
export function pullOf(call: RepoCall): PullRequest {
  const pull = call.repo.pulls.get(call.number('pull_number'));
  if (!pull) throw notFound();
  return pull;
}

function listing(routes: Routes, box: BoxCore): void {
  routes.repo('GET', '/pulls', read, (call) => {
    const repo = box.listed(call);
    const shown = listPulls(box.world, repo, filterOf(call));
    return page(call, shown, (pull) => pullSimpleShape(box, repo, pull));
  });
  routes.repo('GET', '/pulls/:pull_number', read, (call) => ok(pullShape(box, call.repo, pullOf(call))));
}

function filterOf(call: RepoCall): PullFilter {
  const sort = choice(call, 'sort', ['created', 'updated', 'popularity', 'long-running'], 'created');
  return {
    state: choice(call, 'state', ['open', 'closed', 'all'], 'open'),
    head: call.query.get('head'),
    base: call.query.get('base'),
    sort,
    direction: choice(call, 'direction', ['asc', 'desc'], sort === 'created' ? 'desc' : 'asc'),
  };
}

const newPull = z.object({
  title: z.string().min(1),
  body: z.string().nullish(),
  head: z.string(),
  base: z.string(),
  draft: z.boolean().optional(),
  maintainer_can_modify: z.boolean().optional(),
});

const pullEdit = z.object({
  title: z.string().min(1).optional(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']).optional(),
  base: z.string().optional(),
});

function changing(routes: Routes, box: BoxCore): void {
  routes.repo('POST', '/pulls', write, async (call) => {
    const { maintainer_can_modify: maintainerCanModify, ...wanted } = await call.body(newPull);
    const pull = await openPull(box, call.repo, authorOf(call.actor), { ...wanted, maintainerCanModify });
    return ok(pullShape(box, call.repo, pull), 201);
  });
  routes.repo('PATCH', '/pulls/:pull_number', triage, async (call) => {
    const pull = pullOf(call);
    await editPull(box, call.repo, pull, { by: authorOf(call.actor), edit: await call.body(pullEdit) });
    return ok(pullShape(box, call.repo, pull));
  });
}

const mergeOrder = z.object({
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
  sha: z.string().optional(),
  merge_method: z.enum(['merge', 'squash', 'rebase']).default('merge'),
});

const branchUpdate = z.object({ expected_head_sha: z.string().optional() });

function merging(routes: Routes, box: BoxCore): void {
  routes.repo('GET', '/pulls/:pull_number/merge', read, (call) => {
    if (pullOf(call).mergedAt === null) throw notFound();
    return noContent;
  });
  routes.repo('PUT', '/pulls/:pull_number/merge', merge, async (call) => {
    const body = await call.body(mergeOrder);
    const { commit_title: title, commit_message: message, merge_method: method } = body;
    const order = { title, message, method, sha: body.sha };
    const sha = await mergePull(box, call.repo, pullOf(call), { by: authorOf(call.actor), order });
    return ok({ sha, merged: true, message: 'Pull Request successfully merged' });
  });
  routes.repo('PUT', '/pulls/:pull_number/update-branch', write, async (call) => {
    const { expected_head_sha: expected } = await call.body(branchUpdate);
    const pull = pullOf(call);
    await updateBranch(box, call.repo, pull, { by: authorOf(call.actor), expected });
    return ok({ message: 'Updating pull request branch.', url: pullUrl(box, call.repo, pull.number) }, 202);
  });
}

const asked = z.object({ reviewers: z.array(z.string()).default([]) });

function reviewers(routes: Routes, box: BoxCore): void {
  const path = '/pulls/:pull_number/requested_reviewers';
  routes.repo('GET', path, read, (call) => {
    const users = pullOf(call).requestedReviewerIds.map((id) =>
      accountShape(box, accountById(box.world, id)),
    );
    return ok({ users, teams: [] });
  });
  routes.repo('POST', path, write, async (call) => {
    const { reviewers: logins } = await call.body(asked);
    requestReviewers(box, call.repo, pullOf(call), { by: authorOf(call.actor), logins });
    return ok(pullSimpleShape(box, call.repo, pullOf(call)), 201);
  });
  routes.repo('DELETE', path, write, async (call) => {
    const { reviewers: logins } = await call.body(asked);
    withdrawReviewers(box, call.repo, pullOf(call), { by: authorOf(call.actor), logins });
    return ok(pullSimpleShape(box, call.repo, pullOf(call)));
  });
}
