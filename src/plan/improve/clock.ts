/**
 * Milliseconds since the epoch, the same in every thread. The planner's only clock: it ends a search whose budget is
 * used up, and nothing else depends on it.
 */
export const nowMs = (): number => performance.timeOrigin + performance.now();
