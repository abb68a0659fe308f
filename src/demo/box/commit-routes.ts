import type { BoxCore } from './core.ts';
import { HttpError, notFound } from './errors.ts';
import { diffFiles, EMPTY_TREE } from './git/diff.ts';
import { aheadBehind, listCommits, mergeBase, readCommit } from './git/history.ts';
import { needs } from './needs.ts';
import { page } from './pages.ts';
import { isOpen } from './pulls/open.ts';
import { pullOf } from './pulls/routes.ts';
import { ok, type Register, type RepoCall, type Routes } from './router.ts';
import { commitShape, fileShape } from './shapes/commit.ts';
import { repositoryPage, repositoryUrl } from './shapes/repository.ts';

const read = needs('contents:read', 'read');
const readPulls = needs('pull_requests:read', 'read');

/** Commits, files and comparisons, read from git. */
export const commitRoutes: Register = (routes, box) => {
  ofRepository(routes, box);
  ofPull(routes, box);
  routes.repo('GET', '/compare/:basehead{.+}', read, async (call) => ok(await comparison(box, call)));
};

function ofRepository(routes: Routes, box: BoxCore): void {
  routes.repo('GET', '/commits', read, async (call) => {
    const name = call.query.get('sha') ?? call.repo.defaultBranch;
    const head = await box.git.resolve(call.repo, name);
    if (head === undefined) throw notFound();
    const path = call.query.get('path') ?? undefined;
    const commits = await listCommits(box.git.directory(call.repo), { head, path });
    return page(call, commits, (commit) => commitShape(box, call.repo, commit));
  });
  routes.repo('GET', '/commits/:ref{.+}', read, async (call) => {
    const sha = await box.git.resolve(call.repo, call.param('ref'));
    if (sha === undefined) throw new HttpError(422, `No commit found for SHA: ${call.param('ref')}`);
    const directory = box.git.directory(call.repo);
    const commit = await readCommit(directory, sha);
    const files = await diffFiles(directory, { from: commit.parents[0] ?? EMPTY_TREE, to: sha });
    return ok(commitShape(box, call.repo, commit, files));
  });
}

function ofPull(routes: Routes, box: BoxCore): void {
  routes.repo('GET', '/pulls/:pull_number/commits', readPulls, async (call) => {
    const { base, head } = await sidesOf(box, call);
    const commits = await listCommits(box.git.directory(call.repo), { head, base, oldestFirst: true });
    return page(call, commits.slice(0, 250), (commit) => commitShape(box, call.repo, commit));
  });
  routes.repo('GET', '/pulls/:pull_number/files', readPulls, async (call) => {
    const { base, head } = await sidesOf(box, call);
    const directory = box.git.directory(call.repo);
    const from = (await mergeBase(directory, base, head)) ?? base;
    const files = await diffFiles(directory, { from, to: head });
    return page(call, files.slice(0, 3000), (file) => fileShape(box, call.repo, head, file));
  });
}

/** An open pull request is compared with its base as it is now, a closed one as it was then. */
async function sidesOf(box: BoxCore, call: RepoCall): Promise<{ base: string; head: string }> {
  const pull = pullOf(call);
  const tip = isOpen(call.repo, pull)
    ? await box.git.resolve(call.repo, `refs/heads/${pull.base.ref}`)
    : undefined;
  return { base: tip ?? pull.base.sha, head: pull.head.sha };
}

async function comparison(box: BoxCore, call: RepoCall) {
  const { base, head, fork } = await comparedSides(box, call);
  const directory = box.git.directory(call.repo);
  const { ahead, behind } = await aheadBehind(directory, base, head);
  const [commits, files, baseCommit, forkCommit] = await Promise.all([
    listCommits(directory, { head, base, oldestFirst: true }),
    diffFiles(directory, { from: fork, to: head }),
    readCommit(directory, base),
    readCommit(directory, fork),
  ]);
  return {
    ...addresses(box, call),
    base_commit: commitShape(box, call.repo, baseCommit),
    merge_base_commit: commitShape(box, call.repo, forkCommit),
    status: statusOf(ahead, behind),
    ahead_by: ahead,
    behind_by: behind,
    total_commits: ahead,
    commits: commits.slice(0, 250).map((commit) => commitShape(box, call.repo, commit)),
    files: files.slice(0, 300).map((file) => fileShape(box, call.repo, head, file)),
  };
}

/** `main...topic`, where either may be any name of a commit; 404 when one is missing. */
async function comparedSides(box: BoxCore, call: RepoCall) {
  const [left = '', right = ''] = call.param('basehead').split('...');
  const base = await box.git.resolve(call.repo, left);
  const head = await box.git.resolve(call.repo, right);
  if (base === undefined || head === undefined) throw notFound();
  const fork = await mergeBase(box.git.directory(call.repo), base, head);
  if (fork === undefined) throw new HttpError(404, `No common ancestor between ${left} and ${right}.`);
  return { base, head, fork };
}

function statusOf(ahead: number, behind: number): 'identical' | 'ahead' | 'behind' | 'diverged' {
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}

function addresses(box: BoxCore, call: RepoCall) {
  const name = `compare/${call.param('basehead')}`;
  const html = `${repositoryPage(box, call.repo)}/${name}`;
  return {
    url: `${repositoryUrl(box, call.repo)}/${name}`,
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
  };
}
