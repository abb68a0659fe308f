/*
 * Searching for a shorter plan takes a third of a second, and nothing waits for it: a pass only begins it, and goes on.
 * The search works in a thread of its own; what it finds is stored as the action's result, and the next pass takes it in
 * if the plan has not moved on meanwhile. What a crash cuts off is still due, and begins again.
 */
import { improvable } from '../decide/planning.ts';
import type { Action, ActionResult } from '../domain/effect.ts';
import { messageOf } from '../domain/errors.ts';
import type { Settings } from '../domain/facts.ts';
import { keyText, type RepositoryKey } from '../domain/ids.ts';
import type { RunStore } from '../domain/ports/store.ts';
import type { Trace } from '../domain/trace.ts';
import { createPlan } from '../plan/create-plan.ts';
import { planAlong } from '../plan/replan.ts';
import type { Situation } from './situation.ts';

export type Improvement = Extract<Action, { readonly kind: 'improve-plan' }>;

export interface ImproverTools {
  readonly store: Pick<RunStore, 'completeAction' | 'postponeAction'>;
  readonly trace: Trace;
  readonly now: () => number;
  readonly settings: Settings;
  /** Decide again: a result has come. */
  readonly onResult: (key: RepositoryKey) => void;
}

/** Always the same search: the same facts give the same plan. */
const SEARCH = { budgetMs: 300, seed: 1 } as const;

/** A search that failed is tried again after so long, milliseconds. */
const PAUSE_MS = 60_000;

/** Sums of the same minutes in different orders differ by so much. */
const ROUNDING = 1e-9;

type Asked = ReturnType<typeof improvable>;

/** Searches for an order that takes less time; null: none was found. Always the same with the same budget. */
export async function shorterOrder(
  { request, order }: NonNullable<Asked>,
  options: { readonly budgetMs?: number; readonly signal?: AbortSignal },
): Promise<readonly number[] | null> {
  const found = await createPlan(request, { ...SEARCH, ...options });
  // The order is chosen for durations that are off, too: along it, the expected ones may take longer than the makespan.
  const minutes = planAlong(request, found.order).makespan;
  const isShorter = minutes < planAlong(request, order).makespan * (1 - ROUNDING);
  return isShorter ? found.order.map(Number) : null;
}

/** The searches of this process. */
export class Improver {
  readonly #tools: ImproverTools;
  readonly #running = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(tools: ImproverTools) {
    this.#tools = tools;
  }

  /** Begins the search for a due action, unless it runs already. */
  begin({ key, world, memory }: Situation, action: Improvement): void {
    const { now, settings } = this.#tools;
    const name = `${keyText(key)} ${action.key}`;
    if (this.#running.has(name) || this.#stopping.signal.aborted) return;
    const facts = { now: now(), settings, world, memory };
    const asked = action.runId === null ? null : improvable(facts, action.runId, action.revision);
    const search = this.#carryOut(key, action, asked).finally(() => this.#running.delete(name));
    this.#running.set(name, search);
  }

  /** Ends all searches; their actions stay due. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running.values());
  }

  async #carryOut(key: RepositoryKey, action: Improvement, asked: Asked): Promise<void> {
    const { store, trace, now, onResult } = this.#tools;
    trace({ kind: 'action', phase: 'acting', action });
    try {
      const result = await this.#search(asked);
      trace({ kind: 'action', phase: 'acted', action });
      await store.completeAction(key, { key: action.key, result, now: now() });
      trace({ kind: 'action', phase: 'recorded', action });
      onResult(key);
    } catch (error) {
      await this.#postpone(key, action, error);
    }
  }

  /** Nobody's turn changes for an order that is no shorter. */
  async #search(asked: Asked): Promise<ActionResult> {
    if (asked === null) return { kind: 'refused', message: 'the plan has moved on', stale: true };
    const order = await shorterOrder(asked, { signal: this.#stopping.signal });
    return order ? { kind: 'planned', order } : { kind: 'done' };
  }

  async #postpone(key: RepositoryKey, action: Improvement, error: unknown): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const { store, trace, now } = this.#tools;
    trace({ kind: 'action', phase: 'postponed', action, error });
    // The store may be away just now: then the action is due as it was.
    await store
      .postponeAction(key, { key: action.key, until: now() + PAUSE_MS, error: messageOf(error) })
      .catch(() => {});
  }
}
