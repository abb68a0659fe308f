import type { AttemptOrder } from '../../domain/outcome.ts';
import { TASK_MARKER } from '../markers.ts';
import type { TaskPlace } from '../paths.ts';

/** What every program may know. */
const PLAIN = /^(PATH|LANG|LC_[A-Z]+|TERM|TZ)$/;

/**
 * What no agent, hook or verify command gets to see, whatever the operator allows: tokens of GitHub, the App's own
 * secrets, and what would redirect git.
 */
const FORBIDDEN =
  /^(GIT_|ACTIONS_|HEDDLE_)|(GITHUB|^GH)_.*(TOKEN|PAT|SECRET|KEY)|(GITHUB|^GH)_?(TOKEN|PAT)|^(APP_ID|PRIVATE_KEY|PRIVATE_KEY_PATH|WEBHOOK_SECRET|DATABASE_URL)$/i;

export interface EnvironmentRequest {
  readonly order: Pick<AttemptOrder, 'issue' | 'number' | 'kind'>;
  readonly place: TaskPlace;
  readonly promptFile: string;
  /** Names that the operator lets through. */
  readonly allow: readonly string[];
  readonly from: Readonly<Record<string, string | undefined>>;
}

/** The whole environment of agents, hooks and verify commands: an allow-list, never what is left after removing. */
export function taskEnvironment(request: EnvironmentRequest): Readonly<Record<string, string>> {
  const { order, place } = request;
  return {
    ...allowed(request),
    HOME: place.home,
    [TASK_MARKER]: place.home,
    HEDDLE_ISSUE: String(order.issue),
    HEDDLE_ATTEMPT: String(order.number),
    HEDDLE_KIND: order.kind,
    HEDDLE_PROMPT_FILE: request.promptFile,
  };
}

/** Names that the operator allows and that are never passed on, for a warning at start. */
export const refusedNames = (names: readonly string[]): readonly string[] =>
  names.filter((name) => FORBIDDEN.test(name));

function allowed({ allow, from }: EnvironmentRequest): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(from)) {
    if (value === undefined || FORBIDDEN.test(name)) continue;
    if (PLAIN.test(name) || allow.includes(name)) passed[name] = value;
  }
  return passed;
}

/** Too short to be a secret, and sure to stand in harmless text. */
const SHORTEST_SECRET = 8;

/** Hides the values of the operator's variables in text that leaves the machine: agents and tests print them. */
export function hideSecrets({ allow, from }: Pick<EnvironmentRequest, 'allow' | 'from'>) {
  const secrets = allow
    .map((name) => ({ name, value: from[name] ?? '' }))
    .filter(({ name, value }) => value.length >= SHORTEST_SECRET && !PLAIN.test(name));
  return (text: string): string =>
    secrets.reduce((hidden, { name, value }) => hidden.replaceAll(value, `[${name}]`), text);
}
