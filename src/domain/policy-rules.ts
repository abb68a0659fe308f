import { didYouMean } from './did-you-mean.ts';
import { list, parseAgents, providerProblem } from './policy-agents.ts';
import { type PolicyProblem, type PolicySupport, pathText } from './policy-problem.ts';
import type { PolicyData } from './policy-schema.ts';

/** A rule over sections whose form is right; it is left out while one of them is wrong. */
interface Rule {
  readonly needs: readonly (keyof PolicyData)[];
  readonly check: (data: PolicyData, supported: PolicySupport) => readonly PolicyProblem[];
}

/** What the schema cannot say: providers and executors of this version, sections that need one another. */
export function ruleProblems(
  data: PolicyData,
  supported: PolicySupport,
  wrong: ReadonlySet<string>,
): PolicyProblem[] {
  const sound = RULES.filter((rule) => rule.needs.every((section) => !wrong.has(section)));
  return sound.flatMap((rule) => rule.check(data, supported));
}

const RULES: readonly Rule[] = [
  { needs: ['agents'], check: agentsRule },
  { needs: ['agents', 'agent'], check: execRule },
  { needs: ['executor'], check: executorRule },
  { needs: ['labels'], check: labelsRule },
  { needs: ['overlap'], check: overlapRule },
  { needs: ['start'], check: (data) => later(data.start === 'verified', 'start', 'verified', 'merged') },
  { needs: ['approval'], check: (data) => later(data.approval === 'batch', 'approval', 'batch', 'plan') },
  { needs: ['merge'], check: (data) => later(data.merge.unified, 'merge.unified', 'true', 'false') },
  { needs: ['dependencies'], check: lateRule },
  { needs: ['budget'], check: budgetRule },
];

function agentsRule(data: PolicyData, supported: PolicySupport): readonly PolicyProblem[] {
  const { agents, problems } = parseAgents(data.agents);
  const unfit = agents.flatMap(({ provider }) => {
    const found = providerProblem(provider, supported.providers);
    return found === null ? [] : [{ path: 'agents', ...found }];
  });
  return [...problems, ...unfit];
}

function execRule(data: PolicyData): readonly PolicyProblem[] {
  const wanted = parseAgents(data.agents).agents.some(({ provider }) => provider === 'exec');
  if (wanted && data.agent === null) {
    const message = 'is missing: the provider `exec` needs the program to run, such as ["node", "agent.mjs"]';
    return [{ path: 'agent.command', message, suggestion: null }];
  }
  const program = data.agent?.command[0];
  if (program === undefined || program.trim() !== '') return [];
  return [{ path: 'agent.command[0]', message: 'must name a program, but is empty', suggestion: null }];
}

/** Every executor that any version knows by name. */
export const KNOWN_EXECUTORS: readonly string[] = ['local', 'fleet', 'actions', 'mcp'];

function executorRule(data: PolicyData, supported: PolicySupport): readonly PolicyProblem[] {
  const { executor } = data;
  if (supported.executors.includes(executor)) return [];
  const known = KNOWN_EXECUTORS.includes(executor);
  const fault = known ? 'which this version does not run yet' : 'which is no executor';
  const message = `is ${JSON.stringify(executor)}, ${fault}; this version runs only ${list(supported.executors)}`;
  return [{ path: 'executor', message, suggestion: known ? null : didYouMean(executor, KNOWN_EXECUTORS) }];
}

function labelsRule(data: PolicyData, supported: PolicySupport): readonly PolicyProblem[] {
  return Object.entries(data.labels).flatMap(([label, { agent }]) => {
    const unfit = agent === null ? null : providerProblem(agent, supported.providers);
    return unfit === null ? [] : [{ path: pathText(['labels', label, 'agent']), ...unfit }];
  });
}

function overlapRule(data: PolicyData): readonly PolicyProblem[] {
  const { warn, exclusive } = data.overlap;
  if (warn <= exclusive) return [];
  const message = `must not be above \`overlap.exclusive\` (${exclusive}), but is ${warn}`;
  return [{ path: 'overlap.warn', message, suggestion: null }];
}

function lateRule(data: PolicyData): readonly PolicyProblem[] {
  const { late: value } = data.dependencies;
  return later(value !== 'finish', 'dependencies.late', value, 'finish');
}

function budgetRule(data: PolicyData): readonly PolicyProblem[] {
  const { run, day, repository } = data.budget;
  return Object.entries({ run, day, repository })
    .filter(([, usd]) => usd !== null)
    .map(([key]) => ({
      path: `budget.${key}`,
      message: 'is not supported by this version yet; leave it out',
      suggestion: null,
    }));
}

/** A value that the file's form has, and this version does not carry out: said, never ignored. */
function later(used: boolean, path: string, value: string, instead: string): readonly PolicyProblem[] {
  if (!used) return [];
  const message = `is \`${value}\`, which this version does not support yet; use \`${instead}\``;
  return [{ path, message, suggestion: null }];
}
