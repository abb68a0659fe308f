import type { Facts } from '../domain/facts.ts';
import { admitLabels } from './admission.ts';
import { keepEpics } from './epics.ts';
import { evolve } from './evolve.ts';
import { joinRolling } from './rolling.ts';
import type { Ruling } from './rule.ts';
import { together } from './rule.ts';
import { keepTexts } from './texts.ts';
import { withdraw } from './withdrawal.ts';

/** Who belongs to which run: labels judged, the leavers withdrawn, epics before loose issues. */
export function keepMembers(facts: Facts): Ruling {
  const rulings: Ruling[] = [];
  let now = facts;
  for (const rule of [admitLabels, withdraw, keepTexts, keepEpics, joinRolling]) {
    const ruling = rule(now);
    now = evolve(now, ruling.effects).facts;
    rulings.push(ruling);
  }
  return together(rulings);
}
