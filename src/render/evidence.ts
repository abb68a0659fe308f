import type { Claim, Dependency, DependencySource, Disagreement, Relation } from '../domain/dependency.ts';
import { bullets, section } from './fit.ts';
import { named, plain } from './text.ts';
import { type Home, reference } from './words.ts';

/** `#3 waits for #1 (text of the issue, 95 % sure): “Depends on #1”`. */
export const evidenceLine = (dependency: Dependency, home: Home): string =>
  saidLine(dependency, 'depends-on', home);

function saidLine(dependency: Dependency, relation: Relation, home: Home): string {
  const { from, to, source, quote, confidence, by } = dependency;
  const quoted = quote.trim() === '' ? '' : `: “${plain(quote, { max: 160 })}”`;
  const sure = confidence >= 1 ? '' : `, ${Math.round(confidence * 100)} % sure`;
  const who = by === undefined ? '' : ` by ${named(by)}`;
  const verb = relation === 'depends-on' ? 'waits for' : 'does not wait for';
  return `${reference(from, home)} ${verb} ${reference(to, home)} (${SOURCE_WORDS[source]}${who}${sure})${quoted}`;
}

/** Where a dependency was found, in words. */
export const SOURCE_WORDS: Readonly<Record<DependencySource, string>> = {
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
  const [counting, overruled] = [
    claims.filter(({ counts }) => counts),
    claims.filter((claim) => !claim.counts),
  ];
  const lines = [
    ...counting.map((claim) => `✅ ${claimLine(claim, home)}`),
    ...overruled.map((claim) => `✖️ overruled: ${claimLine(claim, home)}`),
  ];
  const nested = bullets(lines, MOST_CLAIMS, (line) => line).replaceAll(/^/gm, '  ');
  return `${verdict(overruled.length > 0)}\n${nested}`;
}

const verdict = (isDecided: boolean): string =>
  isDecided
    ? 'A command decided:'
    : 'Each is said to wait for the other, and nobody has decided; `/parallel independent-of #N` on one of them does:';

const claimLine = ({ dependency, relation }: Claim, home: Home): string =>
  saidLine(dependency, relation, home);

/** On two issues alone; who says more does not want to be read. */
const MOST_CLAIMS = 6;
