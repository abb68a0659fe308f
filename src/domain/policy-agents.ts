import { didYouMean } from './did-you-mean.ts';
import type { PolicyProblem } from './policy-problem.ts';

/** A provider and how many of its attempts may run at once; null: as many as the repository allows. */
export interface AgentChoice {
  readonly provider: string;
  readonly limit: number | null;
}

/** Every provider that any version knows by name. */
export const KNOWN_PROVIDERS: readonly string[] = [
  'exec',
  'claude-cli',
  'codex-cli',
  'opencode-cli',
  'gemini-cli',
  'qwen-cli',
  'copilot-cli',
  'acp',
];

const MOST_ATTEMPTS = 1000;

/** Reads `claude-cli:2,codex-cli`: providers in order of preference, each with its own limit. */
export function parseAgents(text: string): {
  readonly agents: readonly AgentChoice[];
  readonly problems: readonly PolicyProblem[];
} {
  const agents: AgentChoice[] = [];
  const problems: PolicyProblem[] = [];
  const seen = new Set<string>();
  for (const part of text.split(',').map((piece) => piece.trim())) {
    const choice = parseChoice(part);
    if (typeof choice === 'string') problems.push(problem(choice));
    else if (seen.has(choice.provider)) problems.push(problem(`names \`${choice.provider}\` twice`));
    else agents.push(choice);
    if (typeof choice !== 'string') seen.add(choice.provider);
  }
  return { agents, problems };
}

function parseChoice(part: string): AgentChoice | string {
  const match = /^([A-Za-z0-9._-]+)(?:\s*:\s*(.*))?$/.exec(part);
  const provider = match?.[1];
  if (provider === undefined) {
    return part === ''
      ? 'has an empty entry: write providers such as `exec` or `exec:2`, parted by commas'
      : `has ${JSON.stringify(part)}, which is no provider: write providers such as \`exec\` or \`exec:2\``;
  }
  const limit = match?.[2];
  if (limit === undefined) return { provider, limit: null };
  const number = /^\d{1,4}$/.test(limit) ? Number(limit) : 0;
  if (number >= 1 && number <= MOST_ATTEMPTS) return { provider, limit: number };
  return `gives \`${provider}\` the limit ${JSON.stringify(limit)}: it must be a whole number from 1 to ${MOST_ATTEMPTS}`;
}

/** Why a provider cannot be used, or null where it can. */
export function providerProblem(
  provider: string,
  supported: readonly string[],
): Omit<PolicyProblem, 'path'> | null {
  if (supported.includes(provider)) return null;
  if (KNOWN_PROVIDERS.includes(provider))
    return { message: unsupported(provider, supported), suggestion: null };
  const known = [...new Set([...supported, ...KNOWN_PROVIDERS])];
  return {
    message: `names the unknown provider ${JSON.stringify(provider)}; this version runs ${list(supported)}`,
    suggestion: didYouMean(provider, known),
  };
}

const unsupported = (provider: string, supported: readonly string[]): string =>
  `names \`${provider}\`, which this version does not run yet; it runs only ${list(supported)}. ` +
  'To run any program as the agent, write `agents: exec` and `agent: { command: ["node", "agent.mjs"] }`';

/** Names as a reader likes them: `` `a`, `b` ``. */
export const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

const problem = (message: string): PolicyProblem => ({ path: 'agents', message, suggestion: null });
