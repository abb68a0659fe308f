import { type AgentChoice, KNOWN_PROVIDERS, parseAgents } from './policy-agents.ts';
import { nameProblems, schemaProblems } from './policy-form.ts';
import type { PolicyProblem, PolicySupport } from './policy-problem.ts';
import { KNOWN_EXECUTORS, ruleProblems } from './policy-rules.ts';
import { POLICY_SCHEMA, type PolicyData } from './policy-schema.ts';

export { DEFAULT_POLICY_DATA } from './policy-schema.ts';
export type { AgentChoice, PolicyProblem, PolicySupport };

/** What any version runs: for those who read a policy and start nothing. */
export const ALL_SUPPORT: PolicySupport = { providers: KNOWN_PROVIDERS, executors: KNOWN_EXECUTORS };

/** A repository's `.github/parallel.yml`, checked, with every default filled in. Times are minutes. */
export type Policy = DeepReadonly<Omit<PolicyData, 'agents'>> & {
  /** Providers in order of preference, each with its own limit; null: no limit of its own. */
  readonly agents: readonly AgentChoice[];
};

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

export type PolicyCheck =
  | { readonly kind: 'valid'; readonly policy: Policy }
  | { readonly kind: 'invalid'; readonly problems: readonly PolicyProblem[] };

/** Checks the parsed file and answers every problem at once. An empty file is all defaults. Never throws. */
export function validatePolicy(data: unknown, supported: PolicySupport): PolicyCheck {
  const given = data ?? {};
  const names = nameProblems(given);
  const whole = POLICY_SCHEMA.safeParse(given, { reportInput: true });
  if (whole.success) return judge(whole.data, supported, names);
  const wrong = new Set(whole.error.issues.map((issue) => String(issue.path[0] ?? '')));
  const problems = [...names, ...schemaProblems(whole.error.issues)];
  // What is no mapping at all says nothing about any section.
  if (!isMapping(given)) return { kind: 'invalid', problems };
  const rest = POLICY_SCHEMA.safeParse(soundPart(given, wrong));
  if (rest.success) problems.push(...ruleProblems(rest.data, supported, wrong));
  return { kind: 'invalid', problems };
}

function judge(data: PolicyData, supported: PolicySupport, names: readonly PolicyProblem[]): PolicyCheck {
  const problems = [...names, ...ruleProblems(data, supported, new Set())];
  if (problems.length > 0) return { kind: 'invalid', problems };
  return { kind: 'valid', policy: { ...data, agents: parseAgents(data.agents).agents } };
}

const isMapping = (data: unknown): data is object =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

/** The sections without a problem of form, so that the other rules can look at them at the same time. */
function soundPart(data: object, wrong: ReadonlySet<string>): unknown {
  return Object.fromEntries(
    Object.entries(data).filter(([key]) => Object.hasOwn(POLICY_SCHEMA.shape, key) && !wrong.has(key)),
  );
}
