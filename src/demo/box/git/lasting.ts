/*
 * What git says about commits that are named in full never changes, and the box asks for the same again and again: how
 * large a pull request is, whether it merges. A process of git takes longer than all the rest of a request.
 */

const COMMANDS = new Set(['diff', 'log', 'merge-base', 'merge-tree', 'rev-list', 'rev-parse']);

/** Whether a command only asks about objects by their whole names: by `a`, `^a`, `a^{commit}`, `a:path`, `a...b`. */
export function isLasting([command = '', ...rest]: readonly string[]): boolean {
  const names = rest.filter((word) => !word.startsWith('-'));
  return COMMANDS.has(command) && names.length > 0 && names.every((name) => WHOLE.test(name));
}

/** Whether it will not answer otherwise later: what is missing may still be pushed. */
export function isFinal([command]: readonly string[], exitCode: number): boolean {
  return exitCode === 0 || (exitCode === 1 && (command === 'merge-base' || command === 'merge-tree'));
}

const WHOLE = /^\^?[0-9a-f]{40}(\^\{(commit|tree)\}|:.+|\.{2,3}[0-9a-f]{40})?$/s;

/** The newest answers, by question; a thousand of them. */
export class Answers<Answer> {
  readonly #known = new Map<string, Answer>();

  get(question: string): Answer | undefined {
    return this.#known.get(question);
  }

  keep(question: string, answer: Answer): void {
    this.#known.set(question, answer);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest);
  }
}

const MOST = 1_000;
