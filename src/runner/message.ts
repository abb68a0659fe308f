import type { AttemptOrder } from '../domain/outcome.ts';

const BODY_CHARS = 2_000;

/** The commit's message: the title that the order names, the agent's words, and trailers by which it is found again. */
export function commitMessage(order: AttemptOrder, summary: string | null): string {
  const said = summary === null ? '' : harmless(summary).slice(0, BODY_CHARS).trim();
  const trailers = [
    `Heddle-Issue: ${order.issue}`,
    `Heddle-Attempt: ${order.number}`,
    `Heddle-Kind: ${order.kind}`,
  ];
  return [order.title, ...(said === '' ? [] : [said]), trailers.join('\n')].join('\n\n');
}

/**
 * An agent's words must not act: no issue closed, nobody notified, no check skipped, no trailer forged by a commit
 * message on the default branch.
 */
const harmless = (text: string): string =>
  text
    .replace(/(#|\bGH-)(?=\d)/gi, 'no. ')
    .replace(/https?:\/\//gi, '')
    .replace(/@(?=\w)/g, '')
    .replace(/\[(skip [\w-]+|[\w-]+ skip|no ci)\]/gi, '$1')
    .replace(/^skip-checks:/gim, 'skip checks:')
    .replace(/^([\w-]+):(?= )/gm, '$1 -')
    .replace(/\r/g, '');
