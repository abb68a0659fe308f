import { readFileSync } from 'node:fs';

export const HELP = `heddle: a GitHub App that plans issues labelled "parallel", runs coding agents side by side
in git worktrees, and lands their pull requests in the right order.

Usage: heddle <command>

  serve      serve the App (the same as npm start)
  plan       plan the tasks of a file, or dry-run the labelled issues of a repository ("heddle plan --help")
  report     what the server has done, and how well it was predicted ("heddle report --help")
  help       show this text
  version    show the version

Environment of serve:
  APP_ID, PRIVATE_KEY or PRIVATE_KEY_PATH, WEBHOOK_SECRET     the GitHub App
  GHE_HOST, GHE_PROTOCOL                                      a GitHub Enterprise Server
  HOST, PORT, LOG_LEVEL, WEBHOOK_PROXY_URL                    the server
  HEDDLE_DATA_DIR         database, mirrors, worktrees, logs (.heddle)
  HEDDLE_WORKERS          attempts at once in this process: a number, auto, or 0 (auto)
  HEDDLE_CAPABILITIES     what this worker can do, for labels that require it: names, parted by commas
  HEDDLE_SANDBOX          must be none in this version: agents run with the rights of the server
  HEDDLE_ENV_ALLOW        names of variables that reach agents (the agents' own keys)
  HEDDLE_QUIET_MS         quiet time before labelled issues are planned (5000)
  HEDDLE_RESYNC_SECONDS   how often open runs are looked at without an event (60)
  HEDDLE_BACKOFF_MS       first pause before a failed task is tried again (10000)
  HEDDLE_TRACKING_MS      least time between two edits of a tracking issue (5000)
  HEDDLE_SETTLE_MS        how long GitHub's lists may lag behind its writes (3000)
  HEDDLE_RATE_LIMITS      whose limits writes keep: github, or none on an enterprise server without (github)`;

export const PLAN_HELP = `heddle plan: who does what when, so that all is done as early as possible, and why a task waits.

Usage: heddle plan FILE [--workers N] [--budget-ms N] [--json | --mermaid] [--svg FILE]
       heddle plan --repo owner/name [the same options]

  FILE             JSON with tasks and workers; - reads standard input
  --repo O/N       a dry run: what the App would do with the issues of a repository on GitHub that have the label
                   "parallel", and why. It writes nothing
  --no-survey      do not read the repository's files and history: overlaps are then seen of named paths alone
  --workers N      this many equal workers, instead of those in the file; with --repo attempts at once,
                   instead of HEDDLE_WORKERS
  --budget-ms N    how long to search for a shorter plan, in milliseconds (300)
  --json           print the plan as one JSON document
  --mermaid        print the tasks and what they wait for as a Mermaid graph
  --svg FILE       also write a chart

What FILE holds; only "id" and "workers" must be there:
  {"tasks": [{"id": 1, "title": "Add a parser", "duration": 30},
             {"id": 2, "duration": 20, "deps": [1], "exclusiveKeys": ["src/cart.js"],
              "priority": "high", "requires": ["gpu"], "demand": {"cpu": 2}}],
   "workers": [{"id": "w1", "capabilities": ["gpu"], "slots": 2}],
   "capacity": {"cpu": 8}}

  duration         minutes (by the title: 30 for a text or a setting, 120 for a rewrite, else 60)
  deps             ids of tasks that must have ended before it starts
  exclusiveKeys    two tasks that name the same key never run at once
  priority         low, medium, high, critical, or a number: higher first (medium)
  requires         what its worker must have among its capabilities
  demand           how much it takes of each resource in "capacity" while it runs
  workers          a number, or a list

--repo reads GitHub with GITHUB_TOKEN or GH_TOKEN, else as the App (APP_ID and PRIVATE_KEY, also from the file .env).
GHE_HOST and GHE_PROTOCOL name an enterprise server. Times and costs are expected from what a server has measured in that
repository, where HEDDLE_DATA_DIR (.heddle) is its data folder.

Exit codes: 0 planned; 1 GitHub could not be reached; 2 the call or the file is wrong, or issues wait for each other
in a circle. With --json every problem is on standard output, too:
{"problems": [{"kind": "cycle", "path": ["a", "b", "a"], "message": "…"}]}`;

export const REPORT_HELP = `heddle report: what the server of a data folder has done so far, from its own records. It only reads, also
while the server runs.

Usage: heddle report [--estimates] [--json]

  --estimates      what attempts were predicted to take beside what they took: how many were within their p50
                   (should be 50 %) and p90 (should be 90 %), and how far predictions are off
  --json           print one JSON document: {"summary": …} or {"estimates": …}; times in minutes, shares from 0 to 1

HEDDLE_DATA_DIR is the data folder (.heddle), also from the file .env, as for heddle serve.

Exit codes: 0 also where nothing is recorded yet; 2 there is no database, or it is of another version.`;

export function versionText(): string {
  const file: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof file === 'object' && file !== null && 'version' in file ? String(file.version) : 'unknown';
}
