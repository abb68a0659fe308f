import type { ApiCall } from '../../src/demo/box/calls.ts';
import type { Issue } from '../support/github/things.ts';
import { Story } from '../support/story/story.ts';
import { type BenchResult, limited, shown } from './result.ts';

const TASKS = 8;
const LIMIT = 25;

/** The settings that a server has if nobody sets them, but for the quiet time: nobody labels anything while it lasts. */
const AS_SHIPPED = {
  HEDDLE_QUIET_MS: '1000',
  HEDDLE_TRACKING_MS: '5000',
  HEDDLE_SETTLE_MS: '3000',
  HEDDLE_BACKOFF_MS: '10000',
  HEDDLE_RESYNC_SECONDS: '60',
};

/** What the App asks of GitHub's API, a task, from the label to the merge. */
export async function apiCalls(): Promise<BenchResult> {
  const story = await Story.begins({ env: AS_SHIPPED });
  try {
    await story.quiet(500);
    story.box.calls.clear();
    await eightTasksLand(story);
    return resultOf(ownCalls(story));
  } finally {
    await story.ends();
  }
}

/** Eight tasks, the last one after the first, the second with a round of review. */
async function eightTasksLand(story: Story): Promise<void> {
  const tasks: Issue[] = [];
  for (let task = 1; task < TASKS; task++) tasks.push(await story.asks(`Task ${task}`));
  const [first, second, ...others] = tasks;
  if (!first || !second) throw new Error('there are no tasks');
  const last = await story.asks('The last task', `Depends on #${first.number}`);
  await oneRoundOfReview(story, second);
  const stop = story.approvesEverything();
  await story.landed(first, second, ...others, last);
  await story.until('the run to end', async () => (await story.tracking())?.state === 'closed', 60_000);
  await stop();
}

async function oneRoundOfReview(story: Story, issue: Issue): Promise<void> {
  const pull = await story.pullIsReady(issue);
  await story.bob.requestsChanges(pull, 'Please say it twice.');
  const isAnswered = async () => (await story.shop.pull(pull)).head.sha !== pull.head.sha;
  await story.until('the answer to the review', isAnswered, 60_000);
}

/** The App's own: with the token of an installation or as the App itself; people's clicks are not counted. */
const ownCalls = (story: Story): readonly ApiCall[] =>
  story.box.calls.all.filter(({ actor }) => actor === 'heddle[bot]' || actor.startsWith('app/'));

function resultOf(calls: readonly ApiCall[]): BenchResult {
  const counted = calls.filter(({ status }) => status !== 304);
  return {
    name: 'GitHub API calls a task',
    means: `All calls of one run of ${TASKS} tasks (one dependency, one round of review) from the first label to the closed tracking issue, divided by the ${TASKS} tasks that landed. Answers with 304 cost no rate limit.`,
    rows: [
      limited({
        name: 'counted calls a task',
        measured: counted.length / TASKS,
        unit: 'calls',
        limit: LIMIT,
      }),
      shown({ name: 'all calls a task, with 304', measured: calls.length / TASKS, unit: 'calls' }),
    ],
    notes: byRoute(calls),
  };
}

function byRoute(calls: readonly ApiCall[]): readonly string[] {
  const routes = new Map<string, { all: number; counted: number }>();
  for (const { method, route, status } of calls) {
    const sum = routes.get(`${method} ${route}`) ?? { all: 0, counted: 0 };
    routes.set(`${method} ${route}`, {
      all: sum.all + 1,
      counted: sum.counted + (status === 304 ? 0 : 1),
    });
  }
  return [...routes]
    .sort(([, a], [, b]) => b.counted - a.counted || b.all - a.all)
    .map(([route, { all, counted }]) => {
      const free = all > counted ? ` (+ ${all - counted} with 304)` : '';
      return `${String(counted).padStart(4)}  ${route}${free}`;
    });
}
