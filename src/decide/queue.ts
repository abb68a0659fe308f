import type { DispatchWaitReason } from '../domain/dispatch.ts';
import type { Facts } from '../domain/facts.ts';
import type { Policy } from '../domain/policy.ts';
import type { WaitReason } from '../domain/task.ts';
import { Dispatcher } from '../plan/dispatch/dispatcher.ts';
import type { Waits } from './blockers.ts';
import { strangeEdits } from './edits.ts';
import { holdsKeys, keysOf, reservedBy } from './keys-held.ts';
import { isLive, type TaskView } from './lookup.ts';
import { type Wanted, wantedOf } from './wanted.ts';
import { requiresOf } from './wishes.ts';

/** What can start now, in order, and for everything else that wants to start, why it waits. */
export interface Queue {
  readonly starts: readonly Start[];
  readonly waits: ReadonlyMap<number, WaitReason>;
}

export interface Start {
  readonly view: TaskView;
  readonly wanted: Wanted;
}

interface Asking {
  readonly facts: Facts;
  readonly policy: Policy;
  readonly views: readonly TaskView[];
  readonly gates: Waits;
}

/**
 * What the dispatcher starts of the wanted attempts that pass their gates: in plan order, but begun work is finished
 * first. One dispatcher for the whole repository, so that no two tasks are given the same key. It is built anew at every
 * look: facts are all that a decision knows, and ten thousand tasks take less than the rest of the pass.
 */
export function queueOf(given: Asking): Queue {
  const { facts, policy, gates } = given;
  const waits = new Map<number, WaitReason>();
  const asking: Start[] = [];
  for (const start of wantedInOrder(given)) {
    const reason = gate({ facts, policy, gates, start });
    if (reason) waits.set(start.view.task.issue, reason);
    else asking.push(start);
  }
  return dispatch(given, asking, waits);
}

function dispatch(given: Asking, asking: readonly Start[], waits: Map<number, WaitReason>): Queue {
  const { facts, policy } = given;
  const holders = given.views.filter(holdsKeys);
  const views = [...new Set([...asking.map(({ view }) => view), ...holders])];
  const places = new Map(views.map((view, place) => [view, place]));
  const dispatcher = dispatcherFor(given, views);
  for (const view of holders) dispatcher.rest(places.get(view) ?? -1);
  for (const { view } of asking) dispatcher.resume(places.get(view) ?? -1);
  const started = new Set(dispatcher.start().map(({ id }) => Number(id)));
  for (const { id, reason } of dispatcher.waits()) {
    const view = views[Number(id)];
    if (view) waits.set(view.task.issue, waitFor(reason, { facts, policy, views }));
  }
  return { starts: asking.filter(({ view }) => started.has(places.get(view) ?? -1)), waits };
}

/** Tasks are named by their places among the views: an issue may be in two runs. */
function dispatcherFor({ facts, policy, views }: Asking, tasks: readonly TaskView[]): Dispatcher {
  const slots = Math.max(0, freeSlots(facts, policy, views));
  const here = { id: HERE, capabilities: capabilitiesOf(facts, policy), slots };
  const dispatcher = new Dispatcher({ workers: [here] });
  dispatcher.addAll(
    tasks.map((view, id) => {
      const exclusiveKeys = holdsKeys(view) ? reservedBy(facts, view) : keysOf(facts, view);
      const requires = requiresOf(facts, view);
      return requires.length === 0 ? { id, exclusiveKeys } : { id, exclusiveKeys, requires };
    }),
  );
  return dispatcher;
}

/** The one worker of this version: this process. */
const HERE = 'here';

/** What this process can do: what its operator says, and the agents that it runs. */
const capabilitiesOf = ({ settings }: Facts, { agents }: Policy): readonly string[] => [
  ...settings.capabilities,
  ...agents.map(({ provider }) => provider),
];

function waitFor(
  reason: DispatchWaitReason,
  { facts, policy, views }: Pick<Asking, 'facts' | 'policy' | 'views'>,
): WaitReason {
  switch (reason.kind) {
    case 'key':
      return { kind: 'key', key: reason.key, heldBy: views[Number(reason.heldBy)]?.task.issue ?? 0 };
    case 'no-worker':
      return { kind: 'worker', requires: missing(facts, policy, reason.requires) };
    // The dispatcher gets no dependencies, times and resources: gates have looked at these before.
    case 'worker':
    case 'blocked':
    case 'not-before':
    case 'capacity':
      return { kind: 'slot', limit: limitOf(facts, policy) };
    default:
      return reason satisfies never;
  }
}

function missing(facts: Facts, policy: Policy, requires: readonly string[]): readonly string[] {
  const known = new Set(capabilitiesOf(facts, policy));
  return requires.filter((name) => !known.has(name));
}

function wantedInOrder({ facts, policy, views }: Asking): readonly Start[] {
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
