import { observe } from '../../coordinator/observe.ts';
import { foresee } from '../../decide/foreseeing.ts';
import { previewOf } from '../../decide/preview.ts';
import { UserFacing } from '../../domain/errors.ts';
import type { Facts, Memory, PolicyFact } from '../../domain/facts.ts';
import { NOTHING_KNOWN } from '../../domain/facts.ts';
import type { RepositoryKey } from '../../domain/ids.ts';
import type { PlanProblem } from '../../domain/plan.ts';
import { ALL_SUPPORT, type PolicyProblem } from '../../domain/policy.ts';
import type { CodeSurvey } from '../../domain/ports/code-survey.ts';
import type { GitHubReader } from '../../domain/ports/github-reader.ts';
import { Refusal } from '../../github/errors.ts';
import { PlanError } from '../../plan/plan-error.ts';
import type { Preview } from '../../render/plan/preview-view.ts';
import { type PolicyFile, parsePolicyFile } from '../../repository/policy-file.ts';
import { hasDatabase, readKnown } from '../../store/read-only.ts';
import { type LookSettings, SUPPORTED } from '../settings.ts';
import type { Access } from './access.ts';
import { searched } from './searching.ts';

/** What a look is made with. */
export interface LookTools {
  readonly access: Access;
  readonly settings: LookSettings;
  readonly survey: CodeSurvey;
  /** How long to search for a shorter plan of each run; null: as long as the server does. */
  readonly budgetMs: number | null;
  /** Told of what is not as somebody might think. */
  readonly tell: (note: string) => void;
}

/**
 * Reads a repository as the App does, and decides as the App would; nothing is written. Throws PlanError where the
 * repository's policy cannot be used.
 */
export async function lookAt({ access, settings, survey, budgetMs, tell }: LookTools): Promise<Preview> {
  const now = Date.now();
  const { key } = access.repository;
  const memory = await memoryOf(settings.dataDir, { key, now, tell });
  const observer = {
    github: () => forgiving(access.reader, tell),
    parsePolicy: (file: PolicyFile | null) => policyOf(file, tell),
    survey,
    now: () => now,
    hosts: [settings.github.host ?? 'github.com'],
  };
  const world = await observe(observer, key, { memory, previous: null });
  if (world.policy.kind === 'invalid') throw new PlanError(world.policy.problems.map(policyProblem));
  if (world.repository.readOnly) tell('The repository is archived or disabled: nothing starts in it');
  const facts: Facts = { now, settings: { ...NOBODY, ...settings }, world, memory };
  const foreseen = await searched(foresee(facts), budgetMs);
  const preview = previewOf(foreseen, foreseen.memory.runs);
  if (preview === null) throw new PlanError([]);
  return preview;
}

/** What a server on this data folder knows; where there is none, commands and history are not known. */
async function memoryOf(
  dataDir: string,
  of: { readonly key: RepositoryKey; readonly now: number; readonly tell: (note: string) => void },
): Promise<Memory> {
  try {
    if (hasDatabase(dataDir)) return await readKnown(dataDir, of.key, of.now);
    of.tell(
      'Commands in comments, such as /parallel depends-on or /parallel priority, and times of earlier work are not known without the data of the server (HEDDLE_DATA_DIR)',
    );
  } catch (error) {
    if (!(error instanceof UserFacing)) throw error;
    of.tell(
      `Commands in comments and times of earlier work are not known. ${error.message.replace(/\.$/, '')}`,
    );
  }
  return { ...NOTHING_KNOWN, commentsSince: of.now };
}

/** A server that is only imagined. */
const NOBODY = {
  appLogin: '',
  quietMs: 0,
  backoffMs: 0,
  trackingMs: 0,
  sandbox: 'none',
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
function policyOf(file: PolicyFile | null, tell: (note: string) => void): PolicyFact {
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
