import { MessageChannel, Worker } from 'node:worker_threads';
import type { FromThread, ToThread } from './messages.ts';
import { serve } from './serve.ts';

/** Where plans are made: a worker thread. */
export interface Thread {
  readonly port: Port;
  /** Somebody waits for it: the process must not end. */
  work(): void;
  /** Nobody waits for it now: the process may end. */
  rest(): void;
  end(): void;
}

export interface Port {
  postMessage(message: ToThread): void;
  on(event: 'message', listener: (message: FromThread) => void): unknown;
  on(event: 'error' | 'exit', listener: (cause: unknown) => void): unknown;
  off(event: 'message', listener: (message: FromThread) => void): unknown;
  off(event: 'error' | 'exit', listener: (cause: unknown) => void): unknown;
}

let resting: Thread | null = null;

/** A thread of one's own until it is given back. Starting one takes longer than most plans: one is kept. */
export function takeThread(): Thread {
  const thread = resting ?? start();
  resting = null;
  thread.work();
  return thread;
}

export function giveBack(thread: Thread): void {
  if (resting !== null) thread.end();
  else {
    thread.rest();
    resting = thread;
  }
}

/**
 * Node 20 cannot run TypeScript: where the sources run as they are (in tests), the same code serves in this thread,
 * and lets others have their turn.
 */
function start(): Thread {
  return import.meta.url.endsWith('.ts') ? inThisThread() : inWorker();
}

function inWorker(): Thread {
  // Flags of this process such as --input-type would be applied to the thread's file, and refuse it.
  const worker = new Worker(new URL('./worker.js', import.meta.url), { execArgv: [] });
  const end = (): void => void worker.terminate();
  // A thread that died while it rested is no longer taken.
  worker.once('exit', () => {
    if (resting?.port === worker) resting = null;
  });
  return { port: worker, work: () => worker.ref(), rest: () => worker.unref(), end };
}

function inThisThread(): Thread {
  const { port1, port2 } = new MessageChannel();
  serve(port2);
  port2.unref();
  return { port: port1, work: () => port1.ref(), rest: () => port1.unref(), end: () => port1.close() };
}
