import type { Probot } from 'probot';
import { type Credentials, readCredentials } from './cli/credentials.ts';
import { apiUrl, readSettings, type ServerSettings, SUPPORTED } from './cli/settings.ts';
import { begin } from './coordinator/begin.ts';
import { CoordinatorAgent } from './coordinator/coordinator.ts';
import { createLocalDispatcher, type LocalDispatcher } from './dispatch/local.ts';
import { messageOf, UserFacing } from './domain/errors.ts';
import type { RepositoryKey } from './domain/ids.ts';
import type { Trace } from './domain/trace.ts';
import { createGitHub, type GitHub } from './github/client.ts';
import { openRepositories } from './repository/open-repositories.ts';
import { parsePolicyFile } from './repository/policy-file.ts';
import { refusedNames } from './runner/agent/environment.ts';
import { createRunner } from './runner/runner.ts';
import type { RunnerTrace } from './runner/trace.ts';
import { openStore, type Store } from './store/open.ts';
import {
  type Logger,
  logProgress,
  logSurvey,
  logTrace,
  warnOfRefused,
  warnOfSandbox,
} from './telemetry/log.ts';
import { toDeliveries } from './webhooks/delivery.ts';
import { EVENT_NAMES } from './webhooks/events.ts';

/** The running App, as a server wants to see it. */
export interface Heddle {
  /** Ends in order: no new pass, attempts given back to be dispatched again, the store closed. */
  close(): Promise<void>;
}

/** Synchronous observers, for tests and measurements. */
export interface Traces {
  /** Of every pass and action. */
  readonly trace?: Trace;
  /** Of every step of the attempts that run here. */
  readonly runnerTrace?: RunnerTrace;
}

export interface HeddleOptions extends Traces, Credentials {
  readonly settings: ServerSettings;
  readonly log: Logger;
}

/** The App for Probot's own command line: `probot run dist/app.js`. */
export default async function heddle(app: Probot): Promise<void> {
  await load(app);
}

/** Joins the App to a Probot instance, with the settings of the environment. */
export async function load(app: Probot, traces: Traces = {}): Promise<Heddle> {
  const settings = readSettings(process.env);
  const credentials = readCredentials(process.env);
  if (!credentials) throw new UserFacing('cannot start: APP_ID and PRIVATE_KEY are missing');
  const started = await start({ settings, ...credentials, log: app.log, ...traces });
  app.webhooks.on([...EVENT_NAMES], async (event) => started.receive(event));
  return started;
}

interface Started extends Heddle {
  /** Stores what a webhook says is due; the answer to GitHub waits for nothing else. */
  receive(event: { readonly id: string; readonly name: string; readonly payload: unknown }): Promise<void>;
}

