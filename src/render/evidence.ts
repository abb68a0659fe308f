import type { Claim, Dependency, DependencySource, Disagreement } from '../domain/dependency.ts';
import { bullets, section } from './fit.ts';
import { MARKDOWN, type Voice } from './voice.ts';
import type { Home } from './words.ts';

/** `#3 waits for #1 (text of the issue, 95 % sure): “Depends on #1”`. */
export const evidenceLine = (dependency: Dependency, home: Home, voice = MARKDOWN): string =>
  saidLine({ dependency, relation: 'depends-on' }, home, voice);

function saidLine({ dependency, relation }: Omit<Claim, 'counts'>, home: Home, voice: Voice): string {
  const { from, to, source, quote, confidence, by } = dependency;
  const quoted = quote.trim() === '' ? '' : `: “${voice.quote(quote, 160)}”`;
  const sure = confidence >= 1 ? '' : `, ${Math.round(confidence * 100)} % sure`;
  const who = by === undefined ? '' : ` by ${voice.person(by)}`;
  const verb = relation === 'depends-on' ? 'waits for' : 'does not wait for';
  const why = `${SOURCE_WORDS[source]}${who}${sure}`;
  return `${voice.issue(from, home)} ${verb} ${voice.issue(to, home)} (${why})${quoted}`;
}

const SOURCE_WORDS: Readonly<Record<DependencySource, string>> = {
  'blocked-by': 'GitHub’s “blocked by”',
  'sub-issue-order': 'order of the sub-issues',
  text: 'text of the issue',
  'task-list': 'task list',
  command: 'command',
};

/** Evidence that does not go together, what counts first; nothing where all of it does. */
export const disagreementsText = (
  disagreements: readonly Disagreement[],
  { home, max }: { readonly home: Home; readonly max: number },
): string =>
  section('Where the evidence disagrees', disagreements, {
    max,
    lineOf: (claims) => disagreementLine(claims, home),
  });

function disagreementLine(claims: Disagreement, home: Home): string {
  const overruled = claims.some(({ counts }) => !counts);
  const lines = claimLines(claims, home).map((line) =>
    line.startsWith(OVERRULED) ? `✖️ ${line}` : `✅ ${line}`,
  );
  const nested = bullets(lines, MOST_CLAIMS, (line) => line).replaceAll(/^/gm, '  ');
  return `${verdict(overruled)}\n${nested}`;
}

/** What is said about two issues: what counts first, then what is overruled. */
export function claimLines(claims: Disagreement, home: Home, voice = MARKDOWN): readonly string[] {
  const [counting, overruled] = [
    claims.filter(({ counts }) => counts),
    claims.filter((claim) => !claim.counts),
  ];
  return [
    ...counting.map((claim) => saidLine(claim, home, voice)),
    ...overruled.map((claim) => `${OVERRULED}${saidLine(claim, home, voice)}`),
  ];
}

const OVERRULED = 'overruled: ';

const verdict = (isDecided: boolean): string =>
  isDecided
    ? 'A command decided:'
    : 'Each is said to wait for the other, and nobody has decided; `/parallel independent-of #N` on one of them does:';

/** On two issues alone; who says more does not want to be read. */
const MOST_CLAIMS = 6;
