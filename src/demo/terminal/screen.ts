import { createLogUpdate } from 'log-update';
import type { BoardRow } from '../story/board.ts';
import { boardText, seconds } from './board-text.ts';
import { cell } from './columns.ts';
import type { Terminal } from './style.ts';

/** Where the story is told. */
export interface Screen {
  /** Says something for good. */
  say(text: string): void;
  /** The clock of the story starts. */
  begin(): void;
  /** The state of all issues; what is new in it is told. */
  show(rows: readonly BoardRow[]): void;
  /** Somebody did something. */
  tell(news: string): void;
  /** Nothing more changes; the last state stays. */
  end(): void;
  readonly elapsedMs: number;
}

/** A table that is drawn again in place. */
export class LiveScreen implements Screen {
  readonly #terminal: Terminal;
  readonly #stream: NodeJS.WriteStream;
  readonly #draw: ReturnType<typeof createLogUpdate>;
  readonly #news: string[] = [];
  #rows: readonly BoardRow[] = [];
  #startedAt = Date.now();

  constructor(terminal: Terminal, stream: NodeJS.WriteStream) {
    this.#terminal = terminal;
    this.#stream = stream;
    this.#draw = createLogUpdate(stream);
  }

  get elapsedMs(): number {
    return Date.now() - this.#startedAt;
  }

  say(text: string): void {
    this.#draw.clear();
    this.#stream.write(`${text}\n`);
  }

  begin(): void {
    this.#startedAt = Date.now();
  }

  show(rows: readonly BoardRow[]): void {
    for (const text of newsOf(this.#rows, rows)) this.tell(text);
    this.#rows = rows;
    this.#draw(boardText({ rows, news: this.#news, elapsedMs: this.elapsedMs }, this.#terminal));
  }

  tell(news: string): void {
    this.#news.push(newsLine(this.elapsedMs, news));
  }

  end(): void {
    this.#draw.done();
  }
}

/** A line for each change, for logs and for whoever reads without eyes on a terminal. */
export class PlainScreen implements Screen {
  readonly #write: (text: string) => void;
  #rows: readonly BoardRow[] = [];
  #startedAt = Date.now();

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  get elapsedMs(): number {
    return Date.now() - this.#startedAt;
  }

  say(text: string): void {
    this.#write(`${text}\n`);
  }

  begin(): void {
    this.#startedAt = Date.now();
  }

  show(rows: readonly BoardRow[]): void {
    for (const text of newsOf(this.#rows, rows)) this.tell(text);
    this.#rows = rows;
  }

  tell(news: string): void {
    this.say(newsLine(this.elapsedMs, news));
  }

  end(): void {}
}

const newsLine = (elapsedMs: number, news: string): string => `${seconds(elapsedMs).padStart(7)}  ${news}`;

/** What changed, one line for each issue. */
function newsOf(before: readonly BoardRow[], after: readonly BoardRow[]): readonly string[] {
  const old = new Map(before.map((row) => [row.issue, wordsOf(row)]));
  return after.flatMap((row) => {
    const words = wordsOf(row);
    const was = old.get(row.issue);
    return was === words || was === undefined ? [] : [`${cell(`#${row.issue}`, 4)} ${row.title}: ${words}`];
  });
}

function wordsOf({ state, attempt, pull, waits }: BoardRow): string {
  const done = state === 'landed' && pull !== null ? ` with #${pull}` : '';
  const tries = state === 'running' && attempt !== '' ? `, attempt ${attempt}` : '';
  return `${state}${done}${tries}${waits === '' ? '' : `, ${waits}`}`;
}
