import { execa } from 'execa';
import type { IssueComment } from '../../src/demo/box/issue.ts';
import type { PullRequest } from '../../src/demo/box/pull.ts';
import type { Story } from './story.ts';

/*
 * A repository as people see it, so that two runs of the same story can be compared. Masked is what two runs may differ
 * in: times, durations, object names and database ids. Where the order is not promised (which of two independent tasks
 * gets the lower number) names stand for numbers: `tracking`, `pull of 2`.
 */
export type WorldView = Readonly<Record<string, unknown>>;

export async function viewWorld(story: Story): Promise<WorldView> {
  const mask = masker(story);
  const issues = [...story.shop.repo.issues.values()].filter((issue) => !issue.isPull);
  const pulls = [...story.shop.repo.pulls.values()];
  const parts = [
    ...issues.map((issue) => [nameOf(story, issue.number), viewIssue(story, mask, issue.number)] as const),
    ...pulls.map((pull) => [nameOf(story, pull.number), viewPull(story, mask, pull)] as const),
  ];
  const doubled = parts.map(([name]) => name).filter((name, index, all) => all.indexOf(name) !== index);
  return { ...Object.fromEntries(parts), doubled, ...(await viewGit(story, mask)) };
}

type Mask = (text: string) => string;

/** Issues that people opened keep their numbers; the rest is named by what it belongs to. */
function nameOf(story: Story, number: number): string {
  const { repo } = story.shop;
  const task = /^parallel\/(\d+)-/.exec(repo.pulls.get(number)?.head.ref ?? '')?.[1];
  if (task !== undefined) return `pull of ${task}`;
  return repo.issues.get(number)?.title.startsWith('Parallel work') ? 'tracking' : String(number);
}

function masker(story: Story): Mask {
  const named = (number: string) => nameOf(story, Number(number));
  return (text) =>
    text
      .replace(/#(\d+)\b/g, (_, number) => `#${named(number)}`)
      .replace(/"issue":(\d+)/g, (_, number) => `"issue":"${named(number)}"`)
      .replace(/\/(?:pull|issues)\/(\d+)/g, (_, number) => `/pull/${named(number)}`)
      .replace(/\b(?=[0-9a-f]*\d)[0-9a-f]{7,64}\b/g, '<id>')
      .replace(/127\.0\.0\.1:\d+/g, '<host>')
      .replace(/\b(under )?\d+ (ms|s|min|h)\b( \d+ (s|min)\b)?/g, '<time>')
      .replace(/\d+\.\d+×/g, '<speed-up>')
      .replace(/\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?( UTC|Z)?/g, '<date>');
}

function viewIssue(story: Story, mask: Mask, number: number) {
  const issue = story.shop.issue(number);
  const { repo } = story.shop;
  return {
    title: mask(issue.title),
    body: mask(issue.body ?? ''),
    state: `${issue.state} ${issue.stateReason ?? ''}`,
    labels: story.shop.labelsOn(issue).toSorted(),
    parent: issue.parent && nameOf(story, issue.parent.number),
    subIssues: issue.subIssues.map((ref) => nameOf(story, ref.number)).toSorted(),
    reactions: issue.reactions.map((reaction) => reaction.content).toSorted(),
    comments: [...repo.comments.values()]
      .filter((comment) => comment.issueNumber === number)
      .map((comment) => viewComment(story, mask, comment)),
  };
}

function viewComment(story: Story, mask: Mask, comment: IssueComment) {
  const reactions = comment.reactions.map(
    (reaction) => `${who(story, reaction.accountId)}: ${reaction.content}`,
  );
  return { by: who(story, comment.authorId), body: mask(comment.body), reactions: reactions.toSorted() };
}

const who = (story: Story, account: number): string => story.box.world.accounts.get(account)?.login ?? '?';

function viewPull(story: Story, mask: Mask, pull: PullRequest) {
  return {
    ...viewIssue(story, mask, pull.number),
    head: pull.head.ref,
    base: pull.base.ref,
    draft: pull.draft,
    merged: pull.mergedAt !== null,
    mergedBy: pull.mergedById && who(story, pull.mergedById),
    size: pull.size,
    asked: pull.requestedReviewerIds.map((id) => who(story, id)).toSorted(),
    reviews: viewReviews(story, pull),
    threads: pull.threads.map((thread) =>
      thread.comments.map(
        (comment) => `${who(story, comment.authorId)} on ${comment.path}: ${mask(comment.body)}`,
      ),
    ),
    checks: viewChecks(story, mask, pull),
  };
}

/** In each one's order: after a crash a thread may be answered after the reviewer was asked to look again. */
function viewReviews(story: Story, pull: PullRequest): readonly string[] {
  const by = (review: { readonly authorId: number }) => who(story, review.authorId);
  return pull.reviews
    .toSorted((a, b) => by(a).localeCompare(by(b)))
    .map((review) => `${by(review)} ${review.state}: ${review.body}`);
}

/** The check runs of each head, as a list without an order: after a crash they may be written later. */
function viewChecks(story: Story, mask: Mask, pull: PullRequest): readonly (readonly string[])[] {
  const { checkRuns, checkSuites } = story.shop.repo;
  const own = [...checkRuns.values()].filter(
    (run) => checkSuites.get(run.suiteId)?.headBranch === pull.head.ref,
  );
  const heads = [...new Set(own.map((run) => run.headSha))];
  const lists = heads.map((head) =>
    own
      .filter((run) => run.headSha === head)
      .map((run) => mask(`${run.name} ${run.status} ${run.conclusion}: ${run.output.summary ?? ''}`))
      .toSorted(),
  );
  return lists.toSorted((a, b) => a.join().localeCompare(b.join()));
}

async function viewGit(story: Story, mask: Mask) {
  const directory = story.box.git.directory(story.shop.repo);
  const git = async (...args: readonly string[]) =>
    (await execa('git', ['--git-dir', directory, ...args])).stdout.split('\0').filter((part) => part !== '');
  const paths = await git('ls-tree', '-r', '-z', '--name-only', 'main');
  const texts = await Promise.all(
    paths.map(async (path) => [path, await story.shop.file('main', path)] as const),
  );
  const commits = await git('log', '-z', '--format=%an: %B', 'main');
  return {
    branches: await git('for-each-ref', '--format=%(refname)%00', 'refs/heads/'),
    main: Object.fromEntries(texts),
    // Independent tasks land in any order.
    commits: commits.map((text) => mask(text.trim())).toSorted(),
  };
}
