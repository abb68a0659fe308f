import type { Story } from './story.ts';

/*
 * What people see when a story is over, in a form that does not differ between two tellings: numbers, commits and times
 * are left out, and what belongs to a task is named by it. One list for each name, so that a double shows.
 */

export interface Ending {
  /** By title; the tracking issue is `tracking`. */
  readonly issues: Readonly<Record<string, readonly IssueView[]>>;
  /** By branch. */
  readonly pulls: Readonly<Record<string, readonly PullView[]>>;
  readonly files: readonly (string | undefined)[];
}

interface IssueView {
  readonly state: string;
  readonly labels: readonly string[];
  readonly comments: readonly string[];
}

interface PullView extends Omit<IssueView, 'state'> {
  readonly title: string;
  readonly isMerged: boolean;
  readonly reviews: readonly string[];
  readonly checks: readonly string[];
}

export async function endingOf(story: Story, paths: readonly string[]): Promise<Ending> {
  const [issues, pulls] = await Promise.all([story.shop.issues(), story.shop.pulls()]);
  return {
    issues: await grouped(issues, async (issue) => {
      const name = issue.title.startsWith('Parallel work') ? 'tracking' : issue.title;
      return [name, { state: issue.state, ...(await textsOn(story, issue)) }];
    }),
    pulls: await grouped(pulls, async (pull) => [pull.head.ref, await viewPull(story, pull)]),
    files: await Promise.all(paths.map((path) => story.shop.file('main', path))),
  };
}

async function grouped<Thing, View>(
  things: readonly Thing[],
  view: (thing: Thing) => Promise<readonly [string, View]>,
): Promise<Readonly<Record<string, readonly View[]>>> {
  const groups: Record<string, View[]> = {};
  for (const [name, shown] of await Promise.all(things.map(view)))
    groups[name] = [...(groups[name] ?? []), shown];
  return Object.fromEntries(Object.entries(groups).toSorted(([a], [b]) => a.localeCompare(b)));
}

async function viewPull(story: Story, pull: Awaited<ReturnType<Story['shop']['pull']>>): Promise<PullView> {
  const [reviews, checks] = await Promise.all([
    story.shop.reviewsOf(pull),
    story.shop.checksOf(pull.head.sha),
  ]);
  return {
    title: pull.title,
    isMerged: pull.isMerged,
    reviews: reviews.map(({ author, state }) => `${author}: ${state}`),
    checks: checks.map(({ name, status, conclusion }) => `${name}: ${status} ${conclusion}`).toSorted(),
    ...(await textsOn(story, pull)),
  };
}

/** Comments by their first line, reactions to them beside it. */
async function textsOn(story: Story, thing: { readonly number: number }): Promise<Omit<IssueView, 'state'>> {
  const [labels, comments] = await Promise.all([story.shop.labelsOn(thing), story.shop.commentsOn(thing)]);
  const lines = comments.map(async (comment) => {
    const [first = ''] = comment.body.split('\n');
    const reactions = await story.shop.reactionsOn(comment);
    return `${comment.author}: ${first.replace(/[0-9a-f]{7,40}|\d+/g, 'N')} ${reactions.join()}`.trim();
  });
  return { labels: labels.toSorted(), comments: await Promise.all(lines) };
}
