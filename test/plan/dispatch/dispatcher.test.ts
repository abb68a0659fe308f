import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanRequest, PlanTask } from '../../../src/domain/plan.ts';
import { createDispatcher } from '../../../src/plan/dispatch/create-dispatcher.ts';
import { Dispatcher } from '../../../src/plan/dispatch/dispatcher.ts';
import { rankTasks } from '../../../src/plan/graph/ranks.ts';
import { PlanError } from '../../../src/plan/plan-error.ts';
import { planNow } from '../../../src/plan/plan-now.ts';
import { readRequest } from '../../../src/plan/request/read-request.ts';
import { listSchedule } from '../../../src/plan/schedule/floor.ts';
import { requests } from '../../support/plan-requests.ts';

const startsOf = (dispatcher: Dispatcher): string[] => dispatcher.start().map(({ id }) => id);
const task = (id: string, more: Partial<PlanTask> = {}): PlanTask => ({ id, duration: 10, ...more });

describe('the dispatcher and the plan', () => {
  it('start the same tasks at the same times, on workers that can do them', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const instance = readRequest(request);
        const { order } = rankTasks(instance);
        const ids = Array.from(order, (number) => instance.ids[number] ?? '');
        const { start } = listSchedule(instance, order);
        const expected = new Map(instance.ids.map((id, number) => [id, start[number] ?? 0]));
        expect(simulate(request, ids)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('agree on what can start now', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const plan = planNow(request);
        const now = plan.schedule.filter(({ start, end }) => start === 0 && end > 0);
        const started = new Set(startsOf(createDispatcher(request, plan)));
        fc.pre(plan.schedule.every(({ start, end }) => end > start));
        expect(started).toEqual(new Set(now.map(({ id }) => id)));
      }),
    );
  });
});

/** When each task starts if every one takes as long as it is said to. */
function simulate(request: PlanRequest, order: readonly string[]): ReadonlyMap<string, number> {
  const dispatcher = createDispatcher(request, { order });
  const minutes = new Map(request.tasks.map(({ id, duration = 60 }) => [String(id), duration]));
  const starts = new Map<string, number>();
  let running: { id: string; end: number }[] = [];
  for (let now = 0; ; now = Math.min(...running.map(({ end }) => end))) {
    for (const { id } of running.filter(({ end }) => end <= now)) dispatcher.end(id, 'succeeded');
    running = running.filter(({ end }) => end > now);
    for (const { id } of dispatcher.start()) {
      starts.set(id, now);
      running.push({ id, end: now + (minutes.get(id) ?? 0) });
    }
    if (running.length === 0) return starts;
  }
}

describe('a dispatcher', () => {
  it('lets a task with a glob and one with a file that it covers not run together, and names the holder', () => {
    const dispatcher = new Dispatcher({ workers: 4 });
    dispatcher.addAll([
      task('a', { exclusiveKeys: ['src/**'] }),
      task('b', { exclusiveKeys: ['src/a.ts'] }),
      task('c', { exclusiveKeys: ['src/b.ts'] }),
      task('d', { exclusiveKeys: ['test/*.ts'] }),
    ]);
    expect(startsOf(dispatcher)).toEqual(['a', 'd']);
    expect(dispatcher.reasonOf('b')).toEqual({ kind: 'key', key: 'src/**', heldBy: 'a' });
    dispatcher.end('a', 'succeeded');
    expect(startsOf(dispatcher)).toEqual(['b', 'c']);
  });

  it('starts a glob only when nobody holds anything that it covers any more', () => {
    const dispatcher = new Dispatcher({ workers: 4 });
    const glob = task('glob', { exclusiveKeys: ['src/**'] });
    dispatcher.addAll([
      task('a', { exclusiveKeys: ['src/a.ts'] }),
      task('b', { exclusiveKeys: ['src/b.ts'] }),
      glob,
    ]);
    expect(startsOf(dispatcher)).toEqual(['a', 'b']);
    dispatcher.end('a', 'succeeded');
    expect(startsOf(dispatcher)).toEqual([]);
    expect(dispatcher.reasonOf('glob')).toEqual({ kind: 'key', key: 'src/b.ts', heldBy: 'b' });
    dispatcher.end('b', 'succeeded');
    expect(startsOf(dispatcher)).toEqual(['glob']);
  });

  it('says that no worker has what a task requires, and starts the others', () => {
    const workers = [{ id: 'here', capabilities: ['web'], slots: 2 }];
    const dispatcher = new Dispatcher({ workers });
    dispatcher.addAll([
      task('a', { requires: ['gpu'] }),
      task('b', { requires: ['web'] }),
      task('c'),
      task('d'),
    ]);
    expect(dispatcher.start()).toEqual([
      { id: 'b', worker: 'here' },
      { id: 'c', worker: 'here' },
    ]);
    expect(dispatcher.waits()).toEqual([
      { id: 'a', reason: { kind: 'no-worker', requires: ['gpu'] } },
      { id: 'd', reason: { kind: 'worker', requires: [] } },
    ]);
  });

  it('puts a later task where its rank belongs, and what it waits for before it', () => {
    const dispatcher = createDispatcher({
      tasks: [task('a', { duration: 30 }), task('b'), task('c', { duration: 5 })],
      workers: 1,
    });
    dispatcher.add(task('d', { duration: 20 }));
    expect(dispatcher.order()).toEqual(['a', 'd', 'b', 'c']);
    dispatcher.add(task('e', { duration: 40, deps: ['c'], priority: 'critical' }));
    expect(dispatcher.order()).toEqual(['c', 'e', 'a', 'd', 'b']);
    dispatcher.setPriority('e', 'low');
    expect(dispatcher.order().at(-1)).toBe('e');
  });

  it('keeps the keys of work in review, gives its slot to others, and takes it up again', () => {
    const dispatcher = new Dispatcher({ workers: 1 });
    dispatcher.addAll([task('a', { exclusiveKeys: ['k'] }), task('b', { exclusiveKeys: ['k'] }), task('c')]);
    expect(startsOf(dispatcher)).toEqual(['a']);
    dispatcher.rest('a');
    expect(startsOf(dispatcher)).toEqual(['c']);
    dispatcher.resume('a');
    dispatcher.end('c', 'succeeded');
    expect(startsOf(dispatcher)).toEqual(['a']);
    dispatcher.end('a', 'succeeded');
    expect(startsOf(dispatcher)).toEqual(['b']);
  });

  it('keeps what depends on a failed task waiting until that ends well', () => {
    const dispatcher = new Dispatcher({ workers: 2 });
    dispatcher.addAll([task('a'), task('b', { deps: ['a'] })]);
    dispatcher.start();
    dispatcher.end('a', 'failed');
    expect(startsOf(dispatcher)).toEqual([]);
    expect(dispatcher.reasonOf('b')).toEqual({ kind: 'blocked', by: ['a'] });
    dispatcher.reopen('a');
    expect(startsOf(dispatcher)).toEqual(['a']);
    dispatcher.end('a', 'succeeded');
    expect(startsOf(dispatcher)).toEqual(['b']);
  });

  it('refuses a circle with its path, an unknown task and an id that is taken', () => {
    const dispatcher = createDispatcher({ tasks: [task('a'), task('b', { deps: ['a'] })], workers: 1 });
    expect(() => dispatcher.addDependency('a', 'b')).toThrow('a → b → a');
    expect(() => dispatcher.add(task('b', { deps: ['x'] }))).toThrow(PlanError);
    expect(() => dispatcher.end('x', 'failed')).toThrow('no task "x"');
  });
});
