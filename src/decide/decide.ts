import type { Decision, Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import { cleanUp } from './cleaning.ts';
import { obeyCommands } from './commands.ts';
import { holdConfig } from './config.ts';
import { evolve } from './evolve.ts';
import { land } from './landing.ts';
import { learn } from './learning.ts';
import { keepMembers } from './membership.ts';
import { takeOutcomes } from './outcomes.ts';
import { planRuns } from './planning.ts';
import { keepPulls } from './pull-requests.ts';
import { answerReviews } from './reviews.ts';
import type { Rule, Ruling } from './rule.ts';
import { together } from './rule.ts';
import { startAttempts } from './starting.ts';
import { track } from './tracking.ts';

/** In this order: what people said, who belongs, what came back, what can land, what can start, what people see. */
const RULES: readonly Rule[] = [
  holdConfig,
  obeyCommands,
  keepMembers,
  planRuns,
  takeOutcomes,
  learn,
  keepPulls,
  answerReviews,
  land,
  startAttempts,
  cleanUp,
  track,
];

/**
 * The whole judgement of the coordinator: facts in, effects out. Synchronous and total; deciding again on facts that
 * hold the effects of the first decision gives nothing new.
 */
export function decide(facts: Facts): Decision {
  const effects: Effect[] = [];
  const rulings: Ruling[] = [];
  let now = facts;
  for (const rule of RULES) {
    const ruling = rule(now);
    const next = evolve(now, ruling.effects);
    now = next.facts;
    effects.push(...next.effects);
    rulings.push(ruling);
  }
  const { wakeAt = null, refreshAt = null, reasons = [] } = together(rulings);
  return { effects, wakeAt, refreshAt, reasons };
}
