import { Worker } from 'node:worker_threads';
import { Story } from '../support/story/story.ts';
import { type BenchResult, limited, shown } from './result.ts';
import { median, percentile } from './statistics.ts';
import type { SendRequest } from './webhook-sender.ts';

const DELIVERIES = 200;
const LIMIT_MS = 100;
/** Long enough that some agents run for as long as deliveries come. */
const AGENT = 'sleep 0.3; echo "$HEDDLE_ISSUE" > "work-$HEDDLE_ISSUE.txt"';
const TASKS = 16;

/** How long GitHub waits for the answer to a webhook while the server is at work. */
export async function webhookAnswer(): Promise<BenchResult> {
  const story = await Story.begins({ agent: AGENT });
  try {
    const stop = story.approvesEverything();
    for (let task = 1; task <= TASKS; task++) await story.asks(`Task ${task}`);
    await story.until('the first pull request', async () => (await story.shop.pulls()).length > 0);
    const times = await send(story);
    const running = (await story.tracking())?.state === 'open';
    await stop();
    return resultOf(times, running);
  } finally {
    await story.ends();
  }
}

/** Signed deliveries of a real event, from a thread of its own: the box has other things to do in this one. */
async function send(story: Story): Promise<readonly number[]> {
  const sample = story.box.world.deliveries.find(
    ({ event, action }) => event === 'issues' && action === 'opened',
  );
  if (!sample) throw new Error('the box has sent no delivery of issues.opened');
  const request: SendRequest = {
    url: story.server.webhookUrl,
    event: sample.event,
    body: JSON.stringify(sample.payload),
    secret: story.box.app.webhook.secret,
    count: DELIVERIES,
  };
  const worker = new Worker(new URL('./webhook-sender.js', import.meta.url), { workerData: request });
  return await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function resultOf(times: readonly number[], running: boolean): BenchResult {
  return {
    name: 'The answer to a webhook',
    means: `${times.length} signed deliveries, one after another, each with an id of its own, while ${TASKS} tasks run in 4 workers: from sending it to the answer that says it is stored.`,
    rows: [
      limited({ name: 'median', measured: median(times), unit: 'ms', limit: LIMIT_MS }),
      limited({ name: '99th percentile', measured: percentile(times, 0.99), unit: 'ms', limit: LIMIT_MS }),
      shown({ name: 'slowest', measured: Math.max(...times), unit: 'ms' }),
    ],
    notes: [running ? 'The run was still going at the last one.' : 'The run ended before the last one.'],
  };
}
