import { iso } from '../clock.ts';
import type { BoxCore } from '../core.ts';
import type { Signature } from '../git/commit.ts';
import type { FileDiff } from '../git/diff.ts';
import type { Commit } from '../git/history.ts';
import { accountByEmail } from '../push/signature.ts';
import { nodeId, type Repository } from '../state.ts';
import { accountShape } from './account.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';

const unsigned = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

/** `commit`: a commit in a list, or with its files as `GET /commits/{ref}` has it. */
export function commitShape(box: BoxCore, repo: Repository, commit: Commit, files?: readonly FileDiff[]) {
  const url = `${repositoryUrl(box, repo)}/commits/${commit.sha}`;
  return {
    sha: commit.sha,
    node_id: nodeId('commit', commit.sha),
    commit: gitShape(box, repo, commit),
    url,
    html_url: `${repositoryPage(box, repo)}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    author: accountOrNull(box, commit.author),
    committer: accountOrNull(box, commit.committer),
    parents: parents(box, repo, commit),
    ...(files && { stats: stats(files), files: files.map((file) => fileShape(box, repo, commit.sha, file)) }),
  };
}

/** `diff-entry`: one file of a commit, a comparison or a pull request. */
export function fileShape(box: BoxCore, repo: Repository, sha: string, file: FileDiff) {
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${repositoryPage(box, repo)}/blob/${sha}/${path}`,
    raw_url: `${repositoryPage(box, repo)}/raw/${sha}/${path}`,
    contents_url: `${repositoryUrl(box, repo)}/contents/${path}?ref=${sha}`,
    ...(file.patch !== undefined && { patch: file.patch }),
    ...(file.previousPath !== undefined && { previous_filename: file.previousPath }),
  };
}

/** `timeline-committed-event`: a commit on a pull request's timeline. */
export function committedShape(box: BoxCore, repo: Repository, commit: Commit) {
  const { sha, message } = commit;
  return {
    event: 'committed',
    sha,
    node_id: nodeId('commit', sha),
    url: `${repositoryUrl(box, repo)}/git/commits/${sha}`,
    html_url: `${repositoryPage(box, repo)}/commit/${sha}`,
    author: gitUser(commit.author),
    committer: gitUser(commit.committer),
    tree: tree(box, repo, commit),
    message,
    parents: parents(box, repo, commit),
    verification: unsigned,
  };
}

function gitShape(box: BoxCore, repo: Repository, commit: Commit) {
  return {
    author: gitUser(commit.author),
    committer: gitUser(commit.committer),
    message: commit.message,
    tree: tree(box, repo, commit),
    url: `${repositoryUrl(box, repo)}/git/commits/${commit.sha}`,
    comment_count: 0,
    verification: unsigned,
  };
}

function gitUser({ name, email, date }: Signature) {
  return { name, email, date: iso(date.getTime()) };
}

function tree(box: BoxCore, repo: Repository, commit: Commit) {
  return { sha: commit.tree, url: `${repositoryUrl(box, repo)}/git/trees/${commit.tree}` };
}

function parents(box: BoxCore, repo: Repository, commit: Commit) {
  return commit.parents.map((sha) => ({
    sha,
    url: `${repositoryUrl(box, repo)}/commits/${sha}`,
    html_url: `${repositoryPage(box, repo)}/commit/${sha}`,
  }));
}

function accountOrNull(box: BoxCore, { email }: Signature) {
  const account = accountByEmail(box, email);
  return account ? accountShape(box, account) : null;
}

function stats(files: readonly FileDiff[]) {
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return { additions, deletions, total: additions + deletions };
}
