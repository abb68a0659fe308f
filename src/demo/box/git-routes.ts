import type { Context } from 'hono';
import type { Actor } from './account.ts';
import { authenticate } from './auth.ts';
import { type Author, authorOf } from './author.ts';
import type { BoxCore } from './core.ts';
import { HttpError, notFound } from './errors.ts';
import { findRepository } from './find.ts';
import { answerGit, gitService } from './git/http.ts';
import { changedRefs, listRefs } from './git/refs.ts';
import { callerOf, suffer } from './middleware.ts';
import { formerlyNamed } from './moves.ts';
import { canSee, mayDo, needs } from './needs.ts';
import { pushed } from './push/pushed.ts';
import type { BoxEnv, Register } from './router.ts';
import type { Repository } from './state.ts';

/** git's smart HTTP at `/owner/name.git`: fetching needs `contents:read`, pushing `contents:write`. */
export const gitRoutes: Register = (routes, box) => {
  const path = '/:owner/:file{[^/]+\\.git}/*';
  routes.raw.use(path, async (c, next) => {
    const caller = callerOf(box, c.req.header('authorization'));
    const { pathname: path } = new URL(c.req.url);
    return await suffer(box.faults.takeGit({ method: c.req.method, path, caller }), c, next);
  });
  routes.raw.on(['GET', 'POST'], path, async (c) => {
    try {
      return await answer(box, c);
    } catch (error) {
      if (error instanceof HttpError) return refusal(error);
      throw error;
    }
  });
};

async function answer(box: BoxCore, c: Context<BoxEnv>): Promise<Response> {
  const { owner = '', file = '' } = c.req.param();
  const url = new URL(c.req.url);
  const path = url.pathname.slice(`/${owner}/${file}`.length);
  const service = gitService(path, url);
  const repo = findRepository(box.world, { owner, repo: file.slice(0, -'.git'.length) });
  const actor = authenticate(box, c.req.header('authorization'));
  if (!service) throw notFound();
  const former = repo ? undefined : formerlyNamed(box, { owner, repo: file.slice(0, -'.git'.length) });
  if (former) return Response.redirect(`${box.url}/${owner}/${former.name}.git${path}${url.search}`, 301);
  permit(box, repo, { actor, service });
  const wanted = { repository: box.git.directory(repo), path, request: c.req.raw };
  if (service === 'upload-pack') return await answerGit({ ...wanted, user: '' });
  const by = authorOf(actor);
  if (path === '/info/refs') return await answerGit({ ...wanted, user: by.account.login });
  return await receive(box, repo, by, () => answerGit({ ...wanted, user: by.account.login }));
}

interface Wish {
  readonly actor: Actor;
  readonly service: 'upload-pack' | 'receive-pack';
}

/** Like GitHub, asks for credentials before it says whether a repository exists. */
function permit(
  box: BoxCore,
  repo: Repository | undefined,
  { actor, service }: Wish,
): asserts repo is Repository {
  const reading = service === 'upload-pack';
  const visible = repo !== undefined && canSee(box.world, actor, repo);
  if (actor.kind === 'nobody' && !(visible && reading)) throw new HttpError(401, 'Repository not found.');
  if (!visible) throw new HttpError(404, 'Repository not found.');
  const wanted = reading ? needs('contents:read', 'read') : needs('contents:write', 'write');
  if (actor.kind === 'nobody' || mayDo(box.world, { actor, repo, needs: wanted })) return;
  throw new HttpError(403, `Write access to repository not granted.`);
}

/**
 * A push is answered only when everything that follows from it has happened, so that whoever pushed finds the
 * pull request at its new head. The pack's answer is small; holding it back costs nothing.
 */
async function receive(
  box: BoxCore,
  repo: Repository,
  by: Author,
  run: () => Promise<Response>,
): Promise<Response> {
  return await box.git.exclusive(repo, async () => {
    const directory = box.git.directory(repo);
    const before = listRefs(directory);
    const response = await run();
    const body = await response.arrayBuffer();
    await pushed(box, repo, changedRefs(before, listRefs(directory)), by);
    return new Response(body, response);
  });
}

function refusal(error: HttpError): Response {
  const ask = error.status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {};
  return new Response(`${error.message}\n`, {
    status: error.status,
    headers: { 'content-type': 'text/plain', ...ask },
  });
}
