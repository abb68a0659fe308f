/** When the first word comes, and how often then; milliseconds. */
const FIRST_MS = 1_000;
const EVERY_MS = 3_000;

/** Says on standard error what takes so long, from the second second on. */
export class Progress {
  private readonly what: string;
  private answers = 0;
  private timer: NodeJS.Timeout;

  constructor(what: string) {
    this.what = what;
    this.timer = setTimeout(() => this.tell(), FIRST_MS);
  }

  /** One more answer of GitHub. */
  readonly count = (): void => {
    this.answers += 1;
  };

  /** A line of its own. */
  readonly say = (line: string): void => {
    process.stderr.write(`heddle: ${line}\n`);
  };

  end(): void {
    clearTimeout(this.timer);
  }

  private tell(): void {
    this.say(`${this.what}: ${this.answers} answers of GitHub so far`);
    this.timer = setTimeout(() => this.tell(), EVERY_MS);
  }
}
