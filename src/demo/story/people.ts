import { latestChecks } from '../box/checks/latest.ts';
import type { PullRequest } from '../box/pull.ts';
import { isOpen } from '../box/pulls/open.ts';
import type { RepositoryView } from '../box/verbs.ts';
import { PEOPLE } from './stage.ts';
import { taskBranch } from './tracking-texts.ts';

/** What cleo asks for when she sees `clamp`; the sample agent understands comments in these words. */
export const REVIEW_WISH = {
  name: 'clamp',
  body: 'Nearly there. One thing about wrong bounds, see below.',
  comment:
    'Nobody would notice bounds that are the wrong way round. `clamp(3, 5, 1)` should throw a `RangeError` when `low > high`, please.',
} as const;

const STRICT_PATH = 'src/numbers.js';

/** Looks at pull requests like people with all the time in the world: as soon as one is ready, it has its review. */
export class Reviewers {
  readonly #shop: RepositoryView;
  /** The issue that cleo looks after. */
  readonly #strict: number;
  readonly #tell: (line: string) => void;
  readonly #seen = new Set<string>();
  #asked = false;

  constructor(
    shop: RepositoryView,
    { strict, tell }: { readonly strict: number; readonly tell: (line: string) => void },
  ) {
    this.#shop = shop;
    this.#strict = strict;
    this.#tell = tell;
  }

  /** Reviews every head that is ready and has not been looked at. */
  look(): void {
    for (const pull of this.#shop.repo.pulls.values()) {
      const head = `${pull.number}@${pull.head.sha}`;
      if (this.#seen.has(head) || !isReady(this.#shop, pull)) continue;
      this.#seen.add(head);
      this.#review(pull).catch((error: unknown) =>
        this.#tell(`a review of #${pull.number} failed: ${error}`),
      );
    }
  }

  async #review(pull: PullRequest): Promise<void> {
    if (taskBranch(pull) !== this.#strict) return await this.#approve(PEOPLE.reviews, pull);
    if (this.#asked) return await this.#approve(PEOPLE.isStrict, pull);
    this.#asked = true;
    this.#tell(`${PEOPLE.isStrict} asks for a change in #${pull.number}: what if low > high?`);
    const line = await this.#lineOf(pull, `export function ${REVIEW_WISH.name}(`);
    const comment = { path: STRICT_PATH, line, body: REVIEW_WISH.comment };
    await this.#shop.person(PEOPLE.isStrict).requestsChanges(pull, REVIEW_WISH.body, [comment]);
  }

  async #approve(login: string, pull: PullRequest): Promise<void> {
    this.#tell(`${login} approves #${pull.number}`);
    await this.#shop.person(login).approves(pull);
  }

  async #lineOf(pull: PullRequest, start: string): Promise<number> {
    const text = (await this.#shop.file(pull.head.sha, STRICT_PATH)) ?? '';
    return text.split('\n').findIndex((line) => line.startsWith(start)) + 1;
  }
}

/** People look at what is no draft any more, merges, and has passed its checks. */
function isReady(shop: RepositoryView, pull: PullRequest): boolean {
  if (pull.draft || pull.mergeable !== true || !isOpen(shop.repo, pull)) return false;
  const verify = latestChecks(shop.repo, pull.head.sha).find(({ name }) => name === 'parallel/verify');
  return verify?.conclusion === 'success';
}
