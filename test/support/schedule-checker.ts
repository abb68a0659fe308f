import type { Plan, PlanRequest, PlanTask, ScheduledTask } from '../../src/domain/plan.ts';

/** Slack for sums of fractions. */
const EPSILON = 1e-6;

/** What is wrong with a plan, by the definition of the problem alone: it shares no code with the planner. */
export function faultsOf(request: PlanRequest, plan: Plan): string[] {
  const tasks = new Map(request.tasks.map((task) => [String(task.id), task]));
  const placed = new Map(plan.schedule.map((entry) => [entry.id, entry]));
  const ids = [...tasks.keys()].sort();
  const faults: string[] = [];
  const expect = (right: boolean, fault: string): void => void (right || faults.push(fault));
  expect(same([...plan.order].sort(), ids), 'the order does not hold every task once');
  expect(
    same([...placed.keys()].sort(), ids) && plan.schedule.length === ids.length,
    'the schedule does not hold every task once',
  );
  expect(same(plan.batches.flat().sort(), ids), 'the batches do not hold every task once');
  for (const [id, task] of tasks) faults.push(...taskFaults({ id, task, placed, plan }));
  faults.push(...overlapFaults(request, plan), ...batchFaults(tasks, plan), ...numberFaults(request, plan));
  return faults;
}

const same = (a: readonly string[], b: readonly string[]): boolean => JSON.stringify(a) === JSON.stringify(b);
const depsOf = (task: PlanTask | undefined): string[] => (task?.deps ?? []).map(String);
const shares = (a: PlanTask | undefined, b: PlanTask | undefined): boolean =>
  (a?.exclusiveKeys ?? []).some((key) => b?.exclusiveKeys?.includes(key));

function taskFaults(given: {
  id: string;
  task: PlanTask;
  placed: ReadonlyMap<string, ScheduledTask>;
  plan: Plan;
}): string[] {
  const { id, task, placed, plan } = given;
  const entry = placed.get(id);
  if (entry === undefined) return [`${id} is not scheduled`];
  const faults: string[] = [];
  if (Math.abs(entry.end - entry.start - (task.duration ?? 60)) > EPSILON)
    faults.push(`${id} has another length`);
  for (const dep of depsOf(task)) {
    if ((placed.get(dep)?.end ?? Number.POSITIVE_INFINITY) > entry.start + EPSILON)
      faults.push(`${id} starts before ${dep} ends`);
    if (plan.order.indexOf(dep) > plan.order.indexOf(id)) faults.push(`${id} stands before ${dep}`);
  }
  return faults;
}

/** Looks at every start: what runs then must fit together. */
function overlapFaults(request: PlanRequest, plan: Plan): string[] {
  const tasks = new Map(request.tasks.map((task) => [String(task.id), task]));
  return plan.schedule.flatMap(({ id, start }) => {
    const running = plan.schedule.filter(
      (other) => other.start <= start + EPSILON && other.end > start + EPSILON,
    );
    const faults = capacityFaults(
      request,
      running.flatMap((entry) => tasks.get(entry.id) ?? []),
    );
    faults.push(...workerFaults(request, running));
    for (const [index, a] of running.entries()) {
      for (const b of running.slice(index + 1)) {
        if (shares(tasks.get(a.id), tasks.get(b.id)))
          faults.push(`${a.id} and ${b.id} hold one key at ${start}`);
      }
    }
    return faults.map((fault) => `${fault} (at the start of ${id})`);
  });
}

function capacityFaults(request: PlanRequest, running: readonly PlanTask[]): string[] {
  return Object.entries(request.capacity ?? {}).flatMap(([name, most]) => {
    const used = running.reduce((sum, task) => sum + (task.demand?.[name] ?? 0), 0);
    return used > most * (1 + EPSILON) ? [`${name} is used ${used} of ${most}`] : [];
  });
}

function workerFaults(request: PlanRequest, running: readonly ScheduledTask[]): string[] {
  const { workers } = request;
  if (typeof workers === 'number') {
    const busy = new Set(running.map(({ worker }) => worker));
    return busy.size < running.length || running.length > workers ? ['too many tasks for the workers'] : [];
  }
  const tasks = new Map(request.tasks.map((task) => [String(task.id), task]));
  const overfull = workers.filter(
    ({ id, slots = 1 }) => running.filter(({ worker }) => worker === id).length > slots,
  );
  const unfit = running.filter(({ id, worker }) => {
    const able = workers.find((known) => known.id === worker)?.capabilities ?? [];
    return !(tasks.get(id)?.requires ?? []).every((name) => able.includes(name));
  });
  return [
    ...overfull.map(({ id }) => `worker ${id} is overfull`),
    ...unfit.map(({ id, worker }) => `${worker} cannot do ${id}`),
  ];
}

function batchFaults(tasks: ReadonlyMap<string, PlanTask>, plan: Plan): string[] {
  const batchOf = new Map(plan.batches.flatMap((batch, index) => batch.map((id) => [id, index] as const)));
  const late = [...tasks].flatMap(([id, task]) =>
    depsOf(task)
      .filter((dep) => (batchOf.get(dep) ?? 0) >= (batchOf.get(id) ?? 0))
      .map((dep) => `${id} is in no later batch than ${dep}`),
  );
  const clashes = plan.batches.flatMap((batch) =>
    batch.flatMap((a, index) =>
      batch
        .slice(index + 1)
        .filter((b) => shares(tasks.get(a), tasks.get(b)))
        .map((b) => `${a} and ${b} share a key in a batch`),
    ),
  );
  return [
    ...late,
    ...clashes,
    ...(plan.batches.some((batch) => batch.length === 0) ? ['a batch is empty'] : []),
  ];
}

function numberFaults(request: PlanRequest, plan: Plan): string[] {
  const tasks = new Map(request.tasks.map((task) => [String(task.id), task]));
  const lengthOf = (id: string): number => tasks.get(id)?.duration ?? 60;
  const end = plan.schedule.reduce((latest, entry) => Math.max(latest, entry.end), 0);
  const sum = [...tasks.keys()].reduce((total, id) => total + lengthOf(id), 0);
  const chain = plan.criticalPath.reduce((total, id) => total + lengthOf(id), 0);
  const faults: string[] = [];
  if (Math.abs(end - plan.makespan) > EPSILON) faults.push('the makespan is not the last end');
  if (Math.abs(sum - plan.sequential) > EPSILON) faults.push('sequential is not the sum');
  if (plan.lowerBound > plan.makespan) faults.push('the bound is above the result');
  if (chain > plan.lowerBound + EPSILON) faults.push('the bound is below the critical path');
  if (plan.makespan > 0 && Math.abs(plan.speedup - sum / plan.makespan) > EPSILON)
    faults.push('the speed-up is another');
  const broken = plan.criticalPath
    .slice(1)
    .some((id, index) => !depsOf(tasks.get(id)).includes(plan.criticalPath[index] ?? ''));
  return broken ? [...faults, 'the critical path is no path'] : faults;
}
