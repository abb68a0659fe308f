import type { Plan, PlanRequest } from '../../domain/plan.ts';
import { planNow } from '../plan-now.ts';
import { readRequest } from '../request/read-request.ts';
import { Dispatcher } from './dispatcher.ts';

/**
 * A dispatcher that starts the tasks of a request in the order of a plan; without one, of `planNow`'s.
 * @throws PlanError with every problem of the request at once, as planNow does.
 */
export function createDispatcher(request: PlanRequest, plan?: Pick<Plan, 'order'>): Dispatcher {
  if (plan) readRequest(request);
  const { order } = plan ?? planNow(request);
  const dispatcher = new Dispatcher(request);
  const tasks = new Map(request.tasks.map((task) => [String(task.id), task]));
  const inOrder = order.flatMap((id) => tasks.get(id) ?? []);
  const named = new Set(inOrder);
  dispatcher.addAll([...inOrder, ...request.tasks.filter((task) => !named.has(task))]);
  return dispatcher;
}
