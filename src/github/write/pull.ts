import type { ActionResult } from '../../domain/effect.ts';
import { Retryable } from '../../domain/errors.ts';
import { Refusal } from '../errors.ts';
import { at, integer, type Json, shaOf, text } from '../json.ts';
import { isOwnBranch } from '../read/pull.ts';
import { DONE, laneOf, marked, named, type Of, ownText, type Place } from './place.ts';

const PULLS = '/repos/{owner}/{repo}/pulls';
const PULL = `${PULLS}/{pull_number}`;

/**
 * Opens the pull request as a draft, or takes the one of the branch: an open one whoever opened it (GitHub allows one
 * for a branch and a base), a closed one only if this action opened it.
 */
export async function openPull(place: Place, action: Of<'open-pull'>): Promise<ActionResult> {
  const found = place.retry ? await findPull(place, action) : null;
  if (found) return pullResult(found);
  try {
    return pullResult(await postPull(place, action));
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 422) throw error;
    return await afterRefusal(place, action, error);
  }
}

async function findPull(place: Place, action: Of<'open-pull'>): Promise<Json | null> {
  const head = `${place.repository.owner}:${action.branch}`;
  const listed = await place.connection.list(`GET ${PULLS}`, { ...named(place), head, state: 'all' });
  const own = listed.filter(
    (pull) => isOwnBranch(place.repository, pull) && at(pull, 'head', 'ref').value === action.branch,
  );
  return own.find((pull) => at(pull, 'state').value === 'open') ?? (await ownText(place, action, own));
}

async function postPull(place: Place, action: Of<'open-pull'>, draft = true): Promise<Json> {
  const { branch, base, title, body } = action;
  const params = { ...named(place), head: branch, base, title, body: marked(action, body), draft };
  return await place.connection.write(laneOf(place), `POST ${PULLS}`, params);
}

/** A 422 says that nothing was made: so a second call is safe here. */
async function afterRefusal(place: Place, action: Of<'open-pull'>, refusal: Refusal): Promise<ActionResult> {
  if (/draft pull requests are not supported/i.test(refusal.message))
    return pullResult(await postPull(place, action, false));
  const found = await findPull(place, action);
  if (found && at(found, 'state').value === 'open') return pullResult(found);
  if (/pull request already exists/i.test(refusal.message))
    throw new Retryable('GitHub has a pull request for the branch that its list does not show yet', {
      cause: refusal,
    });
  const stale = refusal.faults.some((fault) => fault.field === 'head' || fault.field === 'base');
  return { kind: 'refused', message: refusal.message, stale };
}

const pullResult = (pull: Json): ActionResult => ({
  kind: 'pull',
  number: integer(at(pull, 'number')),
  nodeId: text(at(pull, 'node_id')),
});

const READY = `mutation ready($pull: ID!) {
  markPullRequestReadyForReview(input: { pullRequestId: $pull }) { pullRequest { id isDraft } }
}`;

/** Done where it is no draft any more. */
export async function readyPull(place: Place, action: Of<'ready-pull'>): Promise<ActionResult> {
  if (place.retry && !(await isDraft(place, action.pull))) return DONE;
  try {
    await place.connection.mutate(laneOf(place), 'markPullRequestReadyForReview', READY, {
      pull: action.nodeId,
    });
  } catch (error) {
    if (!(error instanceof Refusal) || (await isDraft(place, action.pull))) throw error;
  }
  return DONE;
}

async function isDraft(place: Place, pull: number): Promise<boolean> {
  return at(await readPull(place, pull), 'draft').value === true;
}

async function readPull(place: Place, pull: number): Promise<Json> {
  return await place.connection.read(`GET ${PULL}`, { ...named(place), pull_number: pull });
}

/** Merges exactly the head that was looked at. Merged already, by us or by a person, is merged. */
export async function mergePull(place: Place, action: Of<'merge'>): Promise<ActionResult> {
  const before = place.retry ? await mergedAlready(place, action.pull) : null;
  if (before) return before;
  const params = { ...named(place), pull_number: action.pull, sha: action.sha, merge_method: action.method };
  try {
    const merged = await place.connection.write(laneOf(place), `PUT ${PULL}/merge`, params, 'plain');
    return { kind: 'merged', sha: shaOf(at(merged, 'sha')) };
  } catch (error) {
    if (!(error instanceof Refusal) || (error.status !== 405 && error.status !== 409)) throw error;
    return (
      (await mergedAlready(place, action.pull)) ?? { kind: 'refused', message: error.words, stale: true }
    );
  }
}

async function mergedAlready(place: Place, number: number): Promise<ActionResult | null> {
  const pull = await readPull(place, number);
  if (at(pull, 'merged').value !== true) return null;
  return { kind: 'merged', sha: shaOf(at(pull, 'merge_commit_sha')) };
}
