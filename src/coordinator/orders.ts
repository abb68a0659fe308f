import type { Attempt } from '../domain/attempt.ts';
import type { Memory } from '../domain/facts.ts';
import type { Sha } from '../domain/ids.ts';
import type { AttemptOrder } from '../domain/outcome.ts';
import type { Policy } from '../domain/policy.ts';
import type { Repository } from '../domain/repository.ts';

const MINUTE_MS = 60_000;

/** The order that a worker gets for an attempt. Everything that may differ between two dispatches is pinned before. */
export function orderOf(given: {
  readonly attempt: Attempt;
  readonly base: Sha;
  readonly memory: Memory;
  readonly policy: Policy;
  readonly repository: Repository;
  readonly cloneUrl: string;
}): AttemptOrder {
  const { attempt, base, policy, repository, cloneUrl } = given;
  return {
    version: 1,
    attempt: attempt.id,
    fence: attempt.fence,
    issue: attempt.issue,
    number: attempt.number,
    kind: attempt.kind,
    repository: {
      id: repository.key.repositoryId,
      owner: repository.owner,
      name: repository.name,
      cloneUrl,
      defaultBranch: repository.defaultBranch,
    },
    branch: branchOf(given.memory, attempt),
    base,
    tip: attempt.tip,
    prompt: attempt.prompt,
    title: attempt.title,
    agent: { provider: 'exec', command: policy.agent?.command ?? [] },
    verify: policy.verify,
    hooks: {
      afterCreate: policy.hooks.after_create,
      beforeRun: policy.hooks.before_run,
      afterRun: policy.hooks.after_run,
      beforeRemove: policy.hooks.before_remove,
    },
    timeouts: {
      totalMs: totalMinutes(attempt, policy) * MINUTE_MS,
      idleMs: policy.timeouts.idle * MINUTE_MS,
    },
    continueWork: attempt.cause.retry?.failure === 'verify',
  };
}

/** Fewer attempts of the repository than these say too little about how long one may take. */
const LEAST_SAMPLES = 10;
const LEAST_MINUTES = 10;

/**
 * The policy's time; less where history says that nothing takes that long: three times what nine of ten attempts take.
 * From what was predicted when the attempt was decided, so that every dispatch has the same. One that repeats an attempt
 * which ran out of time gets all of the policy's.
 */
function totalMinutes({ predicted, cause }: Attempt, { timeouts }: Policy): number {
  if (!predicted || predicted.samples < LEAST_SAMPLES || cause.retry?.failure === 'timeout')
    return timeouts.total;
  return Math.min(timeouts.total, Math.max(LEAST_MINUTES, 3 * predicted.p90));
}

function branchOf(memory: Memory, attempt: Attempt): string {
  const task = memory.tasks.find((known) => known.runId === attempt.runId && known.issue === attempt.issue);
  if (!task) throw new Error(`attempt ${attempt.id} belongs to no task of an open run`);
  return task.branch;
}
