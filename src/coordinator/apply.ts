import type { Action, ActionResult } from '../domain/effect.ts';
import { messageOf, Retryable } from '../domain/errors.ts';
import type { Memory, PolicyFact } from '../domain/facts.ts';
import type { RepositoryKey } from '../domain/ids.ts';
import type { GitHubAction, GitHubWriter, WorkAction } from '../domain/ports/github-writer.ts';
import type { DueAction, RunStore } from '../domain/ports/store.ts';
import type { Dispatcher, GitRepository } from '../domain/ports/work.ts';
import type { Trace } from '../domain/trace.ts';
import type { Improvement } from './improving.ts';
import { orderOf } from './orders.ts';
import type { Situation } from './situation.ts';

/*
 * The race that this file prevents: the process dies between an effect and the note that it happened. The intent is in
 * the store before; on the next start it is due again, with `retry`, and its writer looks for what it may have made
 * already before it makes it.
 */

export interface Hands {
  readonly github: (installationId: number) => GitHubWriter;
  readonly git: GitRepository;
  readonly dispatcher: Dispatcher;
  readonly store: RunStore;
  readonly trace: Trace;
  readonly now: () => number;
  /** Intents that this very process stored and never acted on: nothing of them can exist outside yet. */
  readonly untried: Set<string>;
  /** How long GitHub's lists may lag behind its writes: before this, not finding a text proves nothing (ms). */
  readonly settleMs: number;
  /** Begins the search for a shorter plan, and does not wait for it. */
  readonly improve: (situation: Situation, action: Improvement) => void;
}

/** Keys of actions are each repository's own. */
export const untriedKey = ({ repositoryId }: RepositoryKey, { key }: Action): string =>
  `${repositoryId} ${key}`;

/** What came of one round of acting. */
export interface Applied {
  /** The actions that were carried through. */
  readonly done: readonly Action[];
  /** When the first postponed one is due (our clock). */
  readonly nextAt: number | null;
}

/**
 * Performs what is due, one after the other: one that fails is postponed and does not hold up the others, but for those
 * that only make sense after it.
 */
export async function applyDue(hands: Hands, situation: Situation): Promise<Applied> {
  const done: Action[] = [];
  let nextAt: number | null = null;
  for (const due of await hands.store.dueActions(situation.key, hands.now())) {
    if (!isPrompt(due)) {
      if (due.action.kind === 'improve-plan') hands.improve(situation, due.action);
      continue;
    }
    const isEarly = isWaitedFor(situation.memory, due.action, done);
    const later = isEarly ? hands.now() + hands.settleMs : await carryOut(hands, situation, due);
    if (later === null) done.push(due.action);
    else nextAt = Math.min(later, nextAt ?? later);
  }
  return { done, nextAt };
}

type Prompt = DueAction & { readonly action: Exclude<Action, Improvement> };

const isPrompt = (due: DueAction): due is Prompt => due.action.kind !== 'improve-plan';

/** Who asks for another look has answered first: answers that were put off hold the request back. */
function isWaitedFor({ actions }: Memory, { kind, key }: Action, done: readonly Action[]): boolean {
  if (kind !== 'request-review') return false;
  const now = new Set(done.map((action) => action.key));
  const answers = key.slice(0, key.lastIndexOf('/') + 1);
  return [...actions.values()].some(
    (other) =>
      other.key.startsWith(answers) && other.key !== key && other.state === 'pending' && !now.has(other.key),
  );
}

/** Null: carried through. Else when it is tried again. */
async function carryOut(hands: Hands, situation: Situation, due: Prompt): Promise<number | null> {
  const { action } = due;
  const untried = hands.untried.delete(untriedKey(situation.key, action));
  if (!untried && due.record.tries === 0 && isFoundByListing(action))
    return await settle(hands, situation.key, due);
  hands.trace({ kind: 'action', phase: 'acting', action });
  try {
    const result = await act(hands, situation, { ...due, retry: !untried });
    hands.trace({ kind: 'action', phase: 'acted', action });
    await hands.store.completeAction(situation.key, { key: action.key, result, now: hands.now() });
    hands.trace({ kind: 'action', phase: 'recorded', action });
    return null;
  } catch (error) {
    return await postpone(hands, situation.key, due, error);
  }
}

