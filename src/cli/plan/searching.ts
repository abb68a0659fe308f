import { shorterOrder } from '../../coordinator/improving.ts';
import { evolve } from '../../decide/evolve.ts';
import { improveKey } from '../../decide/keys.ts';
import { improvable, planRuns } from '../../decide/planning.ts';
import type { Facts } from '../../domain/facts.ts';
import type { Run } from '../../domain/run.ts';

/** The facts once the searches are over that the server begins beside its passes. `budgetMs` null: as long as the server. */
export async function searched(facts: Facts, budgetMs: number | null): Promise<Facts> {
  let now = facts;
  for (const run of facts.memory.runs) now = await searchedRun(now, run, budgetMs);
  return evolve(now, planRuns(now).effects).facts;
}

async function searchedRun(facts: Facts, run: Run, budgetMs: number | null): Promise<Facts> {
  const revision = run.plan?.revision ?? 0;
  const key = improveKey(run.id, revision);
  const record = facts.memory.actions.get(key);
  const asked = record?.state === 'pending' ? improvable(facts, run.id, revision) : null;
  const order = asked && (await shorterOrder(asked, budgetMs === null ? {} : { budgetMs }));
  if (!record || !order) return facts;
  const done = { ...record, state: 'done', result: { kind: 'planned', order }, doneAt: facts.now } as const;
  return { ...facts, memory: { ...facts.memory, actions: new Map(facts.memory.actions).set(key, done) } };
}
