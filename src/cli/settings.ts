import os from 'node:os';
import path from 'node:path';
import { UserFacing } from '../domain/errors.ts';

/** How this server is set up, from its environment. Times are milliseconds. */
export interface ServerSettings {
  readonly dataDir: string;
  readonly workers: number;
  /** What the worker in this process can do, for labels that require it. */
  readonly capabilities: readonly string[];
  readonly sandbox: 'none';
  readonly envAllow: readonly string[];
  readonly quietMs: number;
  readonly resyncMs: number;
  readonly backoffMs: number;
  readonly settleMs: number;
  readonly trackingMs: number;
  readonly github: { readonly protocol: string; readonly host: string | null };
  /** `none`: writes are not spread over time; for an enterprise server without rate limits. */
  readonly rateLimits: 'github' | 'none';
}

/** What of it matters to whoever only looks. */
export type LookSettings = Pick<ServerSettings, 'dataDir' | 'workers' | 'capabilities' | 'github'>;

export type Env = Readonly<Record<string, string | undefined>>;

/** Variables that the agents' own command lines read for their keys; `HEDDLE_ENV_ALLOW` replaces the list. */
const AGENT_KEYS = [
  'ANTHROPIC_API_KEY',
  'OPENAI_API_KEY',
  'GEMINI_API_KEY',
  'CODEX_API_KEY',
  'ANTHROPIC_BASE_URL',
  'OPENAI_BASE_URL',
];

/** Reads and checks the environment. Throws one UserFacing error that names every wrong variable. */
export function readSettings(env: Env): ServerSettings {
  const problems: string[] = [];
  const number = (name: string, fallback: number): number => wholeNumber(env, problems, { name, fallback });
  const settings: ServerSettings = {
    dataDir: dataDirOf(env),
    workers: workersOf(env, problems),
    capabilities: namesOf(env.HEDDLE_CAPABILITIES ?? ''),
    sandbox: sandboxOf(env, problems),
    envAllow: env.HEDDLE_ENV_ALLOW === undefined ? AGENT_KEYS : namesOf(env.HEDDLE_ENV_ALLOW),
    quietMs: number('HEDDLE_QUIET_MS', 5_000),
    resyncMs: wholeNumber(env, problems, RESYNC) * 1_000,
    backoffMs: number('HEDDLE_BACKOFF_MS', 10_000),
    settleMs: number('HEDDLE_SETTLE_MS', 3_000),
    trackingMs: number('HEDDLE_TRACKING_MS', 5_000),
    github: githubOf(env, problems),
    rateLimits: rateLimitsOf(env, problems),
  };
  checkStock(env, problems);
  if (env.DATABASE_URL)
    problems.push('DATABASE_URL is set, but this version keeps its store in HEDDLE_DATA_DIR only; unset it');
  if (problems.length > 0) throw new UserFacing(`cannot start: ${problems.join('; ')}`);
  return settings;
}

/** The same of the environment of a command that only looks. Throws one UserFacing error. */
export function readLookSettings(env: Env): LookSettings {
  const problems: string[] = [];
  const settings: LookSettings = {
    dataDir: path.resolve(env.HEDDLE_DATA_DIR || '.heddle'),
    workers: workersOf(env, problems),
    capabilities: namesOf(env.HEDDLE_CAPABILITIES ?? ''),
    github: githubOf(env, problems),
  };
  if (problems.length > 0) throw new UserFacing(problems.join('; '));
  return settings;
}

/** Where the server keeps its store, mirrors, worktrees and logs. */
export const dataDirOf = (env: Env): string => path.resolve(env.HEDDLE_DATA_DIR || '.heddle');

/** At least one second: a timer of none would never rest. At most a day. */
const RESYNC = { name: 'HEDDLE_RESYNC_SECONDS', fallback: 60, min: 1, max: 86_400 };

function wholeNumber(
  env: Env,
  problems: string[],
  of: { name: string; fallback: number; min?: number; max?: number; or?: string },
): number {
  const { name, fallback, min = 0, max = 999_999_999, or = '' } = of;
  const given = env[name];
  if (given === undefined || given === '') return fallback;
  if (/^\d{1,9}$/.test(given) && Number(given) >= min && Number(given) <= max) return Number(given);
  problems.push(`${name}=${JSON.stringify(given)} is not a whole number from ${min} to ${max}${or}`);
  return fallback;
}

function workersOf(env: Env, problems: string[]): number {
  if (env.HEDDLE_WORKERS === 'auto') return autoWorkers();
  const of = { name: 'HEDDLE_WORKERS', fallback: autoWorkers(), max: 1_000, or: ', or auto' };
  return wholeNumber(env, problems, of);
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

/** Variables that Probot reads, and would stumble over. */
function checkStock(env: Env, problems: string[]): void {
  wholeNumber(env, problems, { name: 'PORT', fallback: 3000, min: 1, max: 65_535 });
  const { LOG_LEVEL: level } = env;
  if (level && !LOG_LEVELS.includes(level))
    problems.push(`LOG_LEVEL=${JSON.stringify(level)} is none of ${LOG_LEVELS.join(', ')}`);
}

function githubOf(
  { GHE_HOST: host, GHE_PROTOCOL: protocol }: Env,
  problems: string[],
): ServerSettings['github'] {
  if (protocol && protocol !== 'https' && protocol !== 'http')
    problems.push(`GHE_PROTOCOL=${JSON.stringify(protocol)} is neither https nor http`);
  if (host && !/^[^\s/@?#]+$/.test(host))
    problems.push(`GHE_HOST=${JSON.stringify(host)} is not a host name; write it as github.example.com`);
  return { protocol: protocol || 'https', host: host || null };
}

/** Where concurrency starts with `auto`: min(cores − 1, memory / 2 GiB, 4), at least 1. */
function autoWorkers(): number {
  return Math.max(1, Math.min(os.availableParallelism() - 1, Math.floor(os.totalmem() / 2 ** 31), 4));
}

function rateLimitsOf(env: Env, problems: string[]): 'github' | 'none' {
  const given = env.HEDDLE_RATE_LIMITS || 'github';
  if (given === 'github') return given;
  if (given !== 'none') problems.push(`HEDDLE_RATE_LIMITS=${JSON.stringify(given)} must be github or none`);
  else if (!env.GHE_HOST)
    problems.push(
      'HEDDLE_RATE_LIMITS=none is only for an enterprise server (GHE_HOST): github.com has limits',
    );
  return 'none';
}

function sandboxOf(env: Env, problems: string[]): 'none' {
  const given = env.HEDDLE_SANDBOX || 'auto';
  if (given !== 'none') {
    problems.push(
      `HEDDLE_SANDBOX=${given} is not available in this version: agents run without a sandbox, with the rights of this server; set HEDDLE_SANDBOX=none to accept that`,
    );
  }
  return 'none';
}

const namesOf = (list: string): readonly string[] => list.split(/[\s,]+/).filter((name) => name !== '');

/** Where the API of a GitHub is. */
export const apiUrl = ({ protocol, host }: ServerSettings['github']): string =>
  host === null ? 'https://api.github.com' : `${protocol}://${host}/api/v3`;

/** What this version can do; a policy that asks for more is told so. */
export const SUPPORTED = { providers: ['exec'], executors: ['local'] } as const;
