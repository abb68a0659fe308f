import type { Attempt } from '../../../src/domain/attempt.ts';
import type { Recording } from '../../../src/domain/effect.ts';
import { type RepositoryKey, runId, type Sha } from '../../../src/domain/ids.ts';
import type { AttemptOrder } from '../../../src/domain/outcome.ts';
import { anAttempt, aRun, aTask } from '../../store/builders.ts';
import type { Remote } from './remote.ts';

export const KEY: RepositoryKey = { installationId: 7, repositoryId: 42 };

const RUN = runId('42-1');

/** What the store holds before the first task. */
export const openedRun = (): readonly Recording[] => [{ kind: 'open-run', run: aRun({ id: RUN }) }];

/** What a pass stores of a task and its first attempt before it dispatches it. */
export const decided = (attempt: Attempt): readonly Recording[] => [
  { kind: 'add-task', task: aTask({ runId: RUN, issue: attempt.issue, branch: branchOf(attempt.issue) }) },
  { kind: 'add-attempt', attempt },
];

const branchOf = (issue: number): string => `parallel/${issue}-write-one-file`;

export const attemptOf = (issue: number): Attempt =>
  anAttempt({ runId: RUN, issue, prompt: 'Write one file.', title: 'Write one file' });

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
