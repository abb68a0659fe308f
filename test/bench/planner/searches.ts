import type { Plan, PlanRequest } from '../../../src/domain/plan.ts';
import { type Row, shown } from '../result.ts';
import { heddle } from './heddle.ts';

/** Plans with a budget, and counts how often the machine was too slow for the work that the budget stands for. */
export class Searches {
  private all = 0;
  private byClock = 0;

  async plan(request: PlanRequest, budgetMs = 300): Promise<Plan> {
    const plan = await heddle.createPlan(request, { budgetMs });
    this.all++;
    if (plan.search?.endedBy === 'time') this.byClock++;
    return plan;
  }

  /** On a quiet machine none: where it is many, the rows before show the load and not the planner. */
  row(): Row {
    const measured = this.all === 0 ? 0 : (100 * this.byClock) / this.all;
    return shown({ name: 'searches that the clock ended before their work was done', measured, unit: '%' });
  }
}
