import { readFileSync } from 'node:fs';

export const HELP = `heddle: a GitHub App that plans issues labelled "parallel", runs coding agents side by side
in git worktrees, and lands their pull requests in the right order.

Usage: heddle <command>

  serve      serve the App (the same as npm start)
  help       show this text
  version    show the version

Environment of serve:
  APP_ID, PRIVATE_KEY or PRIVATE_KEY_PATH, WEBHOOK_SECRET     the GitHub App
  GHE_HOST, GHE_PROTOCOL                                      a GitHub Enterprise Server
  HOST, PORT, LOG_LEVEL, WEBHOOK_PROXY_URL                    the server
  HEDDLE_DATA_DIR         database, mirrors, worktrees, logs (.heddle)
  HEDDLE_WORKERS          attempts at once in this process: a number, auto, or 0 (auto)
  HEDDLE_SANDBOX          must be none in this version: agents run with the rights of the server
  HEDDLE_ENV_ALLOW        names of variables that reach agents (the agents' own keys)
  HEDDLE_QUIET_MS         quiet time before labelled issues are planned (5000)
  HEDDLE_RESYNC_SECONDS   how often open runs are looked at without an event (60)
  HEDDLE_BACKOFF_MS       first pause before a failed task is tried again (10000)
  HEDDLE_TRACKING_MS      least time between two edits of a tracking issue (5000)
  HEDDLE_SETTLE_MS        how long GitHub's lists may lag behind its writes (3000)
  HEDDLE_RATE_LIMITS      whose limits writes keep: github, or none on an enterprise server without (github)`;

export function versionText(): string {
  const file: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof file === 'object' && file !== null && 'version' in file ? String(file.version) : 'unknown';
}
