import type { BenchResult } from '../result.ts';
import { budget } from './budget.ts';
import { memory } from './memory.ts';
import { noise } from './noise.ts';
import { publicKinds } from './public-kinds.ts';
import { quality } from './quality.ts';
import { speed } from './speed.ts';

/** The planner against packages, policies, limits and known optima. */
export async function planner(): Promise<BenchResult> {
  return {
    name: 'The planner',
    means:
      'Times are CPU time, warm, the median; every peer only orders the graph, where planNow makes the whole plan (forward-backward improvement only up to 20,000 tasks, and only where the bound proves nothing yet). Per cent: above the planted optimum or what the row names, the mean of the instances. A proxy is no known optimum: what a longer search of ours finds.',
    rows: [
      ...(await speed()),
      memory(),
      ...(await quality()),
      ...(await publicKinds()),
      ...(await noise()),
      ...(await budget()),
    ],
    notes: [],
  };
}
