import type { Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import type { Run } from '../domain/run.ts';
import { renderTracking } from '../render/tracking.ts';
import { trackingBodyKey, trackingCloseKey, trackingKey } from './keys.ts';
import { projectLabels } from './labels.ts';
import { recordOf, resultOf } from './lookup.ts';
import { NOTHING, type Ruling, together } from './rule.ts';
import { sightOf, type TrackingSight } from './sight.ts';
import { linkSubIssues } from './sub-issues.ts';
import { trackingView } from './tracking-view.ts';

/** What people see of a run: its tracking issue or sticky comment, native sub-issues, labels; and its end. */
export function track(facts: Facts): Ruling {
  const sight = sightOf(facts);
  return together([projectLabels(sight), ...facts.memory.runs.map((run) => trackRun(facts, sight, run))]);
}

function trackRun(facts: Facts, sight: TrackingSight, run: Run): Ruling {
  if (!run.plan) return NOTHING;
  const ending = endOf(facts, sight, run);
  if (ending === 'look-first')
    return together([{ effects: [], refreshAt: facts.now }, write(facts, sight, { run, ended: false })]);
  const written = write(facts, sight, { run, ended: ending === 'over' });
  const links = linkSubIssues(facts, sight, run);
  return together([links, written, ending === 'over' ? close(facts, run) : NOTHING]);
}

/**
 * A run is over when all of its tasks are. GitHub is read once more after the last landing: only then is it known that
 * the issue was closed by its pull request.
 */
function endOf(facts: Facts, sight: TrackingSight, run: Run): 'over' | 'look-first' | 'open' {
  const views = sight.views.filter((view) => view.run.id === run.id);
  const ends = views.map((view) => view.task.ended?.at ?? null);
  if (ends.includes(null)) return 'open';
  return ends.every((at) => at !== null && at < facts.world.observedAt) ? 'over' : 'look-first';
}

function write(facts: Facts, sight: TrackingSight, { run, ended }: { run: Run; ended: boolean }): Ruling {
  const { title, body } = renderTracking(trackingView(facts, sight, { run, ended }));
  if (run.scope.kind === 'epic') {
    const key = trackingKey(run.id);
    return paced(facts, {
      ended,
      effect: { kind: 'comment', key, runId: run.id, mode: 'level', issue: run.scope.issue, body },
    });
  }
  const created = resultOf(facts, trackingKey(run.id));
  if (created?.kind !== 'issue')
    return {
      effects: [
        {
          kind: 'create-issue',
          key: trackingKey(run.id),
          runId: run.id,
          mode: 'once',
          title,
          body,
          labels: [],
        },
      ],
    };
  return paced(facts, {
    ended,
    effect: {
      kind: 'edit-issue',
      key: trackingBodyKey(run.id),
      runId: run.id,
      mode: 'level',
      issue: created.number,
      title,
      body,
    },
  });
}

/** Edits of one text are gathered: at most one in `trackingMs`, but the last word at once. */
function paced(
  facts: Facts,
  { effect, ended }: { effect: Extract<Effect, { key: unknown }>; ended: boolean },
): Ruling {
  const before = recordOf(facts, effect.key);
  const next = (before?.doneAt ?? 0) + facts.settings.trackingMs;
  return ended || !before || before.state === 'pending' || next <= facts.now
    ? { effects: [effect] }
    : { effects: [], wakeAt: next };
}

function close(facts: Facts, run: Run): Ruling {
  const ended: Effect = { kind: 'update-run', runId: run.id, patch: { endedAt: facts.now } };
  if (run.scope.kind === 'epic') return { effects: [ended] };
  const tracking = resultOf(facts, trackingKey(run.id));
  if (tracking?.kind !== 'issue') return NOTHING;
  const key = trackingCloseKey(run.id);
  return {
    effects: [
      { kind: 'close-issue', key, runId: run.id, mode: 'once', issue: tracking.number, reason: 'completed' },
      ended,
    ],
  };
}
