import type { ScheduledTask } from '../../domain/plan.ts';

/** What runs one after the other in one slot of a worker. */
export interface Lane {
  readonly worker: string;
  readonly bars: readonly ScheduledTask[];
}

export interface Lanes {
  readonly lanes: readonly Lane[];
  /** Workers that find no place in the chart. */
  readonly hiddenWorkers: number;
}

/** The first slots by the workers' names, `w2` before `w10`; each task in the first slot of its worker that is free. */
export function lanesOf(schedule: readonly ScheduledTask[], most: number): Lanes {
  const byWorker = new Map<string, ScheduledTask[]>();
  for (const entry of schedule) {
    const own = byWorker.get(entry.worker);
    if (own === undefined) byWorker.set(entry.worker, [entry]);
    else own.push(entry);
  }
  const lanes: Lane[] = [];
  let shown = 0;
  for (const worker of [...byWorker.keys()].sort(NATURAL.compare)) {
    if (lanes.length >= most) break;
    lanes.push(...slotsOf(worker, byWorker.get(worker) ?? [], most - lanes.length));
    shown++;
  }
  return { lanes, hiddenWorkers: byWorker.size - shown };
}

const NATURAL = new Intl.Collator('en', { numeric: true });

function slotsOf(worker: string, entries: readonly ScheduledTask[], most: number): readonly Lane[] {
  const slots: ScheduledTask[][] = [];
  for (const entry of entries.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const free = slots.find((slot) => (slot.at(-1)?.end ?? 0) <= entry.start);
    if (free !== undefined) free.push(entry);
    else if (slots.length < most) slots.push([entry]);
  }
  return slots.map((bars) => ({ worker, bars }));
}
