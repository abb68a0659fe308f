import type { Dependency, Disagreement, Relation } from '../../domain/dependency.ts';
import { refText } from '../../domain/ids.ts';
import type { BlockedBy } from '../../domain/task.ts';
import { SOURCE_WORDS } from '../evidence.ts';
import { BLOCKED_BECAUSE, type Home } from '../words.ts';
import { flat } from './cells.ts';

/** Characters of a quote. */
const MOST_QUOTE = 100;

/** `#3 waits for #1 (text of the issue, 95 % sure): “Depends on #1”`, for a terminal. */
export function saidText(dependency: Dependency, home: Home, relation: Relation = 'depends-on'): string {
  const { from, to, source, quote, confidence, by } = dependency;
  const verb = relation === 'depends-on' ? 'waits for' : 'does not wait for';
  const sure = confidence >= 1 ? '' : `, ${Math.round(confidence * 100)} % sure`;
  const who = by === undefined ? '' : ` by ${flat(by)}`;
  return `${flat(refText(from, home))} ${verb} ${flat(refText(to, home))} (${SOURCE_WORDS[source]}${who}${sure})${quoted(quote)}`;
}

/** `: “…”`, or nothing where there are no words. */
export function quoted(quote: string): string {
  const words = flat(quote);
  if (words === '') return '';
  return `: “${words.length > MOST_QUOTE ? `${words.slice(0, MOST_QUOTE).trimEnd()}…` : words}”`;
}

/** What a command decided, and what it overruled: a line each. */
export const disagreementLines = (claims: Disagreement, home: Home): readonly string[] =>
  [true, false].flatMap((counting) =>
    claims
      .filter(({ counts }) => counts === counting)
      .map(({ dependency, relation }) => {
        const text = saidText(dependency, home, relation);
        return counting ? text : `overruled: ${text}`;
      }),
  );

/** `acme/api#7 (the App can’t read it)`. */
export const outsideText = ({ ref, because }: BlockedBy, home: Home): string =>
  `${flat(refText(ref, home))}${because === 'open' ? ' (open)' : BLOCKED_BECAUSE[because]}`;
