import type { Plan, PlanRequest, ScheduledTask } from '../../domain/plan.ts';
import { PlanError } from '../plan-error.ts';
import { copyOfRest, copyOfTask } from './copy.ts';
import { type FromThread, type SearchOrder, SLICE, type ToThread } from './messages.ts';
import type { Thread } from './thread.ts';

/** Hands a request to a thread and takes the plan, slice by slice. */
export function converse(given: {
  readonly thread: Thread;
  readonly request: PlanRequest;
  readonly search: SearchOrder;
  readonly signal: AbortSignal | undefined;
}): Promise<Plan> {
  const { thread, signal } = given;
  const { port } = thread;
  return new Promise<Plan>((resolve, reject) => {
    const answers = new Answers();
    const messages = messagesFor(given.request, given.search);
    const hear = (message: FromThread): void => {
      try {
        const plan = answers.take(message);
        if (plan !== null) settle(() => resolve(plan));
        else port.postMessage(message.kind === 'more' ? messages.next().value : MORE);
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const fail = (error: unknown): void => settle(() => reject(error));
    const exit = (): void => fail(new Error('the thread that plans has ended'));
    const abort = (): void => fail(signal?.reason);
    const settle = (end: () => void): void => {
      port.off('message', hear);
      port.off('error', fail);
      port.off('exit', exit);
      signal?.removeEventListener('abort', abort);
      end();
    };
    port.on('message', hear);
    port.on('error', fail);
    port.on('exit', exit);
    signal?.addEventListener('abort', abort);
    hear({ kind: 'more' });
  });
}

const MORE: ToThread = { kind: 'more' };

function* messagesFor(request: PlanRequest, search: SearchOrder): Generator<ToThread, ToThread> {
  const { tasks } = request;
  for (let from = 0; from < tasks.length; from += SLICE)
    yield { kind: 'tasks', tasks: tasks.slice(from, from + SLICE).map(copyOfTask) };
  return { kind: 'plan', rest: copyOfRest(request), search };
}

/** Puts a plan together. */
class Answers {
  private readonly criticalPath: string[] = [];
  private readonly order: string[] = [];
  private readonly schedule: ScheduledTask[] = [];
  private readonly batches: (readonly string[])[] = [];

  /** The plan, when it is complete. */
  take(message: FromThread): Plan | null {
    switch (message.kind) {
      case 'more':
        return null;
      case 'part':
        return this.add(message);
      case 'refused':
        throw new PlanError(message.problems);
      case 'broken':
        throw message.error;
      case 'done': {
        const { criticalPath, order, schedule, batches } = this;
        return { ...message.rest, criticalPath, order, schedule, batches };
      }
      default:
        return message satisfies never;
    }
  }

  private add(part: Extract<FromThread, { kind: 'part' }>): null {
    if (part.name === 'schedule') this.schedule.push(...part.items);
    else if (part.name === 'batches') this.batches.push(...part.items);
    else this[part.name].push(...part.items);
    return null;
  }
}
