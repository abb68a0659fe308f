import { Terminal, UserFacing } from '../../domain/errors.ts';
import type { GitHubReader } from '../../domain/ports/github-reader.ts';
import type { Repository } from '../../domain/repository.ts';
import { createGitHub, createTokenReader } from '../../github/client.ts';
import { Refusal } from '../../github/errors.ts';
import { type Credentials, readCredentials } from '../credentials.ts';
import { apiUrl, type Env, type LookSettings } from '../settings.ts';

/** A repository, and who may look at it. */
export interface Access {
  readonly reader: GitHubReader;
  readonly repository: Repository;
  /** For git: a token that may read the repository's contents. */
  readonly token: () => Promise<string>;
}

/** What proves to GitHub who looks. */
export type Proof =
  | { readonly kind: 'token'; readonly variable: string; readonly token: string }
  | ({ readonly kind: 'app' } & Credentials);

const CANNOT = 'cannot look at GitHub';
const TOKENS: readonly string[] = ['GITHUB_TOKEN', 'GH_TOKEN'];

/** Somebody's token, else the App's own key. Throws UserFacing with the remedy where there is neither. */
export function proofOf(env: Env): Proof {
  for (const variable of TOKENS) {
    const token = env[variable]?.trim();
    if (token) return { kind: 'token', variable, token };
  }
  const credentials = readCredentials(env, CANNOT);
  if (credentials) return { kind: 'app', ...credentials };
  throw new UserFacing(
    `${CANNOT}: set GITHUB_TOKEN to a token that can read the repository's issues and contents ("gh auth token" prints one), or APP_ID and PRIVATE_KEY of the App`,
  );
}

/** Finds the repository. Throws UserFacing where it is not there or may not be seen. */
export async function accessTo(
  { owner, name }: { readonly owner: string; readonly name: string },
  given: { readonly proof: Proof; readonly settings: LookSettings; readonly onCall: () => void },
): Promise<Access> {
  const { proof, settings, onCall } = given;
  const calls = { baseUrl: apiUrl(settings.github), userAgent: 'heddle', onCall };
  const where = settings.github.host ?? 'github.com';
  if (proof.kind === 'token') {
    const reader = createTokenReader({ ...calls, token: proof.token });
    const repository = await reader.repositoryNamed(owner, name);
    if (repository) return { reader, repository, token: async () => proof.token };
    throw new UserFacing(
      `${where} has no repository ${owner}/${name}, or the token in ${proof.variable} may not see it: check the name and what the token has access to`,
    );
  }
  const { appId, privateKey } = proof;
  const github = createGitHub({ ...calls, appId, privateKey });
  const installationId = await github.app.installationOf(owner, name);
  const reader = installationId === null ? null : github.reader(installationId);
  const repository = reader && (await reader.repositoryNamed(owner, name));
  if (reader && repository) {
    const request = { ...repository.key, permissions: { contents: 'read' } } as const;
    return { reader, repository, token: () => github.token(request) };
  }
  throw new UserFacing(
    `the App is not installed on ${owner}/${name}, or ${where} has no such repository: install it there, or set GITHUB_TOKEN to a token that can read it`,
  );
}

/** An error of GitHub in words for whoever called the command; others as they are. */
export function explained(error: unknown, proof: Proof): unknown {
  if (!(error instanceof Terminal)) return error;
  const status = error instanceof Refusal ? error.status : null;
  if (proof.kind === 'app' || (status !== 401 && status !== 403)) return error;
  const cause = { cause: error };
  return status === 401
    ? new UserFacing(`GitHub does not know the token in ${proof.variable}: it is wrong or has run out`, cause)
    : new UserFacing(
        `the token in ${proof.variable} may not read all that is needed (issues, contents, metadata): ${error.message.replace(/\. Grant the App.*$/, '')}`,
        cause,
      );
}
