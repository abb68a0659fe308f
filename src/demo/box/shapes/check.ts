import type { CheckRun, CheckSuite, CommitStatus } from '../check.ts';
import { summaryOf } from '../checks/summary.ts';
import { iso, isoOrNull } from '../clock.ts';
import type { BoxCore } from '../core.ts';
import { accountById } from '../find.ts';
import { readCommit } from '../git/history.ts';
import { openPulls } from '../pulls/open.ts';
import { nodeId, type Repository } from '../state.ts';
import { accountShape } from './account.ts';
import { appOrNull } from './app.ts';
import { pullMinimalShape } from './pull.ts';
import { repositoryPage, repositoryShape, repositoryUrl } from './repository.ts';

export function checkRunShape(box: BoxCore, repo: Repository, run: CheckRun) {
  const url = `${repositoryUrl(box, repo)}/check-runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId('checkRun', run.id),
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: `${repositoryPage(box, repo)}/runs/${run.id}`,
    details_url: run.detailsUrl ?? `${repositoryPage(box, repo)}/runs/${run.id}`,
    status: run.status,
    conclusion: run.conclusion,
    started_at: iso(run.startedAt),
    completed_at: isoOrNull(run.completedAt),
    output: {
      title: run.output.title,
      summary: run.output.summary,
      text: run.output.text,
      annotations_count: run.output.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suiteId },
    app: appOrNull(box, run.appId),
    pull_requests: pullsOf(box, repo, run.headSha),
  };
}

export async function checkSuiteShape(box: BoxCore, repo: Repository, suite: CheckSuite) {
  const url = `${repositoryUrl(box, repo)}/check-suites/${suite.id}`;
  return {
    id: suite.id,
    node_id: nodeId('checkSuite', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    ...summaryOf(repo, suite),
    url,
    before: null,
    after: suite.headSha,
    created_at: iso(suite.createdAt),
    updated_at: iso(suite.updatedAt),
    app: appOrNull(box, suite.appId),
    head_commit: await headCommit(box, repo, suite.headSha),
    repository: repositoryShape(box, repo),
    check_runs_url: `${url}/check-runs`,
    pull_requests: pullsOf(box, repo, suite.headSha),
  };
}

export function statusShape(box: BoxCore, repo: Repository, status: CommitStatus) {
  return { ...simpleStatusShape(box, repo, status), creator: creatorShape(box, status) };
}

/** `simple-commit-status`: a status inside the combined one. */
export function simpleStatusShape(box: BoxCore, repo: Repository, status: CommitStatus) {
  return {
    url: `${repositoryUrl(box, repo)}/statuses/${status.sha}`,
    avatar_url: creatorShape(box, status).avatar_url,
    id: status.id,
    node_id: nodeId('status', status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: iso(status.createdAt),
    updated_at: iso(status.createdAt),
  };
}

function creatorShape(box: BoxCore, status: CommitStatus) {
  return accountShape(box, accountById(box.world, status.creatorId));
}

function pullsOf(box: BoxCore, repo: Repository, sha: string) {
  return openPulls(repo)
    .filter((pull) => pull.head.sha === sha)
    .map((pull) => pullMinimalShape(box, repo, pull));
}

async function headCommit(box: BoxCore, repo: Repository, sha: string) {
  const commit = await readCommit(box.git.directory(repo), sha);
  const { author, committer } = commit;
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: iso(committer.date.getTime()),
    author: { name: author.name, email: author.email },
    committer: { name: committer.name, email: committer.email },
  };
}
