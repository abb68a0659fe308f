import type {
  Plan,
  PlanRequest,
  PlanTask,
  PlanWait,
  PlanWaitReason,
  ScheduledTask,
} from '../../src/domain/plan.ts';

/** Minutes: sums of the same durations in other orders differ by less. */
const ROUNDING = 1e-9;

interface World {
  readonly request: PlanRequest;
  readonly task: PlanTask;
  readonly entry: ScheduledTask;
  readonly placed: ReadonlyMap<string, ScheduledTask>;
  readonly tasks: ReadonlyMap<string, PlanTask>;
  /** What ran in the moment before the task's start. */
  readonly before: readonly PlanTask[];
}

/** Reasons that are not real, and waiting tasks without any; by the definition of the problem alone. */
export function untruths(request: PlanRequest, plan: Plan, waits: readonly PlanWait[]): string[] {
  const explained = new Map(waits.map((wait) => [wait.id, wait]));
  const late = plan.schedule.filter(({ start }) => start > 0).map(({ id }) => id);
  const clearlyLate = plan.schedule.filter(({ start }) => start > ROUNDING).map(({ id }) => id);
  const silent = clearlyLate.filter((id) => (explained.get(id)?.reasons.length ?? 0) === 0);
  const early = waits.filter(({ id }) => !late.includes(id)).map(({ id }) => id);
  return [
    ...silent.map((id) => `${id} waits for no reason`),
    ...early.map((id) => `${id} does not wait`),
    ...waits.flatMap((wait) => {
      const world = worldOf(request, plan, wait.id);
      return wait.reasons
        .filter((reason) => !isReal(reason, world))
        .map((reason) => `${wait.id}: ${JSON.stringify(reason)}`);
    }),
  ];
}

function worldOf(request: PlanRequest, plan: Plan, id: string): World {
  const placed = new Map(plan.schedule.map((entry) => [entry.id, entry]));
  const tasks = new Map(request.tasks.map((task) => [String(task.id), task]));
  const [entry, task] = [placed.get(id), tasks.get(id)];
  if (entry === undefined || task === undefined) throw new Error(`there is no ${id}`);
  const before = plan.schedule
    .filter(({ start, end }) => start < entry.start && end >= entry.start - ROUNDING)
    .flatMap((each) => tasks.get(each.id) ?? []);
  return { request, task, entry, placed, tasks, before };
}

function isReal(reason: PlanWaitReason, world: World): boolean {
  const { task, entry, placed, tasks } = world;
  const isNow = (time = Number.NaN): boolean => Math.abs(time - entry.start) <= ROUNDING;
  const endsNow = (id: string): boolean => isNow(placed.get(id)?.end);
  const ran = (id: string): boolean => world.before.some((each) => String(each.id) === id) && endsNow(id);
  switch (reason.kind) {
    case 'blocked':
      return (
        reason.by.length > 0 && reason.by.every((id) => endsNow(id) && task.deps?.map(String).includes(id))
      );
    case 'not-before':
      return isNow(task.notBefore);
    case 'key':
      return (
        ran(reason.heldBy) &&
        [task, tasks.get(reason.heldBy)].every((each) => each?.exclusiveKeys?.includes(reason.key))
      );
    case 'worker':
      return (
        ran(reason.after) &&
        reason.worker === entry.worker &&
        placed.get(reason.after)?.worker === entry.worker &&
        freeSlots(world) <= 0
      );
    case 'capacity': {
      const used = world.before.reduce((sum, each) => sum + (each.demand?.[reason.resource] ?? 0), 0);
      const need = task.demand?.[reason.resource] ?? 0;
      return ran(reason.after) && need > 0 && used + need > (world.request.capacity?.[reason.resource] ?? 0);
    }
    case 'turn':
      return reason.worker === entry.worker;
    default:
      return reason satisfies never;
  }
}

/** Slots of workers that can do the task and were idle in the moment before. */
function freeSlots({ request, task, before, placed }: World): number {
  const { workers } = request;
  if (typeof workers === 'number') return workers - before.length;
  const able = workers.filter(({ capabilities }) =>
    (task.requires ?? []).every((name) => capabilities?.includes(name)),
  );
  const names = new Set(able.map(({ id }) => id));
  const busy = before.filter(({ id }) => names.has(placed.get(String(id))?.worker ?? ''));
  return able.reduce((sum, { slots }) => sum + (slots ?? 1), 0) - busy.length;
}
