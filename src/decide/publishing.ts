import type { Attempt } from '../domain/attempt.ts';
import type { CheckRun } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import type { Sha } from '../domain/ids.ts';
import type { AttemptOutcome } from '../domain/outcome.ts';
import type { BlockedBy, TaskEnd } from '../domain/task.ts';
import { renderDependenciesCheck, renderVerifyCheck } from '../render/checks.ts';
import { renderPull } from '../render/pull-request.ts';
import type { Waits } from './blockers.ts';
import { type TaskView, trackingIssueOf } from './lookup.ts';

/** Title and body of a task's pull request. */
export function pullText(given: { facts: Facts; gates: Waits; view: TaskView; attempt: Attempt }): {
  title: string;
  body: string;
} {
  const { facts, gates, view, attempt } = given;
  const { task, issue, run } = view;
  return renderPull({
    home: facts.world.repository,
    issue: task.issue,
    title: issue?.issue.title ?? '',
    tracking: trackingIssueOf(facts, run),
    blockers: (gates.dependencies.get(task.issue) ?? []).map(({ to }) => to),
    requestedBy: task.requestedBy,
    summary: attempt.outcome?.summary ?? null,
    verify: attempt.outcome?.verify ?? [],
  });
}

/** `parallel/verify` for the commit that an attempt brought. Without commands nothing is claimed: neutral. */
export function verifyCheck(headSha: Sha, outcome: AttemptOutcome): CheckRun {
  const conclusion =
    outcome.class !== 'succeeded' ? 'failure' : outcome.verify.length === 0 ? 'neutral' : 'success';
  return { name: 'parallel/verify', headSha, status: 'completed', conclusion, ...renderVerifyCheck(outcome) };
}

/**
 * `parallel/dependencies`: done when nothing stands in the way any more, so that it can be a required check. A task that
 * has ended waits for nothing, whatever stands in the way: neutral, and never in progress for ever.
 */
export function dependenciesCheck(given: {
  facts: Facts;
  headSha: Sha;
  blockers: readonly BlockedBy[];
  end: TaskEnd | null;
}): CheckRun {
  const { facts, headSha, blockers, end } = given;
  const waits = blockers.length > 0;
  return {
    name: 'parallel/dependencies',
    headSha,
    status: waits && !end ? 'in_progress' : 'completed',
    conclusion: !waits ? 'success' : end ? 'neutral' : null,
    ...renderDependenciesCheck({ home: facts.world.repository, blockers, end }),
  };
}
