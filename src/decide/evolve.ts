import type { Action, ActionRecord, Effect, Recording } from '../domain/effect.ts';
import { payloadHash } from '../domain/effect.ts';
import type { Facts, Memory } from '../domain/facts.ts';
import type { EffectKey } from '../domain/ids.ts';
import type { TaskScores } from '../domain/overlap.ts';
import { replaced } from '../plan/overlap/scores.ts';

/**
 * The facts as they will be once the effects are stored, so that each rule sees what the rules before it decided, and
 * the effects that are new: an action whose key is known is dropped here, in this one place.
 */
export function evolve(
  facts: Facts,
  effects: readonly Effect[],
): { facts: Facts; effects: readonly Effect[] } {
  let memory = facts.memory;
  const actions = new Map(memory.actions);
  const kept: Effect[] = [];
  for (const effect of effects) {
    if (isAction(effect)) {
      if (!isNew(facts, actions, effect)) continue;
      actions.set(effect.key, intent(effect, actions.get(effect.key)));
    } else {
      memory = record(memory, effect);
    }
    kept.push(effect);
  }
  return { facts: { ...facts, memory: { ...memory, actions } }, effects: kept };
}

export const isAction = (effect: Effect): effect is Action => 'key' in effect;

/** Kinds whose place is looked at afresh: the same words may have to be written again. */
const REASSERTED: ReadonlySet<Action['kind']> = new Set(['set-labels', 'merge', 'open-pull']);

function isNew(facts: Facts, actions: ReadonlyMap<EffectKey, ActionRecord>, action: Action): boolean {
  const known = actions.get(action.key);
  if (!known) return true;
  if (action.mode === 'once') return false;
  if (known.payloadHash !== payloadHash(action)) return true;
  if (known.state === 'pending') return false;
  return REASSERTED.has(action.kind) && (known.doneAt ?? 0) < facts.world.observedAt;
}

const intent = (action: Action, before: ActionRecord | undefined): ActionRecord => ({
  key: action.key,
  kind: action.kind,
  state: 'pending',
  payloadHash: payloadHash(action),
  result: before?.result ?? null,
  doneAt: null,
  tries: 0,
});

function record(memory: Memory, recording: Recording): Memory {
  switch (recording.kind) {
    case 'open-run':
      return { ...memory, runs: [...memory.runs, recording.run], runCount: memory.runCount + 1 };
    case 'update-run':
      return {
        ...memory,
        runs: memory.runs.map((run) => (run.id === recording.runId ? { ...run, ...recording.patch } : run)),
      };
    case 'admit':
      return {
        ...memory,
        admissions: [
          ...memory.admissions.filter((known) => known.issue !== recording.admission.issue),
          recording.admission,
        ],
      };
    case 'add-task':
      return { ...memory, tasks: [...memory.tasks, recording.task] };
    case 'update-task':
      return {
        ...memory,
        tasks: memory.tasks.map((task) =>
          task.runId === recording.runId && task.issue === recording.issue
            ? { ...task, ...recording.patch }
            : task,
        ),
      };
    case 'add-attempt':
      return { ...memory, attempts: [...memory.attempts, recording.attempt] };
    case 'cancel-attempt':
      return {
        ...memory,
        attempts: memory.attempts.map((attempt) =>
          attempt.id === recording.attempt ? { ...attempt, cancelRequested: true } : attempt,
        ),
      };
    case 'handle-command':
      return { ...memory, handled: [...memory.handled, recording.command] };
    case 'add-override':
      return { ...memory, overrides: [...memory.overrides, recording.override] };
    case 'score-task':
      return scoreTask(memory, recording.scored);
    case 'update-repository':
      return { ...memory, ...recording.patch };
    default:
      return recording satisfies never;
  }
}

/** As the store sums them up: the scores of a task replace its earlier ones. */
function scoreTask(memory: Memory, scored: TaskScores): Memory {
  const isSame = ({ runId, issue }: TaskScores): boolean => runId === scored.runId && issue === scored.issue;
  const before = memory.scores.filter(isSame).map(({ scores }) => scores);
  return {
    ...memory,
    scores: [...memory.scores.filter((each) => !isSame(each)), scored],
    learnt: replaced(memory.learnt, before, scored.scores),
  };
}
