import type { Plan, PlanRequest, PlanWait, PlanWaitReason, ScheduledTask } from '../../domain/plan.ts';
import { int, real, rowOf } from '../graph/sparse.ts';
import { readRequest } from '../request/read-request.ts';
import { JustBefore } from './just-before.ts';
import { Names } from './names.ts';
import { sameTimes } from './same-times.ts';

/**
 * For every task of the plan that does not start at once, in the order of the starts: what it waits for until then. Looks
 * at the moment just before each start: which blocker, key, worker or resource was not free yet.
 * @throws PlanError where the request cannot be planned; Error where the plan holds a task that the request has not.
 */
export function explainPlan(request: PlanRequest, plan: Pick<Plan, 'schedule'>): readonly PlanWait[] {
  const explainer = new Explainer(request, plan.schedule);
  const waits: PlanWait[] = [];
  for (const group of explainer.groups()) waits.push(...group);
  return waits;
}

class Explainer {
  private readonly names: Names;
  private readonly before: JustBefore;
  private readonly start: Float64Array;
  private readonly end: Float64Array;
  private readonly release: Float64Array;
  private readonly workers: readonly string[];
  private readonly byStart: Int32Array;

  constructor(request: PlanRequest, schedule: readonly ScheduledTask[]) {
    const instance = readRequest(request);
    this.names = new Names(request, instance);
    const [starts, ends] = [new Float64Array(instance.count), new Float64Array(instance.count)];
    const workers = new Array<string>(instance.count).fill('');
    this.byStart = new Int32Array(schedule.length);
    for (const [index, { id, start, end, worker }] of schedule.entries()) {
      const task = this.names.taskOf(id);
      this.byStart[index] = task;
      starts[task] = start;
      ends[task] = end;
      workers[task] = worker;
    }
    const [start = starts, end = ends, release = starts] = sameTimes([starts, ends, instance.release]);
    this.start = start;
    this.end = end;
    this.release = release;
    this.workers = workers;
    this.byStart.sort((a, b) => real(start, a) - real(start, b));
    this.before = new JustBefore({ instance, names: this.names, start, end, workers });
  }

  /** Tasks that start together, one group after the other. */
  *groups(): Generator<readonly PlanWait[]> {
    const { byStart, start, before } = this;
    for (let from = 0; from < byStart.length; ) {
      const now = real(start, int(byStart, from));
      let to = from;
      while (to < byStart.length && real(start, int(byStart, to)) === now) to++;
      const group = byStart.subarray(from, to);
      before.moveTo(now);
      if (now > 0) yield Array.from(group, (task) => this.waitOf(task));
      for (const task of group) before.begin(task);
      from = to;
    }
  }

  private waitOf(task: number): PlanWait {
    const { blockers } = this.names.instance;
    let readyAt = real(this.release, task);
    const stop = int(blockers.start, task + 1);
    for (let at = int(blockers.start, task); at < stop; at++)
      readyAt = Math.max(readyAt, real(this.end, int(blockers.items, at)));
    const [id, worker] = [this.names.idOf(task), this.workers[task] ?? ''];
    const all = this.untilReady(task, readyAt);
    this.before.addReasons(task, all);
    const reasons = all.length > 1 ? withoutEchoes(all) : all;
    if (reasons.length === 0) reasons.push({ kind: 'turn', worker, after: this.before.freed(worker) });
    return { id, readyAt, reasons };
  }

  private untilReady(task: number, readyAt: number): PlanWaitReason[] {
    const { instance } = this.names;
    const reasons: PlanWaitReason[] = [];
    if (readyAt !== real(this.start, task)) return reasons;
    const last = Array.from(rowOf(instance.blockers, task)).filter(
      (each) => real(this.end, each) === readyAt,
    );
    if (last.length > 0) reasons.push({ kind: 'blocked', by: last.map((each) => this.names.idOf(each)) });
    if (real(this.release, task) === readyAt) reasons.push({ kind: 'not-before' });
    return reasons;
  }
}

/** Its own blocker or the holder of its key also keeps a worker busy: that says nothing new. */
function withoutEchoes(reasons: readonly PlanWaitReason[]): PlanWaitReason[] {
  const named = new Set(
    reasons.flatMap((reason) => {
      if (reason.kind === 'blocked') return reason.by;
      return reason.kind === 'key' ? [reason.heldBy] : [];
    }),
  );
  return reasons.filter((reason) => !('after' in reason && named.has(reason.after ?? '')));
}
