import type { App } from '../account.ts';
import { createAccount } from '../apps.ts';
import type { CiScript } from '../check.ts';
import type { BoxCore } from '../core.ts';
import { accountById } from '../find.ts';
import { nextId, type Repository } from '../state.ts';
import { createCheckRun, type Reporter, updateCheckRun } from './run.ts';
import type { Head } from './suite.ts';

const slug = 'box-ci';

/** Lets a repository's scripted CI, if it has one, judge a pushed commit in the background. */
export function runCi(box: BoxCore, repo: Repository, head: Head): void {
  const script = box.ci.get(repo.id);
  if (script) box.git.later(0, () => judge(box, repo, head, script));
}

async function judge(box: BoxCore, repo: Repository, head: Head, script: CiScript): Promise<void> {
  const read = async (path: string) => (await box.git.readFile(repo, head.sha, path))?.content.toString();
  const verdict = await script({ ...head, read });
  if (!verdict) return;
  const { conclusion, name = 'ci', title = name, summary = conclusion, text, takes = 0 } = verdict;
  const reporter = ciReporter(box);
  const run = await createCheckRun(
    box,
    repo,
    { sha: head.sha, name },
    { reporter, report: { status: 'in_progress' } },
  );
  box.changed(repo);
  box.git.later(takes, async () => {
    await updateCheckRun(box, repo, run, {
      reporter,
      report: { conclusion, output: { title, summary, text } },
    });
    box.changed(repo);
  });
}

/** Only Apps write checks, so the CI is one; it comes into being with its first check run. */
function ciReporter(box: BoxCore): Reporter {
  const found = [...box.world.apps.values()].find((app) => app.slug === slug);
  const app = found ?? createCiApp(box);
  return { appId: app.id, account: accountById(box.world, app.botId) };
}

function createCiApp(box: BoxCore): App {
  const { world } = box;
  const createdAt = box.clock.now();
  const bot = createAccount(box, `${slug}[bot]`, 'Bot');
  const app: App = {
    id: nextId(world),
    slug,
    name: 'Box CI',
    clientId: `Iv1.${slug}`,
    ownerId: bot.id,
    botId: bot.id,
    publicKey: '',
    permissions: { checks: 'write' },
    events: [],
    webhook: { url: undefined, secret: '' },
    createdAt,
  };
  world.apps.set(app.id, app);
  return app;
}
