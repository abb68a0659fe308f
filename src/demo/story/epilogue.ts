import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { seconds } from '../terminal/board-text.ts';
import { shorten, wrap } from '../terminal/columns.ts';
import { terminalText } from '../terminal/markdown.ts';
import type { Terminal } from '../terminal/style.ts';
import { isLanded } from './board.ts';
import type { Ending } from './play.ts';
import type { Stage } from './stage.ts';
import type { TrackingText } from './tracking-texts.ts';

const run = promisify(execFile);

/** What is there to see once everything has landed. */
export async function epilogue(stage: Stage, ending: Ending, terminal: Terminal): Promise<string> {
  const { style } = terminal;
  const title = (text: string): string => style.bold(style.cyan(`== ${text} ==`));
  const texts = ending.texts.map(({ kind, issue, body }) => {
    const place = kind === 'issue' ? `The tracking issue, #${issue}` : `The App's comment on epic #${issue}`;
    return `${title(`${place}, as it stands now`)}\n\n${terminalText(body, terminal)}`;
  });
  return [
    ...texts,
    `${title('What landed: git log --graph --oneline main')}\n\n${await history(stage, terminal)}`,
    `${title('Measured')}\n\n${measured(stage, ending, terminal)}`,
  ].join('\n\n');
}

/** What did not land, and where to look; for people who did not see the table. */
export function failure(stage: Stage, { kind, rows }: Ending, { width }: Terminal): string {
  const missing = rows.filter((row) => !isLanded(row));
  const lines = missing.map(({ issue, title, state, waits }) =>
    shorten(`  #${issue} ${title}: ${state}${waits === '' ? '' : `, ${waits}`}`, width),
  );
  const rest = missing.length === 0 ? ['  (every issue landed, but the report is missing)'] : lines;
  return [`The demo failed: ${WHY[kind]} Not landed:`, ...rest, `The App's log: ${stage.app.log}`].join('\n');
}

const WHY: Readonly<Record<Ending['kind'], string>> = {
  landed: 'nothing is wrong.',
  stuck: 'some of the work ended otherwise.',
  'app-ended': 'the App ended by itself.',
  'too-late': 'the time was over.',
};

async function history({ box, shop }: Stage, { width, style }: Terminal): Promise<string> {
  const format = ['log', '--graph', '--format=%h %s', shop.repo.defaultBranch];
  const { stdout } = await run('git', ['-C', box.git.directory(shop.repo), ...format]);
  const lines = stdout.trimEnd().split('\n');
  return lines
    .map((line) => shorten(line, width))
    .map((line) => line.replace(/[0-9a-f]{7,}/, (sha) => style.yellow(sha)))
    .join('\n');
}

/** The App's own measurements, the demo's clock, and the box's log of calls. Nothing is estimated. */
function measured({ box }: Stage, { texts, rows, wallMs }: Ending, { width }: Terminal): string {
  const calls = box.calls.counted().length;
  const sentences = [
    `${seconds(wallMs)} from the first label to the last merge, for ${rows.length} issues with their reviews and merges.`,
    ...speedUp(texts, wallMs),
    `${calls} calls to GitHub's API, ${(calls / rows.length).toFixed(1)} for each issue; ${box.calls.notModified().length} more were free (304).`,
  ];
  return sentences.flatMap((sentence) => wrap(sentence, width)).join('\n');
}

function speedUp(texts: readonly TrackingText[], wallMs: number): readonly string[] {
  const works = texts.flatMap(({ body }) => workMs(body) ?? []);
  const work = works.reduce((total, each) => total + each, 0);
  if (works.length < texts.length || wallMs <= 0) return [];
  return [
    `Agents and tests alone took ${seconds(work)}, added up by the App from each attempt as it ran beside the others. One after another, that is the least that the work would have taken.`,
    `Side by side it was ${(work / wallMs).toFixed(1)} times as fast, reviews and merges included.`,
  ];
}

/** `measured: 24 s for 1 min 2 s of work` in milliseconds. */
function workMs(body: string): number | undefined {
  const text =
    /^- measured: .* for (.+?) of work/m.exec(body)?.[1] ?? /Measured: .* for (.+?) of work/.exec(body)?.[1];
  if (text === undefined) return undefined;
  const parts = [...text.matchAll(/(\d+) (s|min|h)\b/g)];
  return parts.reduce((total, [, number, unit]) => total + Number(number) * (UNITS[unit ?? ''] ?? 0), 0);
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, min: 60_000, h: 3_600_000 };
