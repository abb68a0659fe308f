import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CodeMap } from '../../domain/code-map.ts';
import type { RepositoryKey } from '../../domain/ids.ts';
import type { CodeSurvey, SurveyEvent } from '../../domain/ports/code-survey.ts';
import type { Repository } from '../../domain/repository.ts';
import type { Hand } from '../hand.ts';
import { Turns } from '../turns.ts';
import { plainMap } from './plain-map.ts';
import { askMaker } from './process/ask-maker.ts';

export interface CodeSurveyOptions {
  /** The one that the coordinator's other git takes turns with. */
  readonly hand: Hand;
  /** What surveys found is kept in `surveys/`, a file a repository. */
  readonly dataDir: string;
  /** A map is there that somebody did not wait for. */
  readonly onReady?: (key: RepositoryKey) => void;
  readonly onEvent?: (event: SurveyEvent) => void;
  /** Milliseconds that `survey` waits for the first map. */
  readonly patienceMs?: number;
  /** Milliseconds that it waits for a newer one: an older map is better than a wait in the pass after each landing. */
  readonly newerPatienceMs?: number;
  /** Milliseconds for which a map is taken as new without a look. */
  readonly freshMs?: number;
}

export interface ClosableSurvey extends CodeSurvey {
  /** Ends what is being made. */
  close(): Promise<void>;
}

const PATIENCE_MS = 5_000;
const FRESH_MS = 60_000;

/** Maps that stay in memory; others are made again out of what their surveys kept. */
const MOST_MAPS = 16;

/** Surveys of repositories, one at a time: each may take a processor and much memory. */
export function createCodeSurvey(options: CodeSurveyOptions): ClosableSurvey {
  const { patienceMs = PATIENCE_MS, newerPatienceMs = 0, freshMs = FRESH_MS } = options;
  const sites = new Map<number, Site>();
  const makers = new Turns();
  const stopping = new AbortController();
  const siteOf = (id: number): Site => {
    const site = sites.get(id) ?? { map: null, lookedAt: Number.NEGATIVE_INFINITY, making: null };
    sites.delete(id);
    sites.set(id, site);
    const [oldest] = [...sites].find(([, { making }]) => making === null) ?? [];
    if (sites.size > MOST_MAPS && oldest !== undefined && oldest !== id) sites.delete(oldest);
    return site;
  };
  const make = async (site: Site, repository: Repository): Promise<void> => {
    const turn = { options, site, repository, signal: stopping.signal };
    await makers
      .take(0, () => renew(turn))
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) options.onEvent?.({ kind: 'failed', repository, error });
      });
    site.lookedAt = performance.now();
    site.making = null;
  };
  return {
    survey: async (repository) => {
      const site = siteOf(repository.key.repositoryId);
      const before = site.map;
      if (performance.now() - site.lookedAt < freshMs || stopping.signal.aborted) return before;
      site.making ??= make(site, repository);
      const isDone = await within(site.making, before ? newerPatienceMs : patienceMs);
      if (!isDone) void site.making?.then(() => site.map === before || options.onReady?.(repository.key));
      return site.map;
    },
    close: async () => {
      stopping.abort();
      await Promise.all([...sites.values()].map(({ making }) => making));
    },
  };
}

/** What is known of one repository. */
interface Site {
  map: CodeMap | null;
  lookedAt: number;
  making: Promise<void> | null;
}

async function within(work: Promise<void>, ms: number): Promise<boolean> {
  const patience = new AbortController();
  const done = work.then(() => true);
  const late = sleep(ms, false, { signal: patience.signal }).catch(() => false);
  const isDone = await Promise.race([done, late]);
  patience.abort();
  return isDone;
}

/** Looks for a newer commit and makes its map; the same commit keeps its map. */
async function renew(given: {
  readonly options: CodeSurveyOptions;
  readonly site: Site;
  readonly repository: Repository;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { options, site, repository, signal } = given;
  const began = performance.now();
  const { gitDir, commit } = await options.hand.base(repository, options.freshMs ?? FRESH_MS);
  if (site.map?.commit === commit) return;
  const asked = {
    gitDir,
    commit,
    file: join(resolve(options.dataDir), 'surveys', `${repository.key.repositoryId}`),
  };
  const onProgress = (done: number, of: number): void =>
    options.onEvent?.({ kind: 'progress', repository, done, of });
  const map = (await plainMap(asked)) ?? (await askMaker({ ...asked, onProgress, signal }));
  site.map = map;
  options.onEvent?.({ kind: 'made', repository, map, ms: performance.now() - began });
}
