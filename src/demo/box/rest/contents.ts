import type { BoxCore } from '../core.ts';
import { notFound } from '../errors.ts';
import { readCommit } from '../git/history.ts';
import type { GitRef } from '../git-port.ts';
import { needs } from '../needs.ts';
import { page } from '../pages.ts';
import { type Answer, ok, type Register, type RepoCall } from '../router.ts';
import { commitShape } from '../shapes/commit.ts';
import { repositoryPage, repositoryUrl } from '../shapes/repository.ts';
import type { Repository } from '../state.ts';

/** Files and branches, read from git. */
export const registerContentRoutes: Register = (routes, box) => {
  const reads = needs('contents:read', 'read');
  routes.repo('GET', '/contents/:path{.+}', reads, (call) => readContents(box, call));
  routes.repo('GET', '/branches', reads, async (call) => {
    const refs = await box.git.refs(call.repo, 'refs/heads/');
    return page(call, refs, ({ name, sha }) =>
      branchShape(box, call.repo, { name: name.slice('refs/heads/'.length), sha }),
    );
  });
  routes.repo('GET', '/branches/:branch{.+}', reads, async (call) => {
    const name = call.param('branch');
    const sha = await box.git.resolve(call.repo, `refs/heads/${name}`);
    if (sha === undefined) throw notFound();
    return ok(await wholeBranchShape(box, call.repo, { name, sha }));
  });
};

async function readContents(box: BoxCore, call: RepoCall): Promise<Answer> {
  const { repo } = call;
  const path = call.param('path');
  const ref = call.query.get('ref') ?? repo.defaultBranch;
  const file = await box.git.readFile(repo, ref, path);
  if (!file) throw notFound();
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const url = `${repositoryUrl(box, repo)}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const html = `${repositoryPage(box, repo)}/blob/${ref}/${encoded}`;
  const git = `${repositoryUrl(box, repo)}/git/blobs/${file.sha}`;
  return ok({
    name: path.split('/').at(-1),
    path,
    sha: file.sha,
    size: file.content.length,
    url,
    html_url: html,
    git_url: git,
    download_url: `${repositoryPage(box, repo)}/raw/${ref}/${encoded}`,
    type: 'file',
    content: file.content.toString('base64').replace(/(.{60})/g, '$1\n'),
    encoding: 'base64',
    _links: { self: url, git, html },
  });
}

function branchShape(box: BoxCore, repo: Repository, { name, sha }: GitRef) {
  const url = repositoryUrl(box, repo);
  const contexts = repo.protection.get(name)?.requiredChecks ?? [];
  const checks = contexts.map((context) => ({ context, app_id: null }));
  const enforcement_level = contexts.length > 0 ? 'everyone' : 'off';
  return {
    name,
    commit: { sha, url: `${url}/commits/${sha}` },
    protected: repo.protection.has(name),
    protection: {
      enabled: repo.protection.has(name),
      required_status_checks: { enforcement_level, contexts, checks },
    },
    protection_url: `${url}/branches/${name}/protection`,
  };
}

async function wholeBranchShape(box: BoxCore, repo: Repository, { name, sha }: GitRef) {
  const commit = await readCommit(box.git.directory(repo), sha);
  return {
    ...branchShape(box, repo, { name, sha }),
    commit: commitShape(box, repo, commit),
    _links: {
      self: `${repositoryUrl(box, repo)}/branches/${name}`,
      html: `${repositoryPage(box, repo)}/tree/${name}`,
    },
  };
}
