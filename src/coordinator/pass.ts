import { decide } from '../decide/decide.ts';
import { isAction } from '../decide/evolve.ts';
import { earliest } from '../decide/rule.ts';
import type { Action, Decision, Recording } from '../domain/effect.ts';
import type { Memory, Settings, World } from '../domain/facts.ts';
import type { RepositoryKey } from '../domain/ids.ts';
import { afterWrites } from './after-writes.ts';
import { applyDue, type Hands, untriedKey } from './apply.ts';
import { type Observer, observe } from './observe.ts';

export interface PassTools {
  readonly observer: Observer;
  readonly hands: Hands;
  readonly settings: Settings;
}

/** What an earlier pass saw, and whether something may have changed since. */
export interface LastLook {
  readonly world: World | null;
  readonly isStale: boolean;
}

export interface PassResult {
  /** GitHub as it was last read: good for the next pass unless something there has changed. */
  readonly world: World;
  /** Look again at this time (our clock). */
  readonly wakeAt: number | null;
  /** Read GitHub anew at this time. */
  readonly refreshAt: number | null;
  readonly reasons: readonly string[];
}

/** Enough for every chain of effects in one pass; what is left over goes on in the next one. */
const ROUNDS = 12;

/**
 * One pass: observe (or use the last look), then decide and act until nothing new follows. Passing again over the same
 * world changes nothing.
 */
export async function pass(tools: PassTools, key: RepositoryKey, last: LastLook): Promise<PassResult> {
  const { hands, observer } = tools;
  let memory = await hands.store.memory(key, hands.now());
  let world =
    last.world && !last.isStale ? last.world : await observe(observer, key, { memory, previous: last.world });
  let result: PassResult = { world, wakeAt: hands.now(), refreshAt: null, reasons: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const decision = await decideAndCommit(tools, key, { world, memory });
    memory = await hands.store.memory(key, hands.now());
    const applied = await applyDue(hands, { key, world, memory });
    world = afterWrites(world, applied.done);
    const { wakeAt, refreshAt, reasons } = decision;
    result = { world, wakeAt: earliest([wakeAt, applied.nextAt]), refreshAt, reasons };
    if (decision.effects.length === 0 && applied.done.length === 0) {
      if (refreshAt === null || refreshAt > hands.now()) return result;
      world = await observe(observer, key, { memory, previous: world });
    }
    memory = await hands.store.memory(key, hands.now());
  }
  return { ...result, wakeAt: hands.now() };
}

async function decideAndCommit(
  { hands, settings }: PassTools,
  key: RepositoryKey,
  { world, memory }: { world: World; memory: Memory },
): Promise<Decision> {
  const now = hands.now();
  const decision = decide({ now, settings, world, memory });
  if (decision.effects.length === 0) return decision;
  const actions = decision.effects.filter(isAction);
  const recordings = decision.effects.filter((effect): effect is Recording => !isAction(effect));
  hands.trace({ kind: 'committed', phase: 'before', recordings });
  await hands.store.commit(key, { recordings, actions }, now);
  hands.trace({ kind: 'committed', phase: 'after', recordings });
  for (const action of actions) noteIntent(hands, key, { action, memory });
  return decision;
}

/** An intent that was pending before may have been acted on, with other words, by a process that died since. */
function noteIntent(
  hands: Hands,
  key: RepositoryKey,
  { action, memory }: { action: Action; memory: Memory },
): void {
  if (memory.actions.get(action.key)?.state !== 'pending') hands.untried.add(untriedKey(key, action));
  hands.trace({ kind: 'action', phase: 'intended', action });
}
