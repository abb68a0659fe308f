import { iso } from '../clock.ts';
import type { BoxCore } from '../core.ts';
import { accountById, fullNameOf } from '../find.ts';
import { nodeId, type Repository } from '../state.ts';
import { accountShape } from './account.ts';

/** `/api/v3/repos/owner/name` of this box, without a slash at the end. */
export function repositoryUrl(box: BoxCore, repo: Repository): string {
  return `${box.url}/api/v3/repos/${fullNameOf(box.world, repo)}`;
}

export function repositoryPage(box: BoxCore, repo: Repository): string {
  return `${box.url}/${fullNameOf(box.world, repo)}`;
}

/** `simple-repository`: the part that every form of a repository has. */
export function simpleRepositoryShape(box: BoxCore, repo: Repository) {
  const url = repositoryUrl(box, repo);
  return {
    id: repo.id,
    node_id: nodeId('repository', repo.id),
    name: repo.name,
    full_name: fullNameOf(box.world, repo),
    private: repo.isPrivate,
    owner: accountShape(box, accountById(box.world, repo.ownerId)),
    html_url: repositoryPage(box, repo),
    description: repo.description,
    fork: false,
    url,
    ...plainAddresses(url),
    ...templateAddresses(url),
  };
}

/** `repository`: how a repository stands in lists and webhooks. */
export function repositoryShape(box: BoxCore, repo: Repository) {
  const openIssues = [...repo.issues.values()].filter((issue) => issue.state === 'open').length;
  return {
    ...simpleRepositoryShape(box, repo),
    ...cloneAddresses(box, repo),
    created_at: iso(repo.createdAt),
    updated_at: iso(repo.updatedAt),
    pushed_at: iso(repo.pushedAt),
    homepage: null,
    size: 0,
    ...counts(openIssues),
    language: null,
    ...features,
    archived: repo.archived,
    visibility: repo.isPrivate ? 'private' : 'public',
    default_branch: repo.defaultBranch,
  };
}

/** `full-repository`: what `GET /repos/{owner}/{repo}` answers. */
export function fullRepositoryShape(box: BoxCore, repo: Repository) {
  return {
    ...repositoryShape(box, repo),
    temp_clone_token: null,
    network_count: 0,
    subscribers_count: 0,
    allow_merge_commit: repo.merging.allowMergeCommit,
    allow_squash_merge: repo.merging.allowSquash,
    allow_rebase_merge: repo.merging.allowRebase,
    allow_auto_merge: false,
    allow_update_branch: false,
    delete_branch_on_merge: repo.merging.deleteBranchOnMerge,
  };
}

const features = {
  has_issues: true,
  has_projects: false,
  has_downloads: false,
  has_wiki: false,
  has_pages: false,
  has_discussions: false,
  mirror_url: null,
  disabled: false,
  license: null,
  allow_forking: true,
  is_template: false,
  web_commit_signoff_required: false,
  topics: [],
};

function counts(openIssues: number) {
  return {
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    forks_count: 0,
    forks: 0,
    open_issues_count: openIssues,
    open_issues: openIssues,
  };
}

function cloneAddresses(box: BoxCore, repo: Repository) {
  const page = repositoryPage(box, repo);
  return {
    clone_url: `${page}.git`,
    git_url: `${page.replace(/^http/, 'git')}.git`,
    ssh_url: `git@127.0.0.1:${fullNameOf(box.world, repo)}.git`,
    svn_url: page,
  };
}

function plainAddresses(url: string) {
  return {
    forks_url: `${url}/forks`,
    teams_url: `${url}/teams`,
    hooks_url: `${url}/hooks`,
    events_url: `${url}/events`,
    tags_url: `${url}/tags`,
    languages_url: `${url}/languages`,
    stargazers_url: `${url}/stargazers`,
    contributors_url: `${url}/contributors`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    merges_url: `${url}/merges`,
    downloads_url: `${url}/downloads`,
    deployments_url: `${url}/deployments`,
  };
}

function templateAddresses(url: string) {
  return {
    keys_url: `${url}/keys{/key_id}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    issue_events_url: `${url}/issues/events{/number}`,
    assignees_url: `${url}/assignees{/user}`,
    branches_url: `${url}/branches{/branch}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    trees_url: `${url}/git/trees{/sha}`,
    statuses_url: `${url}/statuses/{sha}`,
    commits_url: `${url}/commits{/sha}`,
    git_commits_url: `${url}/git/commits{/sha}`,
    comments_url: `${url}/comments{/number}`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    contents_url: `${url}/contents/{+path}`,
    compare_url: `${url}/compare/{base}...{head}`,
    archive_url: `${url}/{archive_format}{/ref}`,
    issues_url: `${url}/issues{/number}`,
    pulls_url: `${url}/pulls{/number}`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    labels_url: `${url}/labels{/name}`,
    releases_url: `${url}/releases{/id}`,
  };
}
