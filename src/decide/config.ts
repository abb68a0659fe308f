import type { Action, Effect } from '../domain/effect.ts';
import { payloadHash } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import type { PolicyProblem } from '../domain/policy.ts';
import { configFixedComment, configProblemsComment } from '../render/config-comments.ts';
import { admissionOf, isLabelled } from './admission.ts';
import { configIssue, configKey } from './keys.ts';
import { trackingIssueOf, viewTasks } from './lookup.ts';
import type { Ruling } from './rule.ts';

/**
 * A policy that can't be read holds up everything new. One comment, where people look, has every problem; it is edited
 * while the file changes, and says so when the file is right again.
 */
export function holdConfig(facts: Facts): Ruling {
  const { policy } = facts.world;
  if (policy.kind === 'valid') return { effects: allClear(facts) };
  return { effects: complain(facts, policy.problems), reasons: ['config-invalid'] };
}

function complain(facts: Facts, problems: readonly PolicyProblem[]): readonly Effect[] {
  const issue = whereToSay(facts);
  if (issue === null) return [];
  const who = admissionOf(facts, issue)?.actor ?? whoWaits(facts);
  return [
    sayOn(
      issue,
      configProblemsComment({ problems, defaultBranch: facts.world.repository.defaultBranch, who }),
    ),
  ];
}

/** Whose work is held up: of the oldest open run, the first task that has not ended. */
const whoWaits = (facts: Facts): string | null =>
  viewTasks(facts).find((view) => !view.task.ended)?.task.requestedBy ?? null;

/** Where an earlier comment still complains, it is edited; nothing is said where nothing was wrong. */
function allClear(facts: Facts): readonly Effect[] {
  return [...facts.memory.actions.values()].flatMap((record) => {
    const issue = configIssue(record.key);
    if (issue === null) return [];
    const said = sayOn(issue, configFixedComment());
    return record.payloadHash === payloadHash(said) ? [] : [said];
  });
}

/** The tracking issue of the oldest open run; else the first labelled issue that somebody who may write asks for. */
function whereToSay(facts: Facts): number | null {
  for (const run of facts.memory.runs) {
    const tracking = trackingIssueOf(facts, run);
    if (tracking !== null) return tracking;
  }
  const asked = [...facts.world.issues.values()].filter((issue) => {
    const admission = admissionOf(facts, issue.issue.number);
    return isLabelled(issue) && admission?.allowed === true && !admission.joined;
  });
  return asked[0]?.issue.number ?? null;
}

const sayOn = (issue: number, body: string): Action => ({
  kind: 'comment',
  key: configKey(issue),
  runId: null,
  mode: 'level',
  issue,
  body,
});
