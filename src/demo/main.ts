import { parseArgs } from 'node:util';
import { epilogue, failure } from './story/epilogue.ts';
import { type Ending, play } from './story/play.ts';
import { PEOPLE, REPOSITORY, type Stage, setStage } from './story/stage.ts';
import { LiveScreen, PlainScreen, type Screen } from './terminal/screen.ts';
import { type Terminal, terminalOf } from './terminal/style.ts';

const USAGE = `Usage: npm run demo [-- --keep]

Shows Heddle at work on this machine: no account, no network.

  --keep   leave the GitHub in a box and the App up afterwards, with their addresses`;

/** For the whole story, once the App listens: it takes half a minute, and a busy machine is no failure. */
const LIMIT_MS = 300_000;

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => stopped.abort(signal));
// Whoever reads has gone (`npm run demo | head`): end, and leave nothing behind.
process.stdout.on('error', () => stopped.abort('SIGPIPE'));

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const options = optionsOf(args);
  if (options === undefined) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  return await demonstrate(options.keep);
}

function optionsOf(args: readonly string[]): { readonly keep: boolean; readonly help: boolean } | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { keep: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    return { keep: values.keep ?? false, help: values.help ?? false };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n`);
    return undefined;
  }
}

async function demonstrate(keep: boolean): Promise<number> {
  const terminal = terminalOf(process.stdout, process.env);
  const screen = screenOf(terminal);
  screen.say(opening(terminal));
  const stage = await setStage().catch((error: unknown) => {
    process.stderr.write(`The demo could not start: ${error instanceof Error ? error.message : error}\n`);
  });
  if (!stage) return 1;
  let landed = false;
  try {
    const ending = await play(stage, screen, { limitMs: LIMIT_MS, signal: stopped.signal });
    landed = ending.kind === 'landed';
    await tellEnd({ stage, ending, screen, terminal });
    if (keep) await stay(stage, screen);
    return landed ? 0 : 1;
  } catch (error) {
    if (!stopped.signal.aborted) throw error;
    screen.end();
    screen.say('Stopped before the end; cleaning up.');
    return 130;
  } finally {
    await stage.close({ log: !landed && !stopped.signal.aborted });
  }
}

function screenOf(terminal: Terminal): Screen {
  if (terminal.isLive) return new LiveScreen(terminal, process.stdout);
  return new PlainScreen((text) => void process.stdout.write(text));
}

function opening({ style }: Terminal): string {
  return `${style.bold('Heddle: agents work side by side, and their pull requests land in order.')}

A GitHub in a box starts on 127.0.0.1, with real git behind it and a small
JavaScript library in ${REPOSITORY}. ${PEOPLE.asks} labels issues there, the App plans
them and starts agents, ${PEOPLE.reviews} and ${PEOPLE.isStrict} review. The agent is a script in that
repository, and it edits the files that it finds.

Set for this demo:
  HEDDLE_SANDBOX=none      the agent runs with your rights; it is a script of
                           this checkout
  HEDDLE_WORKERS=4         four attempts at once, also on a small machine: this
                           agent mostly waits, as if it thought
  HEDDLE_RATE_LIMITS=none  the App need not spread its writes: the box does not
                           mind, github.com does
and shorter pauses than usual, so that all of it fits into a minute.
`;
}

async function tellEnd(given: {
  readonly stage: Stage;
  readonly ending: Ending;
  readonly screen: Screen;
  readonly terminal: Terminal;
}): Promise<void> {
  const { stage, ending, screen, terminal } = given;
  if (ending.kind !== 'landed') return screen.say(`\n${failure(stage, ending, terminal)}`);
  screen.say(`\n${await epilogue(stage, ending, terminal)}\n`);
  screen.say(closing(terminal));
}

function closing({ style }: Terminal): string {
  return `${style.bold('Where to look next')}
  src/demo/sample/         the repository, its agent, its .github/parallel.yml
  src/README.md            the code, and the life of one issue through it
  README.md                how to set the App up for your own repositories
  npm run demo -- --keep   the same, and box and App stay up to look at`;
}

/** Until somebody stops it. */
async function stay({ box, app, shop, folder }: Stage, screen: Screen): Promise<void> {
  const { token } = box.person(PEOPLE.asks);
  const api = `${box.url}/api/v3/repos/${REPOSITORY}`;
  screen.say(`
Still up, until you press Ctrl+C:
  the box   ${box.url}
            git clone ${box.url}/${REPOSITORY}.git
            curl -H 'authorization: token ${token}' ${api}/issues/1
            git -C ${box.git.directory(shop.repo)} log --graph --oneline --all
  the App   ${app.url}/ping, its data and log in ${folder}`);
  if (stopped.signal.aborted) return;
  await new Promise((resolve) => stopped.signal.addEventListener('abort', resolve));
}
