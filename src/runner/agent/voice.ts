import type { Usage } from '../../domain/outcome.ts';
import { NO_USAGE } from '../../domain/outcome.ts';

const SUMMARY_CHARS = 20_000;

/** What an agent of the provider `exec` says on its standard output: progress, and lines of JSON that are understood. */
export class AgentVoice {
  readonly #progress: (line: string) => void;
  summary: string | null = null;
  usage: Usage = NO_USAGE;

  constructor(progress: (line: string) => void) {
    this.#progress = progress;
  }

  hear(line: string): void {
    const message = line.startsWith('{') ? parse(line) : null;
    if (message?.type === 'summary' && typeof message.text === 'string') {
      this.summary = message.text.slice(0, SUMMARY_CHARS);
    } else if (message?.type === 'usage') {
      this.usage = sum(this.usage, message);
    } else if (line.trim() !== '') {
      this.#progress(line);
    }
  }
}

function parse(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every line reports what was used since the last one. */
const sum = (usage: Usage, message: Readonly<Record<string, unknown>>): Usage => ({
  inputTokens: usage.inputTokens + amount(message.inputTokens),
  outputTokens: usage.outputTokens + amount(message.outputTokens),
  usd: usage.usd + amount(message.usd),
});

const amount = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;

/** Lets so many lines a second through, cut to a length; says how many it kept back. */
export class ProgressGate {
  readonly #options: GateOptions;
  #second = 0;
  #passed = 0;
  #held = 0;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  offer(line: string): void {
    const second = Math.floor(Date.now() / 1_000);
    if (second !== this.#second) this.#next(second);
    if (this.#passed >= this.#options.perSecond) {
      this.#held += 1;
      return;
    }
    this.#passed += 1;
    this.#options.pass(cut(line, this.#options.chars));
  }

  /** After the last line. */
  end(): void {
    this.#next(0);
  }

  #next(second: number): void {
    if (this.#held > 0) this.#options.pass(`… ${this.#held} lines left out …`);
    this.#second = second;
    this.#passed = 0;
    this.#held = 0;
  }
}

export interface GateOptions {
  readonly perSecond: number;
  readonly chars: number;
  readonly pass: (line: string) => void;
}

const cut = (line: string, chars: number): string =>
  line.length > chars ? `${line.slice(0, chars)}…` : line;
