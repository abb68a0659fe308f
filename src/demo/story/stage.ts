import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Issue } from '../box/issue.ts';
import { type Box, startBox } from '../box/start.ts';
import type { RepositoryView } from '../box/verbs.ts';
import { AppProcess } from './app-process.ts';
import { EPIC, issueBody, WISHES } from './issues.ts';
import { SAMPLE_FOLDER } from './sample.ts';

export const REPOSITORY = 'acme/shop-tools';

/** Who is in the story: ada asks, ben and cleo review. All of them may write. */
export const PEOPLE = { asks: 'ada', reviews: 'ben', isStrict: 'cleo' } as const;

/** Where the story plays: the box, the repository in it, the App as a process. */
export interface Stage {
  readonly box: Box;
  readonly shop: RepositoryView;
  readonly app: AppProcess;
  /** Holds the App's data and log. */
  readonly folder: string;
  close(keep?: { readonly log: boolean }): Promise<void>;
}

/** Starts a GitHub in a box with the sample repository, and the App that is installed there. */
export async function setStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'heddle-demo-'));
  const box = await startBox();
  try {
    const shop = await box.createsRepository(REPOSITORY, { folder: SAMPLE_FOLDER });
    for (const login of Object.values(PEOPLE)) shop.grants(login, 'write');
    box.installsApp('acme');
    const app = await AppProcess.starts(box, folder);
    const close = async ({ log } = { log: false }): Promise<void> => {
      await app.stops();
      await box.close();
      await rm(log ? join(folder, 'data') : folder, { recursive: true, force: true });
    };
    return { box, shop, app, folder, close };
  } catch (error) {
    await box.close();
    throw error;
  }
}

/** The issues of the story, by the name of the function that each asks for. */
export interface Asked {
  readonly tasks: ReadonlyMap<string, Issue>;
  readonly epic: Issue;
}

/** Ada writes down everything that is wanted, with what waits for what. Nothing is asked of the App yet. */
export function writeIssues({ shop }: Pick<Stage, 'shop'>): Asked {
  const ada = shop.person(PEOPLE.asks);
  const tasks = new Map<string, Issue>();
  const known = (name: string): Issue => {
    const issue = tasks.get(name);
    if (!issue) throw new Error(`no issue asks for ${name}`);
    return issue;
  };
  for (const wish of WISHES) {
    const body = issueBody(wish, (name) => known(name).number);
    tasks.set(wish.name, ada.opensIssue({ title: wish.title, body }));
    if (wish.blockedBy !== undefined) ada.blocks(known(wish.name), known(wish.blockedBy));
  }
  const epic = ada.opensIssue(EPIC);
  for (const { name } of WISHES.filter(({ inEpic }) => inEpic)) ada.addsSubIssue(epic, known(name));
  return { tasks, epic };
}

/** The one thing that starts everything: ada labels the loose issues, and the epic instead of its sub-issues. */
export function labelIssues({ shop }: Pick<Stage, 'shop'>, { tasks, epic }: Asked): void {
  const ada = shop.person(PEOPLE.asks);
  const loose = WISHES.filter(({ inEpic }) => !inEpic).flatMap(({ name }) => tasks.get(name) ?? []);
  for (const issue of [...loose, epic]) ada.labels(issue, 'parallel');
}
