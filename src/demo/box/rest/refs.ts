import { z } from 'zod';
import type { BoxCore } from '../core.ts';
import { HttpError, notFound } from '../errors.ts';
import type { GitRef } from '../git-port.ts';
import { needs } from '../needs.ts';
import { page } from '../pages.ts';
import { type Answer, noContent, ok, type Register, type RepoCall } from '../router.ts';
import { repositoryUrl } from '../shapes/repository.ts';
import { nodeId, type Repository } from '../state.ts';

/** Git refs, read and moved in the real repository. */
export const registerRefRoutes: Register = (routes, box) => {
  const reads = needs('contents:read', 'read');
  const writes = needs('contents:write', 'write');
  routes.repo('GET', '/git/ref/:ref{.+}', reads, async (call) => ok(await readRef(box, call)));
  routes.repo('GET', '/git/matching-refs/:ref{.*}', reads, async (call) => {
    const refs = await box.git.refs(call.repo, `refs/${call.param('ref')}`);
    return page(call, refs, (ref) => refShape(box, call.repo, ref));
  });
  routes.repo('POST', '/git/refs', writes, (call) => createRef(box, call));
  routes.repo('PATCH', '/git/refs/:ref{.+}', writes, (call) => moveRef(box, call));
  routes.repo('DELETE', '/git/refs/:ref{.+}', writes, async (call) => {
    const isGone = await box.git.deleteRef(call.repo, `refs/${call.param('ref')}`, call.actor);
    if (!isGone) throw new HttpError(422, 'Reference does not exist');
    return noContent;
  });
};

async function readRef(box: BoxCore, { repo, param }: RepoCall) {
  const name = `refs/${param('ref')}`;
  const sha = await box.git.resolve(repo, name);
  if (sha === undefined) throw notFound();
  return refShape(box, repo, { name, sha });
}

const newRef = z.object({
  ref: z.string().regex(/^refs\/.+\/.+|^refs\/.+/),
  sha: z.string().regex(/^[0-9a-f]{40}$/),
});

async function createRef(box: BoxCore, call: RepoCall): Promise<Answer> {
  const { ref, sha } = await call.body(newRef);
  const known = await box.git.resolve(call.repo, ref);
  if (known !== undefined) throw new HttpError(422, 'Reference already exists');
  return ok(await setRef(box, call, { ref, sha }), 201);
}

const movedRef = z.object({ sha: z.string().regex(/^[0-9a-f]{40}$/), force: z.boolean().optional() });

/** Moves as asked; the box does not refuse what is no fast-forward. */
async function moveRef(box: BoxCore, call: RepoCall): Promise<Answer> {
  const { sha } = await call.body(movedRef);
  const ref = `refs/${call.param('ref')}`;
  if ((await box.git.resolve(call.repo, ref)) === undefined)
    throw new HttpError(422, 'Reference does not exist');
  return ok(await setRef(box, call, { ref, sha }));
}

async function setRef(box: BoxCore, call: RepoCall, change: { readonly ref: string; readonly sha: string }) {
  const isSet = await box.git.setRef(call.repo, change, call.actor);
  if (!isSet) throw new HttpError(422, 'Object does not exist');
  return refShape(box, call.repo, { name: change.ref, sha: change.sha });
}

function refShape(box: BoxCore, repo: Repository, { name, sha }: GitRef) {
  const url = repositoryUrl(box, repo);
  return {
    ref: name,
    node_id: nodeId('ref', `${repo.id}:${name}`),
    url: `${url}/git/${name}`,
    object: { sha, type: 'commit', url: `${url}/git/commits/${sha}` },
  };
}
