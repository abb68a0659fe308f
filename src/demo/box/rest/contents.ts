import type { BoxCore } from '../core.ts';
import { notFound } from '../errors.ts';
import { needs } from '../needs.ts';
import { page } from '../pages.ts';
import { type Answer, ok, type Register, type RepoCall } from '../router.ts';
import { repositoryPage, repositoryUrl } from '../shapes/repository.ts';
import type { Repository } from '../state.ts';

/** Files and branches, read from git. */
export const registerContentRoutes: Register = (routes, box) => {
  const reads = needs('contents:read', 'read');
  routes.repo('GET', '/contents/:path{.+}', reads, (call) => readContents(box, call));
  routes.repo('GET', '/branches', reads, async (call) => {
    const refs = await box.git.refs(call.repo, 'refs/heads/');
    return page(call, refs, (ref) =>
      branchShape(box, call.repo, ref.name.slice('refs/heads/'.length), ref.sha),
    );
  });
  routes.repo('GET', '/branches/:branch{.+}', reads, async (call) => {
    const name = call.param('branch');
    const sha = await box.git.resolve(call.repo, `refs/heads/${name}`);
    if (sha === undefined) throw notFound();
    return ok({ ...branchShape(box, call.repo, name, sha), ...branchExtras(box, call.repo, name) });
  });
};

async function readContents(box: BoxCore, call: RepoCall): Promise<Answer> {
  const { repo } = call;
  const path = call.param('path');
  const ref = call.query.get('ref') ?? repo.defaultBranch;
  const file = await box.git.readFile(repo, ref, path);
  if (!file) throw notFound();
  const url = `${repositoryUrl(box, repo)}/contents/${path}?ref=${encodeURIComponent(ref)}`;
  const html = `${repositoryPage(box, repo)}/blob/${ref}/${path}`;
  const git = `${repositoryUrl(box, repo)}/git/blobs/${file.sha}`;
  return ok({
    name: path.split('/').at(-1),
    path,
    sha: file.sha,
    size: file.content.length,
    url,
    html_url: html,
    git_url: git,
    download_url: `${repositoryPage(box, repo)}/raw/${ref}/${path}`,
    type: 'file',
    content: file.content.toString('base64').replace(/(.{60})/g, '$1\n'),
    encoding: 'base64',
    _links: { self: url, git, html },
  });
}

function branchShape(box: BoxCore, repo: Repository, name: string, sha: string) {
  const url = repositoryUrl(box, repo);
  const isProtected = repo.protection.has(name);
  return {
    name,
    commit: { sha, url: `${url}/commits/${sha}` },
    protected: isProtected,
    protection: {
      enabled: isProtected,
      required_status_checks: {
        enforcement_level: 'off',
        contexts: repo.protection.get(name)?.requiredChecks ?? [],
      },
    },
    protection_url: `${url}/branches/${name}/protection`,
  };
}

function branchExtras(box: BoxCore, repo: Repository, name: string) {
  const self = `${repositoryUrl(box, repo)}/branches/${name}`;
  return { _links: { self, html: `${repositoryPage(box, repo)}/tree/${name}` } };
}
