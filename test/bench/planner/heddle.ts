import type * as Library from '../../../src/index.ts';
import type * as Ranks from '../../../src/plan/graph/ranks.ts';
import type * as Reading from '../../../src/plan/request/read-request.ts';
import type * as Batches from '../../../src/plan/schedule/batches.ts';
import type * as Floor from '../../../src/plan/schedule/floor.ts';

/** The built product, worker thread and all. From `.bench/test/bench/planner`, where this runs. */
const dist = (path: string): string => new URL(`../../../../dist/${path}`, import.meta.url).href;

export const heddle: typeof Library = await import(dist('index.js'));
export const { listSchedule }: typeof Floor = await import(dist('plan/schedule/floor.js'));
export const { rankTasks }: typeof Ranks = await import(dist('plan/graph/ranks.js'));
export const { readRequest }: typeof Reading = await import(dist('plan/request/read-request.js'));
export const { batchesOf }: typeof Batches = await import(dist('plan/schedule/batches.js'));
