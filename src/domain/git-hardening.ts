/*
 * What an agent leaves in a worktree or in the shared git directory can make our own git run its code: hooks, a file
 * system monitor, an included config, a credential helper. These settings close the doors that settings can close, for
 * every git process of ours, in every room. They do not close filter drivers in the repository's own config: the runner
 * restores that file before it trusts it.
 */

/** The whole environment of a git process of ours, but for PATH and what a single command needs. */
export const GIT_ENVIRONMENT = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_LITERAL_PATHSPECS: '1',
  GIT_ALLOW_PROTOCOL: 'file:http:https',
  HOME: '/nonexistent',
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
} as const satisfies Readonly<Record<string, string>>;

/** `-c name=value` of every git command of ours. */
export const GIT_CONFIG: readonly string[] = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.untrackedCache=false',
  'core.attributesFile=/dev/null',
  'core.excludesFile=/dev/null',
  'core.autocrlf=false',
  'core.quotePath=false',
  'credential.helper=',
  'commit.gpgSign=false',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  'diff.ignoreSubmodules=all',
  'advice.detachedHead=false',
  // A collection that git starts by itself goes on in the background and holds locks that nobody knows of.
  'gc.auto=0',
  'maintenance.auto=false',
];

/** Ways to the network that an operator sets for the whole machine: for git that talks to GitHub, never for agents. */
const NETWORK_VARIABLES: readonly string[] = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'all_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
  'GIT_SSL_CAPATH',
];

/** Those of them that are set. */
export function networkEnvironment(from: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(
    NETWORK_VARIABLES.flatMap((name) => {
      const value = from[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** `-c name=value` of git that talks to GitHub: a slow connection is given up, a token never sent on to another host. */
export const GIT_NETWORK_CONFIG: readonly string[] = [
  'http.lowSpeedLimit=1000',
  'http.lowSpeedTime=60',
  'http.followRedirects=false',
];

/** What simple-git must be told to accept, so that it lets these settings pass. */
export const GIT_UNSAFE = {
  allowUnsafeHooksPath: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeTemplateDir: true,
} as const;

/** Names of guarded variables that our own environment sets, for simple-git's `allowEnvironment`. */
export const GIT_ALLOWED_VARIABLES: readonly string[] = [
  ...Object.keys(GIT_ENVIRONMENT),
  'GIT_INDEX_FILE',
  'GIT_CONFIG_COUNT',
  'GIT_CONFIG_KEY_0',
  'GIT_CONFIG_VALUE_0',
  'GIT_AUTHOR_NAME',
  'GIT_AUTHOR_EMAIL',
  'GIT_AUTHOR_DATE',
  'GIT_COMMITTER_NAME',
  'GIT_COMMITTER_EMAIL',
  'GIT_COMMITTER_DATE',
  ...NETWORK_VARIABLES,
];

/**
 * The environment that gives one git process a credential for one address: never in its arguments (everybody on the
 * machine can read those) and never in a file.
 */
export function gitCredential(
  url: string,
  credential: { readonly username: string; readonly token: string },
) {
  const basic = base64(`${credential.username}:${credential.token}`);
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${url}.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
  } as const;
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
