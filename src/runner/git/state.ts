import { type Sha, sha } from '../../domain/ids.ts';
import type { AttemptOrder } from '../../domain/outcome.ts';
import { readText, replaceFile } from './files.ts';

/** What the runner remembers of a worktree between attempts. */
export interface TaskState {
  readonly branch: string;
  /** The commit that the work in the worktree stands on: parent of the next commit. */
  readonly start: Sha;
  /** Run when the worktree is removed; the order is long gone then. */
  readonly beforeRemove: readonly string[];
  readonly number: number;
  readonly kind: AttemptOrder['kind'];
  /** Whether the hook `after_create` has come through since the worktree was added. */
  readonly prepared: boolean;
}

/** Null: never written, or not readable any more (then the worktree is set up anew). */
export async function readState(path: string): Promise<TaskState | null> {
  const text = await readText(path);
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as TaskState;
    return { ...value, start: sha(value.start) };
  } catch {
    return null;
  }
}

export const writeState = (path: string, state: TaskState): Promise<void> =>
  replaceFile(path, `${JSON.stringify(state)}\n`);

/** The part of an order that outlives it. */
export const stateOf = (
  order: AttemptOrder,
  known: { readonly start: Sha; readonly prepared: boolean },
): TaskState => ({
  ...known,
  branch: order.branch,
  beforeRemove: order.hooks.beforeRemove,
  number: order.number,
  kind: order.kind,
});
