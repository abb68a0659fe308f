/* The thread that stands for GitHub's sender of webhooks. */
import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

export interface SendRequest {
  readonly url: string;
  readonly event: string;
  readonly body: string;
  readonly secret: string;
  readonly count: number;
}

const PAUSE_MS = 10;

parentPort?.postMessage(await sendAll(workerData as SendRequest));

/** Milliseconds that each answer took. */
async function sendAll(request: SendRequest): Promise<readonly number[]> {
  const times: number[] = [];
  for (let index = 0; index < request.count; index++) {
    times.push(await sendOne(request));
    await sleep(PAUSE_MS);
  }
  return times;
}

async function sendOne({ url, event, body, secret }: SendRequest): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    'x-github-event': event,
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
  const began = performance.now();
  const response = await fetch(url, { method: 'POST', body, headers });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return performance.now() - began;
}
