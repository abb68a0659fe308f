import type { Facts } from '../../domain/facts.ts';
import type { Run } from '../../domain/run.ts';
import { planReply } from '../../render/plan-reply.ts';
import { helpReply } from '../../render/replies.ts';
import { explainReply, statusReply } from '../../render/run-replies.ts';
import { foresee } from '../foreseeing.ts';
import { comparisonOf } from '../learning.ts';
import { policyOf, trackingIssueOf } from '../lookup.ts';
import { foreseenOf, overlapsOf } from '../predicting.ts';
import { previewOf } from '../preview.ts';
import { sightOf } from '../sight.ts';
import { rowOf, trackingView } from '../tracking-view.ts';
import { type Answer, type Request, refuse, reply } from './request.ts';
import { noTask, targetOf } from './target.ts';

/** `help` */
export const help = (): Answer => reply(helpReply());

/** `status`: of the run that the issue belongs to, else of the oldest open one. */
export function status({ facts, issue }: Request): Answer {
  const run = runOf(facts, issue);
  if (!run) return noRun(facts);
  return reply(
    statusReply(trackingView(facts, sightOf(facts), { run, ended: false }), trackingIssueOf(facts, run)),
  );
}

/** `explain #12`: why a task is where it is. */
export function explain({ facts, issue }: Request): Answer {
  const target = targetOf(facts, issue);
  if (target.kind !== 'task') return noTask(facts, target, 'explain');
  const sight = sightOf(facts);
  const { task } = target.view;
  const view = sight.views.find((known) => known.task === task);
  const [row] = view ? rowOf(facts, sight, view) : [];
  if (!row) return refuse({ kind: 'no-run' });
  const dependencies = sight.gates.dependencies.get(task.issue) ?? [];
  const disagreements = sight.gates.disagreements.get(task.issue) ?? [];
  return reply(
    explainReply({
      ...{ home: facts.world.repository, row, dependencies, disagreements },
      foreseen: foreseenOf(facts, target.view),
      overlaps: overlapsOf(facts, sight.views).filter(({ issues }) => issues.includes(task.issue)),
      comparison: comparisonOf(target.view),
      gaps: facts.world.survey.gaps,
      attempts: target.view.attempts,
    }),
  );
}

/** `plan`: the plan of the run, or the one that the labelled issues would get; posting it starts nothing. */
export function plan({ facts, issue }: Request): Answer {
  const asIf = foresee(facts);
  const run = runOf(asIf, issue);
  if (!run) return noRun(facts);
  const preview = previewOf(asIf, [run]);
  if (!preview) return noRun(facts);
  return reply(planReply({ tracking: trackingView(asIf, sightOf(asIf), { run, ended: false }), preview }));
}

const noRun = (facts: Facts): Answer => refuse({ kind: policyOf(facts) ? 'no-run' : 'config-invalid' });

function runOf(facts: Facts, issue: number): Run | undefined {
  const target = targetOf(facts, issue);
  if (target.kind === 'run') return target.run;
  return target.kind === 'task' ? target.view.run : facts.memory.runs[0];
}
