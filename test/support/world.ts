import type { Git } from './github/push.ts';
import type { Repository } from './github/repository.ts';
import type { Comment, Issue, Numbered, Pull } from './github/things.ts';

/*
 * A repository as people see it, so that two runs of the same story can be compared. Masked is what two runs may differ
 * in: times, durations, object names and database ids. Where the order is not promised (which of two independent tasks
 * gets the lower number) names stand for numbers: `tracking`, `pull of 2`.
 */
export type WorldView = Readonly<Record<string, unknown>>;

export async function viewWorld(shop: Repository): Promise<WorldView> {
  const [issues, pulls] = await Promise.all([shop.issues(), shop.pulls()]);
  return await new Viewer(shop, new Names(shop, issues, pulls)).all(issues, pulls);
}

/** What things are called in a view. */
class Names {
  readonly #shop: Repository;
  readonly #names: ReadonlyMap<number, string>;

  constructor(shop: Repository, issues: readonly Issue[], pulls: readonly Pull[]) {
    this.#shop = shop;
    this.#names = new Map([
      ...issues.map((issue) => [issue.number, nameOfIssue(issue)] as const),
      ...pulls.map((pull) => [pull.number, nameOfPull(pull)] as const),
    ]);
  }

  of({ number }: Numbered): string {
    return this.#names.get(number) ?? String(number);
  }

  mask(text: string): string {
    const named = (number: string) => this.of({ number: Number(number) });
    return text
      .replaceAll(this.#shop.url, '<shop>')
      .replaceAll(this.#shop.fullName, '<name>')
      .replace(/#(\d+)\b/g, (_, number) => `#${named(number)}`)
      .replace(/"issue":(\d+)/g, (_, number) => `"issue":"${named(number)}"`)
      .replace(/\/(?:pull|issues)\/(\d+)/g, (_, number) => `/pull/${named(number)}`)
      .replace(/"(key|run)":"\d+-/g, '"$1":"<repository>-')
      .replace(/\b(?=[0-9a-f]*\d)[0-9a-f]{7,64}\b/g, '<id>')
      .replace(/\b(under )?\d+ (ms|s|min|h)\b( \d+ (s|min)\b)?/g, '<time>')
      .replace(/127\.0\.0\.1:\d+/g, '<host>')
      .replace(/\d+\.\d+×/g, '<speed-up>')
      .replace(/\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?( UTC|Z)?/g, '<date>');
  }
}

/** Issues that people opened keep their numbers; the rest is named by what it belongs to. */
function nameOfIssue({ title, number }: Issue): string {
  return title.startsWith('Parallel work') ? 'tracking' : String(number);
}

function nameOfPull({ head, number }: Pull): string {
  const task = /^parallel\/(\d+)-/.exec(head.ref)?.[1];
  return task === undefined ? String(number) : `pull of ${task}`;
}

class Viewer {
  readonly #shop: Repository;
  readonly #names: Names;

  constructor(shop: Repository, names: Names) {
    this.#shop = shop;
    this.#names = names;
  }

  async all(issues: readonly Issue[], pulls: readonly Pull[]): Promise<WorldView> {
    const parts = await Promise.all([
      ...issues.map(async (issue) => [this.#names.of(issue), await this.#issue(issue)] as const),
      ...pulls.map(async (pull) => [this.#names.of(pull), await this.#pull(pull)] as const),
    ]);
    const doubled = parts.map(([name]) => name).filter((name, index, all) => all.indexOf(name) !== index);
    const git = await this.#shop.inMirror((git) => this.#git(git));
    return { ...Object.fromEntries(parts), doubled, ...git };
  }

  async #issue(issue: Issue) {
    const [parent, children] = await Promise.all([this.#shop.parentOf(issue), this.#shop.subIssuesOf(issue)]);
    return {
      ...(await this.#texts(issue)),
      state: `${issue.state} ${issue.stateReason ?? ''}`,
      parent: parent && this.#names.of(parent),
      subIssues: children.map((child) => this.#names.of(child)).toSorted(),
    };
  }

  /** What issues and pull requests have in common. */
  async #texts(one: Issue | Pull) {
    const [labels, reactions, comments] = await Promise.all([
      this.#shop.labelsOn(one),
      this.#shop.reactionsTo(one),
      this.#shop.commentsOn(one),
    ]);
    return {
      by: one.author,
      title: this.#names.mask(one.title),
      body: this.#names.mask(one.body),
      labels: labels.toSorted(),
      reactions: reactions.toSorted(),
      comments: await Promise.all(comments.map((comment) => this.#comment(comment))),
    };
  }

  async #comment(comment: Comment) {
    const reactions = (await this.#shop.reactionsOn(comment)).toSorted();
    return { by: comment.author, body: this.#names.mask(comment.body), reactions };
  }

  async #pull(pull: Pull) {
    const [diff, reviews, threads, checks] = await Promise.all([
      this.#shop.diffOf(pull),
      this.#shop.reviewsOf(pull),
      this.#shop.threadsOf(pull),
      this.#checks(pull),
    ]);
    return {
      ...(await this.#texts(pull)),
      ...diff,
      isMergeable: undefined,
      state: pull.state,
      head: pull.head.ref,
      base: pull.base.ref,
      isDraft: pull.isDraft,
      isMerged: pull.isMerged,
      asked: pull.asked.toSorted(),
      // In each one's order: after a crash a thread may be answered after the reviewer was asked to look again.
      reviews: reviews
        .toSorted((a, b) => a.author.localeCompare(b.author))
        .map(({ author, state, body }) => `${author} ${state}: ${body}`),
      threads: threads.map(({ path, comments }) =>
        comments.map(({ author, body }) => `${author} on ${path}: ${this.#names.mask(body)}`),
      ),
      checks,
    };
  }

  /** The check runs of each commit, as a list without an order: after a crash they may be written later. */
  async #checks(pull: Pull): Promise<readonly (readonly string[])[]> {
    const commits = await this.#shop.commitsOf(pull);
    const lists = await Promise.all(commits.map((sha) => this.#shop.checksOf(sha, 'all')));
    return lists.map((runs) =>
      runs
        .map((run) => this.#names.mask(`${run.name} ${run.status} ${run.conclusion}: ${run.summary}`))
        .toSorted(),
    );
  }

  async #git(git: Git) {
    const parts = async (...args: readonly string[]) =>
      (await git(...args)).split('\0').filter((part) => part !== '');
    const paths = await parts('ls-tree', '-r', '-z', '--name-only', 'main');
    const texts = await Promise.all(
      paths.map(async (path) => [path, await this.#shop.file('main', path)] as const),
    );
    const commits = await parts('log', '-z', '--format=%an: %B', 'main');
    return {
      branches: (await git('for-each-ref', '--format=%(refname)', 'refs/heads/')).split('\n'),
      main: Object.fromEntries(texts),
      // Independent tasks land in any order.
      commits: commits.map((text) => this.#names.mask(text.trim())).toSorted(),
    };
  }
}
