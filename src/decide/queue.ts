import type { Facts } from '../domain/facts.ts';
import type { Policy } from '../domain/policy.ts';
import type { WaitReason } from '../domain/task.ts';
import type { Waits } from './blockers.ts';
import { strangeEdits } from './edits.ts';
import { conflictingKey, type HeldKey, heldKeys, holdsKeys, keysOf } from './keys-held.ts';
import { isLive, type TaskView } from './lookup.ts';
import { type Wanted, wantedOf } from './wanted.ts';

/** What can start now, in order, and for everything else that wants to start, why it waits. */
export interface Queue {
  readonly starts: readonly Start[];
  readonly waits: ReadonlyMap<number, WaitReason>;
}

export interface Start {
  readonly view: TaskView;
  readonly wanted: Wanted;
}

/**
 * Walks the wanted attempts in plan order, those that finish begun work first, and takes a slot and all exclusive keys
 * for each that may start. One walk for the whole repository, so that no two tasks are given the same key.
 */
export function queueOf(given: {
  facts: Facts;
  policy: Policy;
  views: readonly TaskView[];
  gates: Waits;
}): Queue {
  const { facts, policy, views, gates } = given;
  const waits = new Map<number, WaitReason>();
  const starts: Start[] = [];
  const held = [...heldKeys(facts, views)];
  let slots = freeSlots(facts, policy, views);
  for (const start of wantedInOrder(facts, policy, views)) {
    const { issue } = start.view.task;
    const keys = keysOf(facts, start.view);
    const inTheWay = holdsKeys(start.view) ? held.filter((each) => !each.strayed) : held;
    const reason =
      gate({ facts, policy, gates, start }) ?? place({ facts, policy, held: inTheWay, keys, slots, issue });
    if (reason) {
      waits.set(issue, reason);
      continue;
    }
    starts.push(start);
    slots -= 1;
    held.push(...keys.map((key) => ({ key, by: issue, strayed: false })));
  }
  return { starts, waits };
}

function wantedInOrder(facts: Facts, policy: Policy, views: readonly TaskView[]): readonly Start[] {
  const all = views.flatMap((view) => {
    const wanted = wantedOf(facts, policy, view);
    return wanted ? [{ view, wanted }] : [];
  });
  const begun = all.filter(({ view }) => view.attempts.length > 0);
  return [...begun, ...all.filter(({ view }) => view.attempts.length === 0)];
}

/** What has nothing to do with the others' use of slots and keys. */
function gate(given: { facts: Facts; policy: Policy; gates: Waits; start: Start }): WaitReason | null {
  const { facts, policy, gates, start } = given;
  const { task, run, issue } = start.view;
  if (facts.world.repository.readOnly) return { kind: 'read-only' };
  if (run.pausedAt !== null || task.pausedAt !== null) return { kind: 'paused' };
  if (issue && issue.textHash !== task.textHash)
    return { kind: 'edited', by: strangeEdits(facts, issue, task.textHash)[0]?.editor ?? null };
  if (start.wanted.notBefore > facts.now) return backoffWait(start);
  return start.view.attempts.length === 0 ? firstGate(policy, gates, start.view) : null;
}

/** Gates of a first start only: begun work is finished (`dependencies.late: finish`). */
function firstGate(policy: Policy, gates: Waits, view: TaskView): WaitReason | null {
  const cycle = gates.inCycle.get(view.task.issue);
  if (cycle) return { kind: 'cycle', path: cycle.path };
  const by = gates.blocked.get(view.task.issue);
  if (by) return { kind: 'blocked', by };
  return policy.approval === 'plan' && view.task.approvedAt === null ? { kind: 'approval' } : null;
}

const backoffWait = ({ wanted }: Start): WaitReason => ({
  kind: 'backoff',
  until: wanted.notBefore,
  cause: wanted.cause.retry?.failure ?? 'retry',
});

function place(given: {
  facts: Facts;
  policy: Policy;
  held: readonly HeldKey[];
  keys: readonly string[];
  slots: number;
  issue: number;
}): WaitReason | null {
  const conflict = conflictingKey(given.held, given.keys, given.issue);
  if (conflict) return { kind: 'key', key: conflict.key, heldBy: conflict.by };
  return given.slots > 0 ? null : { kind: 'slot', limit: limitOf(given.facts, given.policy) };
}

function freeSlots(facts: Facts, policy: Policy, views: readonly TaskView[]): number {
  const here = views.flatMap((view) => view.attempts).filter(isLive).length;
  const machine = facts.settings.workers - facts.memory.busyElsewhere - here;
  return Math.min(machine, limitOf(facts, policy) - here);
}

/** The least of what the server, the repository and the provider allow at once. */
export function limitOf({ settings }: Facts, policy: Policy): number {
  const asked = policy.concurrency === 'auto' ? settings.workers : policy.concurrency;
  return Math.min(asked, settings.workers, policy.agents[0]?.limit ?? settings.workers);
}
