/** A task that starts, and on which worker. */
export interface DispatchStart {
  readonly id: string;
  readonly worker: string;
}

/** Why a task does not start now. */
export interface DispatchWait {
  readonly id: string;
  readonly reason: DispatchWaitReason;
}

/** What keeps a task from being started now. */
export type DispatchWaitReason =
  /** Tasks that it depends on and that have not ended well. */
  | { readonly kind: 'blocked'; readonly by: readonly string[] }
  /** Minutes on the dispatcher's clock. */
  | { readonly kind: 'not-before'; readonly at: number }
  /** No worker has what it requires, free or not. */
  | { readonly kind: 'no-worker'; readonly requires: readonly string[] }
  /** `key`: as its holder names it, which may be a glob that covers the task's own, or is covered by it. */
  | { readonly kind: 'key'; readonly key: string; readonly heldBy: string }
  /** All workers that have what it requires are busy. */
  | { readonly kind: 'worker'; readonly requires: readonly string[] }
  | { readonly kind: 'capacity'; readonly resource: string };
