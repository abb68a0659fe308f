import type { Box } from '../../src/demo/box/start.ts';
import type { RepositoryView } from '../../src/demo/box/verbs.ts';
import { openTestBox } from '../support/boxed.ts';

/** A repository with one labelled issue of every kind that a dry run has something to say about. */
export class Shop {
  readonly box: Box;
  readonly #repository: RepositoryView;

  private constructor(box: Box, repository: RepositoryView) {
    this.box = box;
    this.#repository = repository;
  }

  static async opens(policy = POLICY): Promise<Shop> {
    const box = await openTestBox();
    const collaborators = { ann: 'write', tim: 'triage' } as const;
    const api = await box.createsRepository('acme/api', { collaborators });
    api.person('ann').opensIssue({ title: 'Send receipts' });
    const files = { '.github/parallel.yml': policy, 'src/cart.js': '// cart\n', 'src/till.js': TILL };
    const labels = ['parallel', 'urgent'];
    return new Shop(box, await box.createsRepository('acme/shop', { files, collaborators, labels }));
  }

  /** Ann opens an issue with the label. */
  asks(title: string, body = '', ...labels: readonly string[]) {
    return this.#repository.person('ann').opensIssue({ title, body, labels: ['parallel', ...labels] });
  }

  /** Two runs, every kind of evidence, an overlap, a blocker elsewhere, and a label that does not count. */
  fills(): void {
    const ann = this.#repository.person('ann');
    this.asks('Add a parser');
    this.asks('Use the parser', 'Depends on #1: it needs the parser.');
    this.asks('Format prices', 'Change `src/cart.js`.', 'urgent');
    this.asks('Round totals', 'In `src/cart.js`, too.');
    const epic = ann.opensIssue({ title: 'Checkout' });
    const form = ann.opensIssue({ title: 'Draw the form' });
    const check = ann.opensIssue({ title: 'Check the form' });
    for (const child of [form, check]) ann.addsSubIssue(epic, child);
    ann.blocks(check, form);
    ann.labels(epic, 'parallel');
    this.asks('Mail receipts', 'Blocked by acme/api#1\n\nPrint them in `src/till.js`.');
    const strange = ann.opensIssue({ title: 'Mine bitcoin' });
    this.#repository.person('tim').labels(strange, 'parallel');
  }

  /** Two issues that wait for each other. */
  turnsInACircle(): void {
    const { repo } = this.#repository;
    const next = Math.max(0, ...repo.issues.keys()) + 1;
    this.asks('Chicken', `Depends on #${next + 1}`);
    this.asks('Egg', `Depends on #${next}`);
  }

  /** What `heddle plan` needs of the environment to look as a person. */
  asPerson(login: string): Readonly<Record<string, string>> {
    return { ...this.here(), GITHUB_TOKEN: this.box.person(login).token };
  }

  /** The same as the App. */
  asApp(): Readonly<Record<string, string>> {
    return { ...this.here(), APP_ID: String(this.box.app.id), PRIVATE_KEY: this.box.privateKey };
  }

  here(): Readonly<Record<string, string>> {
    return { GHE_HOST: this.box.host, GHE_PROTOCOL: 'http', HEDDLE_WORKERS: '3' };
  }
}

const TILL = "import './cart.js';\n";

const POLICY = `agents: exec
agent: { command: ["true"] }
concurrency: 2
labels: { urgent: { priority: high } }
`;
