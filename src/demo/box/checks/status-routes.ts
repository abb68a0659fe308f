import { z } from 'zod';
import { type Author, authorOf } from '../author.ts';
import type { CommitStatus } from '../check.ts';
import type { BoxCore } from '../core.ts';
import { HttpError } from '../errors.ts';
import { needs } from '../needs.ts';
import { page } from '../pages.ts';
import { ok, type Register } from '../router.ts';
import { simpleStatusShape, statusShape } from '../shapes/check.ts';
import { repositoryUrl, simpleRepositoryShape } from '../shapes/repository.ts';
import { nextId, type Repository } from '../state.ts';
import { latestStatuses, statusesOf } from './latest.ts';
import { commitOf } from './routes.ts';

const read = needs('statuses:read', 'read');
const write = needs('statuses:write', 'write');

/** Commit statuses, one by one and combined. */
export const statusRoutes: Register = (routes, box) => {
  routes.repo('POST', '/statuses/:sha', write, async (call) => {
    const wanted = await call.body(newStatus);
    const sha = await box.git.resolve(call.repo, call.param('sha'));
    if (sha === undefined) throw new HttpError(422, `No commit found for SHA: ${call.param('sha')}`);
    const status = await addStatus(box, call.repo, { ...wanted, sha, by: authorOf(call.actor) });
    return ok(statusShape(box, call.repo, status), 201);
  });
  routes.repo('GET', '/commits/:ref{.+}/statuses', read, async (call) => {
    const shown = statusesOf(box.listed(call), await commitOf(box, call));
    return page(call, shown, (status) => statusShape(box, call.repo, status));
  });
  routes.repo('GET', '/commits/:ref{.+}/status', read, async (call) => {
    const sha = await commitOf(box, call);
    return ok(combined(box, call.repo, sha, latestStatuses(box.listed(call), sha)));
  });
};

const newStatus = z.object({
  state: z.enum(['error', 'failure', 'pending', 'success']),
  target_url: z.string().nullish(),
  description: z.string().max(140).nullish(),
  context: z.string().default('default'),
});

type NewStatus = z.infer<typeof newStatus> & { readonly sha: string; readonly by: Author };

async function addStatus(box: BoxCore, repo: Repository, wanted: NewStatus): Promise<CommitStatus> {
  const status: CommitStatus = {
    id: nextId(box.world),
    sha: wanted.sha,
    context: wanted.context,
    state: wanted.state,
    description: wanted.description ?? null,
    targetUrl: wanted.target_url ?? null,
    creatorId: wanted.by.account.id,
    createdAt: box.clock.now(),
  };
  repo.statuses.push(status);
  const heads = await box.git.refs(repo, 'refs/heads/');
  const branches = heads
    .filter(({ sha }) => sha === status.sha)
    .map(({ name, sha }) => branchShape(box, repo, name.slice('refs/heads/'.length), sha));
  const payload = { ...statusShape(box, repo, status), sha: status.sha, name: repo.name, branches };
  box.emit({ event: 'status', action: null, repo, sender: wanted.by.account, payload });
  return status;
}

function branchShape(box: BoxCore, repo: Repository, name: string, sha: string) {
  return {
    name,
    commit: { sha, url: `${repositoryUrl(box, repo)}/commits/${sha}` },
    protected: repo.protection.has(name),
  };
}

/** One word over all contexts: no status at all is `pending`. */
function combined(box: BoxCore, repo: Repository, sha: string, statuses: readonly CommitStatus[]) {
  const url = `${repositoryUrl(box, repo)}/commits/${sha}`;
  return {
    state: stateOf(statuses),
    statuses: statuses.map((status) => simpleStatusShape(box, repo, status)),
    sha,
    total_count: statuses.length,
    // GitHub's short form: without times and counts, so that the answer stays the same while the repository changes.
    repository: simpleRepositoryShape(box, repo),
    commit_url: url,
    url: `${url}/status`,
  };
}

function stateOf(statuses: readonly CommitStatus[]): 'failure' | 'pending' | 'success' {
  if (statuses.some(({ state }) => state === 'failure' || state === 'error')) return 'failure';
  return statuses.length > 0 && statuses.every(({ state }) => state === 'success') ? 'success' : 'pending';
}
