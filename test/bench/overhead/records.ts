import type { Attempt } from '../../../src/domain/attempt.ts';
import type { Recording } from '../../../src/domain/effect.ts';
import { attemptId, type RepositoryKey, runId, type Sha } from '../../../src/domain/ids.ts';
import type { AttemptOrder } from '../../../src/domain/outcome.ts';
import type { Task } from '../../../src/domain/task.ts';
import type { Remote } from './remote.ts';

export const KEY: RepositoryKey = { installationId: 7, repositoryId: 42 };

const RUN = runId('42-1');

/** What the store holds before the first task. */
export const openedRun = (): readonly Recording[] => [
  {
    kind: 'open-run',
    run: {
      id: RUN,
      scope: { kind: 'rolling' },
      openedAt: Date.now(),
      pausedAt: null,
      plan: null,
      endedAt: null,
    },
  },
];

/** What a pass stores of a task and its first attempt before it dispatches it. */
export const decided = (attempt: Attempt): readonly Recording[] => [
  { kind: 'add-task', task: taskOf(attempt) },
  { kind: 'add-attempt', attempt },
];

const branchOf = (issue: number): string => `parallel/${issue}-write-one-file`;

const taskOf = ({ issue }: Attempt): Task => ({
  runId: RUN,
  issue,
  requestedBy: 'alice',
  joinedAt: Date.now(),
  branch: branchOf(issue),
  textHash: 'text',
  approvedAt: null,
  priority: null,
  pausedAt: null,
  forgivenAttempts: 0,
  approvedAttempts: 0,
  releasedAttempts: 0,
  needsHuman: null,
  ended: null,
});

export const attemptOf = (issue: number): Attempt => ({
  id: attemptId(`${RUN}-${issue}-1`),
  runId: RUN,
  issue,
  number: 1,
  kind: 'implement',
  cause: { reviews: [], retry: null },
  prompt: 'Write one file.',
  title: 'Write one file',
  createdAt: Date.now(),
  tip: null,
  base: null,
  fence: 0,
  lease: 'none',
  startedAt: null,
  cancelRequested: false,
  outcome: null,
});

/** The order of an attempt whose agent writes one file. */
export function orderOf({ owner, name, url }: Remote, attempt: Attempt, base: Sha): AttemptOrder {
  return {
    version: 1,
    attempt: attempt.id,
    fence: attempt.fence,
    issue: attempt.issue,
    number: attempt.number,
    kind: attempt.kind,
    repository: { id: KEY.repositoryId, owner, name, cloneUrl: url, defaultBranch: 'main' },
    branch: branchOf(attempt.issue),
    base,
    tip: null,
    prompt: attempt.prompt,
    title: attempt.title,
    agent: { provider: 'exec', command: ['sh', '-c', 'echo "work on $HEDDLE_ISSUE" > work.txt'] },
    verify: [],
    hooks: { afterCreate: [], beforeRun: [], afterRun: [], beforeRemove: [] },
    timeouts: { totalMs: 60_000, idleMs: 60_000 },
    continueWork: false,
  };
}
