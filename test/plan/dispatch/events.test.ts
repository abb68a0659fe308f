import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanTask } from '../../../src/domain/plan.ts';
import { Dispatcher } from '../../../src/plan/dispatch/dispatcher.ts';
import { NaiveDispatch } from '../../support/naive-dispatch.ts';

/* Whatever happens, in whatever order: after every event what starts is what a walk over everything would start. */

const KINDS = [
  ...([
    'add',
    'add',
    'add',
    'add',
    'end',
    'end',
    'fail',
    'reopen',
    'remove',
    'rest',
    'link',
    'unlink',
  ] as const),
  ...(['resume', 'priority', 'slots', 'capacity', 'time', 'order'] as const),
];
const events = fc.array(
  fc.record({
    kind: fc.constantFrom(...KINDS),
    at: fc.nat(1_000),
    on: fc.nat(1_000),
    keys: fc.subarray(['src/**', 'src/a.ts', 'src/b.ts', '**/*.ts', 'src/*/c', 'db'], { maxLength: 2 }),
    requires: fc.subarray(['gpu', 'web'], { maxLength: 1 }),
    cpu: fc.constantFrom(0, 0, 1, 2),
    notBefore: fc.constantFrom(0, 0, 0, 5),
    priority: fc.constantFrom('low' as const, 'medium' as const, 'critical' as const),
    duration: fc.nat(9),
  }),
  { maxLength: 80 },
);
type Event = typeof events extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

const WORKERS = [
  { id: 'a', capabilities: [], slots: 2 },
  { id: 'b', capabilities: ['gpu'], slots: 1 },
  { id: 'c', capabilities: ['gpu', 'web'], slots: 1 },
];
const CAPACITY = { cpu: 4 };

describe('a dispatcher under random events', () => {
  it('starts what a walk over all tasks would start, and has a reason for every other one', () => {
    fc.assert(
      fc.property(events, (script) => {
        const dispatcher = new Dispatcher({ workers: WORKERS, capacity: CAPACITY });
        const naive = new NaiveDispatch({ workers: WORKERS, capacity: CAPACITY });
        for (const [index, event] of script.entries()) {
          happen({ dispatcher, naive, event, index });
          const expected = naive.start(dispatcher.order());
          const starts = dispatcher.start();
          for (const { id, worker } of starts) naive.runs(id, worker);
          expect(new Set(starts.map(({ id }) => id)), `${index}: ${event.kind}`).toEqual(new Set(expected));
          const open = [...naive.tasks]
            .filter(([, { state }]) => state === 'open' || state === 'wanting')
            .map(([id]) => id);
          expect(new Set(dispatcher.waits().map(({ id }) => id))).toEqual(new Set(open));
        }
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 200) },
    );
  });
});

interface Happening {
  readonly dispatcher: Dispatcher;
  readonly naive: NaiveDispatch;
  readonly event: Event;
  readonly index: number;
}

function happen({ dispatcher, naive, event, index }: Happening): void {
  const ids = [...naive.tasks.keys()];
  const id = ids[event.at % Math.max(1, ids.length)];
  const on = ids[event.on % Math.max(1, ids.length)];
  if (event.kind === 'add') add({ dispatcher, naive, event, index });
  if (event.kind === 'slots') ofSlots(dispatcher, naive, event);
  if (event.kind === 'capacity') {
    dispatcher.setCapacity('cpu', event.at % 6);
    naive.capacity.set('cpu', event.at % 6);
  }
  if (event.kind === 'time') {
    naive.now += event.at % 4;
    dispatcher.setTime(naive.now);
  }
  if (event.kind === 'order') dispatcher.follow(ids.toSorted((a, b) => (a < b ? 1 : -1)));
  if (id !== undefined && on !== undefined) ofTask({ dispatcher, naive, event, id, on });
}

function add({ dispatcher, naive, event, index }: Happening): void {
  const ids = [...naive.tasks.keys()];
  const deps = ids.filter((_, at) => at % 7 === event.at % 7 && at % 3 === event.on % 3).slice(0, 2);
  const { keys: exclusiveKeys, requires, cpu, notBefore, priority, duration } = event;
  const id = `t${index}`;
  const task: PlanTask = {
    id,
    deps,
    exclusiveKeys,
    requires,
    demand: { cpu },
    notBefore,
    priority,
    duration,
  };
  dispatcher.add(task);
  naive.tasks.set(id, { task, deps: new Set(deps), state: 'open', worker: '' });
}

function ofSlots(dispatcher: Dispatcher, naive: NaiveDispatch, { at, on }: Event): void {
  const worker = WORKERS[at % WORKERS.length]?.id ?? '';
  dispatcher.setSlots(worker, on % 3);
  naive.slots.set(worker, on % 3);
}

function ofTask(given: Omit<Happening, 'index'> & { readonly id: string; readonly on: string }): void {
  const { dispatcher, naive, event, id, on } = given;
  const entry = naive.tasks.get(id);
  if (!entry) return;
  const begun = entry.state === 'running' || entry.state === 'resting' || entry.state === 'wanting';
  if (event.kind === 'end' && begun) {
    dispatcher.end(id, 'succeeded');
    entry.state = 'ended';
  } else if (event.kind === 'fail' && begun) {
    dispatcher.end(id, 'failed');
    entry.state = 'failed';
  } else if (event.kind === 'rest' && entry.state === 'running') {
    dispatcher.rest(id);
    entry.state = 'resting';
  } else if (event.kind === 'resume' && entry.state === 'resting') {
    dispatcher.resume(id);
    entry.state = 'wanting';
  } else if (event.kind === 'reopen' && (entry.state === 'ended' || entry.state === 'failed')) {
    dispatcher.reopen(id);
    entry.state = 'open';
  } else if (event.kind === 'remove') {
    dispatcher.remove(id);
    naive.tasks.delete(id);
    for (const { deps } of naive.tasks.values()) deps.delete(id);
  } else if (event.kind === 'priority') dispatcher.setPriority(id, event.priority);
  else if (event.kind === 'unlink') {
    if (dispatcher.removeDependency(id, on)) entry.deps.delete(on);
  } else if (event.kind === 'link') link(dispatcher, naive, { id, on });
}

/** Only where it closes no circle: the dispatcher says so itself. */
function link(dispatcher: Dispatcher, naive: NaiveDispatch, { id, on }: { id: string; on: string }): void {
  if (naive.tasks.get(id)?.deps.has(on)) return;
  try {
    dispatcher.addDependency(id, on);
  } catch {
    return;
  }
  naive.tasks.get(id)?.deps.add(on);
}
