import { isLabelled } from '../admission.ts';
import { policyOf } from '../lookup.ts';
import { type Answer, done, type Request, refuse } from './request.ts';

/** `run`: what is labelled now need not wait for the quiet time. */
export function runNow({ facts }: Request): Answer {
  if (!policyOf(facts)) return refuse({ kind: 'config-invalid' });
  const asked = [...facts.world.issues.values()].some(isLabelled);
  if (!asked && facts.memory.runs.length === 0) return refuse({ kind: 'none-labelled' });
  return done([{ kind: 'update-repository', patch: { quietSkippedAt: facts.now } }]);
}
