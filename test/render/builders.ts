import type { Attempt } from '../../src/domain/attempt.ts';
import type { Dependency } from '../../src/domain/dependency.ts';
import { attemptId, runId } from '../../src/domain/ids.ts';
import { type AttemptOutcome, NO_USAGE } from '../../src/domain/outcome.ts';
import type { PredictedKey } from '../../src/domain/overlap.ts';
import type { TaskStatus } from '../../src/domain/task.ts';
import { explainPlan } from '../../src/plan/explain/explain.ts';
import { planNow } from '../../src/plan/plan-now.ts';
import type { Preview } from '../../src/render/plan/preview-view.ts';
import type { TaskRow, TrackingView } from '../../src/render/tracking-view.ts';

export const HOME = { owner: 'acme', name: 'shop' };

export function row(issue: number, status: TaskStatus, rest: Partial<TaskRow> = {}): TaskRow {
  return {
    issue,
    title: `Task ${issue}`,
    status,
    attempt: null,
    agent: null,
    pull: null,
    requestedBy: 'alice',
    minutes: null,
    ...rest,
  };
}

export function tracking(rest: Partial<TrackingView> = {}): TrackingView {
  return {
    scope: { kind: 'rolling' },
    repository: HOME,
    revision: 1,
    rows: [],
    dependencies: [],
    disagreements: [],
    cycles: [],
    overlaps: [],
    gaps: [],
    accuracy: null,
    batches: [],
    expectedMinutes: null,
    sequentialMinutes: null,
    expectedSpan: null,
    done: null,
    measured: { wallMinutes: null, sumMinutes: null },
    paused: false,
    approvalNeeded: false,
    ended: false,
    notLinked: [],
    configInvalid: false,
    ...rest,
  };
}

export function dependency(from: number, to: number, rest: Partial<Dependency> = {}): Dependency {
  return {
    from: { ...HOME, number: from },
    to: { ...HOME, number: to },
    source: 'text',
    quote: `Depends on #${to}`,
    confidence: 1,
    ...rest,
  };
}

export const landed: TaskStatus = { state: 'landed', cause: 'merged as 0123456789' };
export const working: TaskStatus = { state: 'running', phase: 'working' };

export function outcome(rest: Partial<AttemptOutcome> = {}): AttemptOutcome {
  return {
    version: 1,
    attempt: attemptId('r1-1-1'),
    fence: 1,
    class: 'succeeded',
    failure: null,
    base: null,
    tip: null,
    bundle: null,
    changedPaths: [],
    verify: [],
    summary: null,
    usage: NO_USAGE,
    startedAt: 0,
    endedAt: 125_000,
    agentMs: 120_000,
    verifyMs: 5_000,
    ...rest,
  };
}

export function attempt(number: number, rest: Partial<Attempt> = {}): Attempt {
  return {
    id: attemptId(`r1-1-${number}`),
    runId: runId('r1'),
    issue: 1,
    number,
    kind: 'implement',
    cause: { reviews: [], retry: null },
    prompt: '',
    title: '',
    createdAt: 0,
    forecast: null,
    tip: null,
    base: null,
    fence: 1,
    lease: 'none',
    startedAt: 0,
    cancelRequested: false,
    profile: null,
    predicted: null,
    outcome: outcome(),
    ...rest,
  };
}

/** A key that is named, or else follows from another one's history. */
export const foreseenKey = (key: string, confidence: number): PredictedKey => ({
  key,
  confidence,
  level: confidence >= 0.8 ? 'exclusive' : 'warn',
  clues: [
    confidence >= 1
      ? { source: 'named', quote: key, via: null, confidence: 1 }
      : { source: 'co-change', quote: 'src/cart.ts', via: 'src/cart.ts', confidence },
  ],
});

/** What would be planned of the rows of a tracking text: each holds its title as a key, and none has a history. */
export function preview(view: TrackingView): Preview {
  const tasks = view.rows.map((each) => {
    const title = each.title ?? '';
    return { id: each.issue, title, duration: 60, exclusiveKeys: title === '' ? [] : [title] };
  });
  const request = { tasks, workers: 2 };
  const plan = planNow(request);
  const { repository, scope, batches, dependencies, disagreements, cycles, overlaps, gaps } = view;
  return {
    ...{ repository, dependencies, disagreements, cycles, overlaps, gaps, request, plan, slots: 2 },
    waits: explainPlan(request, plan),
    runs: [{ scope, issues: view.rows.map(({ issue }) => issue), batches }],
    ...{ outside: [], refused: [], edited: [], expected: null },
  };
}
