import { messageOf, Retryable, Terminal } from '../domain/errors.ts';
import { GitFailed } from './git.ts';

/**
 * The class of what went wrong while git talked to GitHub. What is not known to be final may be tried again: most of it
 * is a network that breaks in one of many ways.
 */
export function classified(error: unknown): Retryable | Terminal {
  if (error instanceof Retryable || error instanceof Terminal) return error;
  const said = messageOf(error);
  // No cause: git's own error is the message, and what else it knows may hold a token.
  if (error instanceof GitFailed && FORBIDDEN.test(said)) return new Terminal(`${said}\n${REMEDY}`);
  if (error instanceof GitFailed && FINAL.test(said)) return new Terminal(said);
  return error instanceof GitFailed ? new Retryable(said) : new Retryable(said, { cause: error });
}

const FORBIDDEN = /returned error: 403|Write access to repository not granted|Permission to \S+ denied/i;
const FINAL = /returned error: (404|410)|repository\b.* not found|spawn git ENOENT/i;
const REMEDY =
  'Grant the App the permission contents:write, and let the owner of the installation accept it.';

/** Whether GitHub refused the token itself, not what it may do. */
export const isUnknownToken = (error: unknown): boolean =>
  error instanceof GitFailed &&
  /Authentication failed|could not read (Username|Password)|Invalid username or (token|password)|returned error: 401/i.test(
    error.message,
  );

/** What a push did to its one ref. */
export type PushAnswer =
  | { readonly kind: 'moved' }
  /** It is not where it was expected to be. */
  | { readonly kind: 'stale' }
  /** There is no such branch to delete. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'declined'; readonly reason: string };

/** Reads `git push --porcelain`; null: it did not come to an answer for the ref. */
export function readPush(stdout: string, stderr: string): PushAnswer | null {
  const line = stdout.split('\n').find((one) => /^[ +\-*=!]\t/.test(one));
  if (/remote ref does not exist/.test(`${line ?? ''}${stderr}`)) return { kind: 'gone' };
  if (line === undefined) return null;
  const [flag = '', , summary = ''] = line.split('\t');
  if (flag !== '!') return { kind: 'moved' };
  if (/stale info|fetch first|non-fast-forward/.test(summary)) return { kind: 'stale' };
  // Two pushes at the very same moment: GitHub refuses one of them.
  if (/cannot lock ref|failed to update ref|reference already exists/.test(summary)) return { kind: 'stale' };
  if (!/^\[remote rejected\]/.test(summary)) return null;
  return { kind: 'declined', reason: reasonOf(summary, stderr) };
}

/** GitHub says why on lines that begin with `remote:`. */
function reasonOf(summary: string, stderr: string): string {
  const remote = stderr
    .split('\n')
    .flatMap((line) => /^remote:\s*(?:error:\s*)?(.*\S)\s*$/.exec(line)?.[1] ?? []);
  return [summary.replace('[remote rejected] ', ''), ...remote].join('; ');
}
