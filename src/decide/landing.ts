import type { Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import type { Policy } from '../domain/policy.ts';
import { landedCause } from '../render/causes.ts';
import { waitsOf } from './blockers.ts';
import { endTask } from './ending.ts';
import { dependenciesCheckKey, mergeKey, verifyCheckKey } from './keys.ts';
import { isLive, policyOf, recordOf, type TaskView, viewTasks } from './lookup.ts';
import { NOTHING, type Ruling, together } from './rule.ts';
import { whyNotLanding } from './status.ts';

/** How soon GitHub is asked again whether a pull request can be merged, and how old a look may be to merge on it. */
const ASK_AGAIN_MS = 500;
const FRESH_MS = 5_000;

/** How often writing a check of our own is tried, waiting for lists included, before a merge no longer waits for it. */
const CHECK_TRIES = 3;

/** What is merged has landed; what is approved and green is merged, one at a time and in dependency order. */
export function land(facts: Facts): Ruling {
  const views = viewTasks(facts);
  const landed = views.filter((view) => !view.task.ended && view.mergeSha !== null);
  const ended = landed.flatMap((view) =>
    endTask(facts, view, { as: 'landed', cause: landedCause(view.mergeSha ?? '') }),
  );
  const policy = policyOf(facts);
  const merging = policy?.merge.auto ? mergeNext(facts, policy, views) : NOTHING;
  return together([{ effects: ended }, merging, { effects: [], refreshAt: lookAgainAt(facts, views) }]);
}

/** One merge a look: it changes the base under all the others. */
function mergeNext(facts: Facts, policy: Policy, views: readonly TaskView[]): Ruling {
  const gates = waitsOf(facts, views);
  const ready = views.filter(
    (view) => isReady(policy, view) && !gates.blocked.has(view.task.issue) && areChecksWritten(facts, view),
  );
  const next = ready.find((view) => view.pull?.mergeable === true && !triedSince(facts, view));
  if (next) return mergeNow(facts, policy, next);
  const undecided = ready.some((view) => view.pull?.mergeable === null);
  return undecided ? { effects: [], refreshAt: facts.world.observedAt + ASK_AGAIN_MS } : NOTHING;
}

function isReady(policy: Policy, view: TaskView): boolean {
  const { task, pull, fresh, last, mergeSha } = view;
  if (task.ended || task.needsHuman || task.pausedAt !== null || view.run.pausedAt !== null || mergeSha)
    return false;
  if (!pull || !fresh || pull.state !== 'open' || (last && isLive(last))) return false;
  return whyNotLanding(policy, pull) === null;
}

/**
 * People look at the checks of what has landed: `waits for #3` must not stand there, and a check that is required would
 * refuse the merge. When the last write is home, the same pass decides again. A check that GitHub does not take holds
 * nothing up for long.
 */
function areChecksWritten(facts: Facts, { task, pull, last }: TaskView): boolean {
  if (!pull) return false;
  const dependencies = dependenciesCheckKey(task.runId, task.issue, pull.headSha);
  return [dependencies, ...(last ? [verifyCheckKey(last.id)] : [])].every((key) => {
    const record = recordOf(facts, key);
    return record?.state !== 'pending' || record.tries >= CHECK_TRIES;
  });
}

/** Whether a merge of this very head was tried after GitHub was read: then only a new look can say more. */
function triedSince(facts: Facts, { task, pull }: TaskView): boolean {
  const record = pull && recordOf(facts, mergeKey(task.runId, task.issue, pull.headSha));
  return record?.state === 'done' && (record.doneAt ?? 0) >= facts.world.observedAt;
}

/** Merging rests on a look that is fresh: an approval may have been withdrawn a minute ago. */
function mergeNow(facts: Facts, policy: Policy, { task, pull }: TaskView): Ruling {
  if (!pull) return NOTHING;
  if (facts.now - facts.world.observedAt > FRESH_MS) return { effects: [], refreshAt: facts.now };
  const key = mergeKey(task.runId, task.issue, pull.headSha);
  const { number, headSha } = pull;
  const merge: Effect = {
    kind: 'merge',
    key,
    runId: task.runId,
    mode: 'level',
    pull: number,
    sha: headSha,
    method: policy.merge.method,
  };
  return { effects: [merge] };
}

/** A pull request that was written to since the last look is looked at again, so that it need not wait for an event. */
function lookAgainAt(facts: Facts, views: readonly TaskView[]): number | null {
  const unseen = views.some(
    (view) => !view.task.ended && !view.task.needsHuman && view.pullNumber !== null && !view.fresh,
  );
  return unseen ? facts.world.observedAt + ASK_AGAIN_MS : null;
}
