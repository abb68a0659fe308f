/** When each task runs and in which pool of workers, if every estimate is right. Minutes. */
export interface Timetable {
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly pool: Int32Array;
  readonly makespan: number;
}

export function lastEnd(end: Float64Array): number {
  let last = 0;
  for (let task = 0; task < end.length; task++) if ((end[task] ?? 0) > last) last = end[task] ?? 0;
  return last;
}
