import type { Comparison, KeyClue, KeySource, Overlap, PredictedKey } from '../domain/overlap.ts';
import { bullets, paragraphs, section } from './fit.ts';
import { code, plain } from './text.ts';
import { MARKDOWN, type Voice } from './voice.ts';
import { count, list } from './words.ts';

/** `#2 may also change `b.ts`, as #1 does: its history with `a.ts`, 62 %`. */
export function overlapLine({ issues, keys, level }: Overlap, voice = MARKDOWN): string {
  const [first, second] = [0, 1].map((at) => sideOf(issues[at] ?? 0, keys[at] ?? keys[0]));
  if (!first || !second) return '';
  if (level === 'exclusive')
    return `#${first.issue} and #${second.issue} don’t run side by side: ${both([first, second], voice)}`;
  const [less, more] = first.key.confidence < second.key.confidence ? [first, second] : [second, first];
  const as = more.key.level === 'exclusive' ? `as #${more.issue} does` : `as #${more.issue} may`;
  return `#${less.issue} may also change ${voice.code(less.key.key, 120)}, ${as}: ${reasonsText(less.key, 2, voice)}`;
}

interface Side {
  readonly issue: number;
  readonly key: PredictedKey;
}

const sideOf = (issue: number, key: PredictedKey): Side => ({ issue, key });

function both([a, b]: readonly [Side, Side], voice: Voice): string {
  const why = [a, b].map(({ issue, key }) => `#${issue}: ${reasonsText(key, 1, voice)}`).join('; ');
  return a.key.key === b.key.key
    ? `both change ${voice.code(a.key.key, 120)} (${why})`
    : `${voice.code(a.key.key, 120)} and ${voice.code(b.key.key, 120)} meet (${why})`;
}

/** Where unfinished tasks may change the same thing; nothing where none do. */
export const overlapsText = (overlaps: readonly Overlap[], max: number): string =>
  section('Where tasks may change the same', overlaps, { max, lineOf: (overlap) => overlapLine(overlap) });

/** `b.ts`, 62 %: what says so, surest first. */
export const predictedLine = (predicted: PredictedKey): string =>
  `${code(predicted.key, 120)}: ${reasonsText(predicted, 3)}`;

/** What speaks for a key, and how sure all of it together is. */
function reasonsText({ key, clues, confidence }: PredictedKey, max: number, voice = MARKDOWN): string {
  const reasons = list(clues.slice(0, max).map((clue) => clueText(clue, key, voice)));
  return confidence >= 1 ? reasons : `${reasons}, ${percent(confidence)} sure`;
}

function clueText({ source, quote, via }: KeyClue, key: string, voice: Voice): string {
  const said = `“${voice.quote(quote, 60)}”`;
  const by = via === null ? '' : voice.code(via, 80);
  switch (source) {
    case 'named':
      return quote.trim() === key ? 'the issue names it' : `the issue says ${said}`;
    case 'identifier':
      return `the issue says ${said}`;
    case 'package':
      return `the issue names the package ${said}`;
    case 'package-label':
      return `the label ${said}`;
    case 'importer':
      return `imports ${by}`;
    case 'import':
      return `is imported by ${by}`;
    case 'owner':
      return `belongs to ${said}`;
    case 'co-change':
      return `its history with ${by}`;
    case 'lock-file':
      return `${said} asks for other dependencies`;
    case 'migration':
      return `${said} is about the database`;
    case 'often-changed':
      return 'changes often';
    default:
      return source satisfies never;
  }
}

/** Each kind of clue, as a heading of its numbers. */
export const SOURCE_NAMES: Readonly<Record<KeySource, string>> = {
  named: 'named paths',
  identifier: 'names in inline code',
  package: 'packages in the text',
  'package-label': 'packages by label',
  importer: 'files that import a named one',
  import: 'files that a named one imports',
  owner: 'CODEOWNERS',
  'co-change': 'history',
  'lock-file': 'lock files',
  migration: 'migrations',
  'often-changed': 'files that change often',
};

/** What was predicted of a task beside what it changed; `max` lines in each list. */
export function comparisonText({ hits, wrong, missed }: Comparison, max: number): string {
  const lines = [
    ...hits.map((key) => `✅ ${predictedLine(key)}`),
    ...wrong.map((key) => `✖️ not changed: ${predictedLine(key)}`),
    ...missed.map((path) => `❔ changed, and not foreseen: ${code(path, 120)}`),
  ];
  return paragraphs([
    `**What was foreseen, and what it changed:** ${hits.length} of ${count(hits.length + wrong.length, 'key')} came true, ${count(missed.length, 'changed file was', 'changed files were')} not foreseen.`,
    bullets(lines, max, (line) => line),
  ]);
}

/** Why the prediction may have overlooked something; nothing where it has seen everything. */
export const gapsText = (gaps: readonly string[]): string =>
  gaps.length === 0
    ? ''
    : `_What overlaps may be incomplete: ${list(
        gaps.map((gap) => plain(gap, { max: 200 })),
        3,
      )}._`;

/** Never rounded to a certainty. */
export const percent = (share: number): string =>
  `${share >= 1 ? 100 : Math.min(99, Math.round(share * 100))} %`;
