import { NO_SURVEY } from '../../coordinator/clues.ts';
import { observe } from '../../coordinator/observe.ts';
import { foresee } from '../../decide/foreseeing.ts';
import { previewOf } from '../../decide/preview.ts';
import type { Facts, Memory, PolicyFact } from '../../domain/facts.ts';
import { NOTHING_KNOWN } from '../../domain/facts.ts';
import type { PlanProblem } from '../../domain/plan.ts';
import { ALL_SUPPORT, type PolicyProblem } from '../../domain/policy.ts';
import type { GitHubReader } from '../../domain/ports/github-reader.ts';
import { Refusal } from '../../github/errors.ts';
import { PlanError } from '../../plan/plan-error.ts';
import type { Preview } from '../../render/plan/preview-view.ts';
import { parsePolicyFile } from '../../repository/policy-file.ts';
import { readPastAttempts } from '../../store/read-only.ts';
import { dataDirOf, type LookSettings, SUPPORTED } from '../settings.ts';
import type { Access } from './access.ts';

/** What a look at a repository shows. */
export interface Look {
  readonly view: Preview;
  /** What is not as somebody might think; whole sentences. */
  readonly notes: readonly string[];
}

/**
 * Reads a repository as the App does, and decides as the App would; nothing is written. Throws PlanError where the
 * repository's policy cannot be used.
 */
export async function lookAt(access: Access, settings: LookSettings): Promise<Look> {
  const notes = new Set<string>();
  const now = Date.now();
  const pastAttempts = await readPastAttempts(dataDirOf(process.env), access.repository.key.repositoryId);
  const memory: Memory = { ...NOTHING_KNOWN, commentsSince: now, pastAttempts };
  notes.add(
    'Commands in comments, such as /parallel depends-on or /parallel priority, are not known without the data of the server',
  );
  const observer = {
    github: () => forgiving(access.reader, (note) => notes.add(note)),
    parsePolicy: (file: Parameters<typeof parsePolicyFile>[0]) => policyOf(file, (note) => notes.add(note)),
    survey: NO_SURVEY,
    now: () => now,
    hosts: [settings.github.host ?? 'github.com'],
  };
  const world = await observe(observer, access.repository.key, { memory, previous: null });
  if (world.policy.kind === 'invalid') throw new PlanError(world.policy.problems.map(policyProblem));
  if (world.repository.readOnly) notes.add('The repository is archived or disabled: nothing starts in it');
  const facts: Facts = { now, settings: { ...NOBODY, workers: settings.workers }, world, memory };
  const foreseen = foresee(facts);
  const view = previewOf(foreseen, foreseen.memory.runs);
  if (view === null) throw new PlanError([]);
  return { view, notes: [...notes] };
}

/** A server that is only imagined. */
const NOBODY = {
  appLogin: '',
  quietMs: 0,
  backoffMs: 0,
  trackingMs: 0,
  sandbox: 'none',
  capabilities: [],
} as const;

/** Who may write is told to those who may write; for anybody else it is taken as read. */
function forgiving(reader: GitHubReader, tell: (note: string) => void): GitHubReader {
  return {
    ...reader,
    permission: async (repository, login) => {
      try {
        return await reader.permission(repository, login);
      } catch (error) {
        if (!(error instanceof Refusal) || error.status !== 403) throw error;
        tell(
          'The token may not ask who may write: whoever labelled an issue is taken to have been allowed to',
        );
        return 'write';
      }
    },
  };
}

/** A policy that asks for what this version cannot run still says how to plan. */
function policyOf(file: Parameters<typeof parsePolicyFile>[0], tell: (note: string) => void): PolicyFact {
  const strict = parsePolicyFile(file, SUPPORTED);
  if (strict.kind === 'valid') return strict;
  const lenient = parsePolicyFile(file, ALL_SUPPORT);
  if (lenient.kind === 'invalid') return strict;
  const why = strict.problems.map(problemText).join('; ');
  tell(`The App would start nothing yet: ${why}`);
  return lenient;
}

const POLICY = '.github/parallel.yml';

const policyProblem = (problem: PolicyProblem): PlanProblem => ({
  kind: 'invalid',
  path: problem.path === '' ? POLICY : `${POLICY}: ${problem.path}`,
  message: problemText(problem),
});

function problemText({ path, message, suggestion }: PolicyProblem): string {
  const meant = suggestion === null ? '' : `; did you mean ${JSON.stringify(suggestion)}?`;
  return `${POLICY}${path === '' ? '' : `: ${path}`} ${message}${meant}`;
}
