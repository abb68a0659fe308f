import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Plan, PlanRequest, PlanTask } from '../../domain/plan.ts';
import { lowerBound } from '../bounds/lower-bound.ts';
import { rankTasks } from '../graph/ranks.ts';
import { PlanError } from '../plan-error.ts';
import { readRequest } from '../request/read-request.ts';
import { firstSolution } from '../schedule/first-solution.ts';
import { toPlan } from '../to-plan.ts';
import { nowMs } from './clock.ts';
import { improve } from './improve.ts';
import { type FromThread, type SearchOrder, SLICE, type ToThread } from './messages.ts';

/** The far end of createPlan: takes requests from the port, one after the other, and answers with plans. */
export function serve(port: Pick<MessagePort, 'on' | 'postMessage'>): void {
  let tasks: PlanTask[] = [];
  let parts: Iterator<FromThread> | null = null;
  let closed = false;
  const rest = async (): Promise<void> => {
    await pause();
    if (closed) throw new Error('nobody waits for the plan any more');
  };
  port.on('close', () => {
    closed = true;
  });
  const send = (message: FromThread): void => port.postMessage(message);
  const sendNext = (): void => {
    const next = parts?.next();
    if (next?.done === false) send(next.value);
  };
  port.on('message', (message: ToThread) => {
    if (message.kind === 'more') sendNext();
    else if (message.kind === 'tasks') {
      for (const task of message.tasks) tasks.push(task);
      send({ kind: 'more' });
    } else {
      const request = { ...message.rest, tasks };
      tasks = [];
      plan({ request, order: message.search, rest }).then(
        (made) => {
          parts = partsOf(made);
          sendNext();
        },
        (error: unknown) => send(failure(error)),
      );
    }
  });
}

/** Up to so many tasks the budget counts from the call, and bringing the plan back belongs to it; beyond, from the first plan. */
const QUICK = 10_000;

async function plan(given: {
  readonly request: PlanRequest;
  readonly order: SearchOrder;
  readonly rest: () => Promise<void>;
}): Promise<Plan> {
  const { request, order, rest } = given;
  const { seed, budgetMs, calledAt } = order;
  const instance = readRequest(request);
  const ranking = rankTasks(instance);
  const bound = lowerBound(instance, ranking);
  const first = firstSolution({ instance, ranking, bound });
  const from = instance.count <= QUICK ? calledAt - 5 - instance.count / 500 : nowMs();
  const deadline = from + budgetMs;
  const limits = { budgetMs, deadline, pause: rest };
  const { solution, work, endedBy } = await improve({ instance, ranking, bound, first, seed }, limits);
  return toPlan({ instance, ranking, bound, solution, search: { seed, work, endedBy } });
}

/** Until messages that are there have been taken. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.once('message', () => {
      port1.close();
      resolve();
    });
    port2.postMessage(null);
  });
}

function* partsOf(plan: Plan): Iterator<FromThread> {
  const { criticalPath, order, schedule, batches, ...rest } = plan;
  for (const items of slices(criticalPath)) yield { kind: 'part', name: 'criticalPath', items };
  for (const items of slices(order)) yield { kind: 'part', name: 'order', items };
  for (const items of slices(schedule)) yield { kind: 'part', name: 'schedule', items };
  for (const items of slices(batches)) yield { kind: 'part', name: 'batches', items };
  yield { kind: 'done', rest };
}

function* slices<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < list.length; from += SLICE) yield list.slice(from, from + SLICE);
}

const failure = (error: unknown): FromThread =>
  error instanceof PlanError ? { kind: 'refused', problems: error.problems } : { kind: 'broken', error };