/**
 * An intent that an earlier process left: it may have acted a moment before it died, and the list in which its text
 * would be found may lag. Waiting once lets the list catch up.
 */
async function settle(hands: Hands, key: RepositoryKey, { action }: DueAction): Promise<number> {
  const until = hands.now() + hands.settleMs;
  await hands.store.postponeAction(key, {
    key: action.key,
    until,
    error: 'an earlier try may have come through',
  });
  return until;
}

async function act(
  hands: Hands,
  situation: Situation,
  due: Prompt & { readonly retry: boolean },
): Promise<ActionResult> {
  const { action, previous, retry } = due;
  if (isWork(action)) return await work(hands, situation, action);
  const { repository } = situation.world;
  return await hands.github(situation.key.installationId).perform({ repository, action, previous, retry });
}

async function work(
  hands: Hands,
  situation: Situation,
  action: Exclude<WorkAction, Improvement>,
): Promise<ActionResult> {
  switch (action.kind) {
    case 'push':
      return await push(hands, situation, action);
    case 'dispatch':
      return await dispatch(hands, situation, action);
    case 'stop-attempt':
      await hands.dispatcher.stop(action.attempt);
      return { kind: 'done' };
    case 'release-worktree':
      return await hands.dispatcher.release(situation.world.repository, action.issue, action.published);
    case 'delete-branch':
      return await hands.git.deleteBranch(situation.world.repository, action.branch, action.expected);
    default:
      return action satisfies never;
  }
}

async function push(
  hands: Hands,
  { world }: Situation,
  action: Extract<WorkAction, { kind: 'push' }>,
): Promise<ActionResult> {
  const attempt = await hands.store.attempt(action.attempt);
  if (!attempt?.outcome)
    return { kind: 'refused', message: `attempt ${action.attempt} has no outcome to push`, stale: true };
  const { branch, expected } = action;
  return await hands.git.push({ repository: world.repository, outcome: attempt.outcome, branch, expected });
}

/** Pins the base once, so that a dispatch repeated after a crash starts from the same commit. */
async function dispatch(
  hands: Hands,
  { world, memory }: Situation,
  action: Extract<WorkAction, { kind: 'dispatch' }>,
): Promise<ActionResult> {
  const attempt = await hands.store.attempt(action.attempt);
  if (!attempt || attempt.outcome || attempt.cancelRequested) return { kind: 'done' };
  const { repository } = world;
  const policy = validPolicy(world.policy);
  const wanted = { mustContain: action.mustContain, fresh: attempt.kind === 'conflict' };
  const base =
    attempt.base ?? (await hands.store.pinBase(attempt.id, await hands.git.base(repository, wanted)));
  const order = orderOf({
    attempt,
    base,
    memory,
    policy,
    repository,
    cloneUrl: hands.git.cloneUrl(repository),
  });
  await hands.dispatcher.dispatch(order, repository);
  return { kind: 'done' };
}

function validPolicy(policy: PolicyFact): Extract<PolicyFact, { kind: 'valid' }>['policy'] {
  if (policy.kind === 'valid') return policy.policy;
  throw new Retryable('the policy file is invalid: nothing starts until it is fixed');
}

const isWork = (action: GitHubAction | WorkAction): action is Exclude<WorkAction, Improvement> =>
  action.kind === 'push' ||
  action.kind === 'dispatch' ||
  action.kind === 'stop-attempt' ||
  action.kind === 'release-worktree' ||
  action.kind === 'delete-branch';

/** Actions whose double could only be found in a list. */
const isFoundByListing = (action: Action): boolean =>
  action.kind === 'create-issue' ||
  action.kind === 'comment' ||
  action.kind === 'open-pull' ||
  action.kind === 'reply-review' ||
  action.kind === 'check';

async function postpone(
  hands: Hands,
  key: RepositoryKey,
  { action, record }: DueAction,
  error: unknown,
): Promise<number> {
  const asked = error instanceof Retryable ? error.retryAfterMs : null;
  const until = hands.now() + (asked ?? Math.min(hands.settleMs * 2 ** record.tries, 300_000));
  await hands.store.postponeAction(key, { key: action.key, until, error: messageOf(error) });
  hands.trace({ kind: 'action', phase: 'postponed', action, error });
  return until;
}
