import type { PlanRequest } from '../../domain/plan.ts';
import { minutesText } from '../words.ts';
import { numberText } from './names.ts';
import type { PlanView } from './view.ts';

/** How long, how much faster, and how good: a line each. */
export function summaryText({ request, plan }: PlanView, hint = SEARCH_LONGER): readonly string[] {
  const what = `${counted(plan.order.length, 'task')} on ${workersText(request.workers)}`;
  const alone = minutesText(plan.sequential);
  const isFaster = plan.speedup > 1.005;
  const instead = isFaster ? ` instead of ${alone}, ${plan.speedup.toFixed(2)} times as fast` : '';
  return [
    `${what}: ${minutesText(plan.makespan)}${instead}.`,
    qualityText(plan, hint),
    ...assumedText(request),
  ];
}

/** Times are as good as the durations. */
function assumedText({ tasks }: PlanRequest): readonly string[] {
  const count = tasks.filter(({ duration }) => duration === undefined).length;
  if (count === 0) return [];
  return [
    `${counted(count, 'task')} ${count === 1 ? 'has' : 'have'} no duration: what its title says of it stands for it (30, 60 or 120 minutes).`,
  ];
}

const counted = (number: number, one: string): string =>
  `${numberText(number)} ${one}${number === 1 ? '' : 's'}`;

function workersText(workers: PlanRequest['workers']): string {
  if (typeof workers === 'number') return counted(workers, 'worker');
  const slots = workers.reduce((sum, worker) => sum + (worker.slots ?? 1), 0);
  const text = counted(workers.length, 'worker');
  return slots === workers.length ? text : `${text} with ${numberText(slots)} slots`;
}

const SEARCH_LONGER = '; a larger --budget-ms may find a shorter plan';

const qualityText = (plan: PlanView['plan'], hint: string): string =>
  plan.optimal ? boundText(plan) : boundText(plan).replace(/\.$/, `${hint}.`);

/** How far from the shortest it can be. */
export function boundText({ optimal, makespan, lowerBound }: PlanView['plan']): string {
  const bound = minutesText(lowerBound);
  if (optimal) return `Optimal: no plan is shorter (lower bound ${bound}).`;
  return `At most ${percent(makespan / lowerBound - 1)} above the shortest (lower bound ${bound}).`;
}

/** Rounded up, so that it stays true. */
const percent = (share: number): string => `${(Math.ceil(share * 1_000) / 10).toFixed(1)} %`;