async function start(options: HeddleOptions): Promise<Started> {
  const store = await openStore({ dataDir: options.settings.dataDir });
  try {
    const started = await startOn(store, options);
    warnOfSandbox(options.log);
    warnOfRefused(options.log, refusedNames(options.settings.envAllow));
    return started;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** How long the start waits for GitHub before the server listens without it. */
const PATIENCE_MS = 5_000;

/** Webhooks are stored from the first moment; the agent works once GitHub has said who the App is. */
async function startOn(store: Store, options: HeddleOptions): Promise<Started> {
  const { log } = options;
  const github = connect(options);
  let joined: { readonly agent: CoordinatorAgent; readonly appLogin: string } | null = null;
  const onOutcome = (key: RepositoryKey) => joined?.agent.wake(key);
  const repositories = openGit({ options, github, onReady: (key) => joined?.agent.changed(key) });
  const dispatcher = await createDispatcher({ options, store, github, onOutcome });
  const stopping = new AbortController();
  await begin({
    work: async () => {
      const appLogin = await github.app.login();
      // Before it starts: a webhook that comes meanwhile is either told to the agent or found by it.
      joined ??= {
        agent: createAgent({ options, store, github, appLogin, dispatcher, repositories }),
        appLogin,
      };
      await joined.agent.start();
    },
    onFailure: (error, retryInMs) =>
      log.warn(
        { error: messageOf(error), retryInMs },
        'GitHub does not say who this App is; webhooks are kept until then',
      ),
    signal: stopping.signal,
    patienceMs: PATIENCE_MS,
  }).catch((error: unknown) => {
    throw unknownApp(options, error);
  });
  return {
    receive: async (event) => {
      for (const delivery of toDeliveries(event, joined?.appLogin ?? null)) {
        if (await store.receive(delivery, Date.now())) joined?.agent.changed(delivery.key);
      }
    },
    close: async () => {
      stopping.abort();
      await repositories.survey.close();
      await joined?.agent.stop();
      await dispatcher.close();
      await store.close();
    },
  };
}

function unknownApp({ appId, settings }: HeddleOptions, cause: unknown): UserFacing {
  const place = `${hostOf(settings).protocol}://${hostOf(settings).host}`;
  return new UserFacing(
    `cannot start: ${place} does not take APP_ID=${appId} with this PRIVATE_KEY: ${messageOf(cause)}. ` +
      'Compare both with the settings of the App there',
    { cause },
  );
}

async function createDispatcher(given: {
  options: HeddleOptions;
  store: Store;
  github: GitHub;
  onOutcome: (key: RepositoryKey) => void;
}): Promise<LocalDispatcher> {
  const { options, store, github, onOutcome } = given;
  const { settings, log } = options;
  const keys = new Map<number, RepositoryKey>();
  const runner = createRunner({
    dataDir: settings.dataDir,
    envAllow: settings.envAllow,
    ...(options.runnerTrace ? { trace: options.runnerTrace } : {}),
    credentials: async ({ repository }) => {
      const key = keys.get(repository.id);
      return key ? { username: 'x-access-token', token: await mint(github, key, 'read') } : null;
    },
  });
  await runner.cleanUp();
  const local = createLocalDispatcher({
    store,
    runner,
    concurrency: settings.workers,
    onOutcome,
    onProgress: (order, line) => logProgress(log, order, line),
    onError: (error) =>
      log.warn({ error: messageOf(error) }, 'a lease could not be stored; it is tried again'),
  });
  // An order names no installation, so that nothing in it helps to get a token; this process remembers whose it is.
  return {
    ...local,
    dispatch: async (order, repository) => {
      keys.set(repository.key.repositoryId, repository.key);
      await local.dispatch(order, repository);
    },
  };
}

function createAgent(given: {
  options: HeddleOptions;
  store: Store;
  github: GitHub;
  appLogin: string;
  dispatcher: LocalDispatcher;
  repositories: ReturnType<typeof openGit>;
}): CoordinatorAgent {
  const { options, store, github, appLogin, dispatcher, repositories } = given;
  const { settings, log } = options;
  const trace: Trace = (event) => {
    logTrace(log, event);
    options.trace?.(event);
  };
  const now = Date.now;
  return new CoordinatorAgent({
    inbox: store,
    app: github.app,
    pauseMs: 200,
    observer: {
      github: github.reader,
      parsePolicy: (file) => parsePolicyFile(file, SUPPORTED),
      survey: repositories.survey,
      now,
      hosts: [hostOf(settings).host],
    },
    hands: {
      github: github.writer,
      git: repositories.git,
      dispatcher,
      store,
      trace,
      now,
      untried: new Set(),
      settleMs: settings.settleMs,
    },
    settings: { ...settings, appLogin },
    resyncMs: settings.resyncMs,
    gatherMs: 100,
  });
}

function openGit(given: { options: HeddleOptions; github: GitHub; onReady: (key: RepositoryKey) => void }) {
  const { options, github, onReady } = given;
  return openRepositories({
    dataDir: options.settings.dataDir,
    host: hostOf(options.settings),
    token: (repository, access, refresh) => mint(github, repository.key, access, refresh),
    onReady,
    onEvent: (event) => logSurvey(options.log, event),
  });
}

function connect({ settings, appId, privateKey }: HeddleOptions): GitHub {
  const { rateLimits } = settings;
  return createGitHub({
    appId,
    privateKey,
    baseUrl: apiUrl(settings.github),
    userAgent: 'heddle',
    rateLimits,
  });
}

const hostOf = ({ github }: ServerSettings) => ({
  protocol: github.protocol,
  host: github.host ?? 'github.com',
});

const mint = (
  github: GitHub,
  key: RepositoryKey,
  access: 'read' | 'write',
  refresh = false,
): Promise<string> => github.token({ ...key, permissions: { contents: access }, refresh });
