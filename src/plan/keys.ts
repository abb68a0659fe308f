import type { KeyEvidence } from '../domain/facts.ts';
import { keysConflict } from './conflicts.ts';
import { type PlainLine, type ReadMarkdown, readMarkdown } from './markdown/read.ts';
import { pathNamed } from './path-form.ts';

/** An issue that names more paths than this speaks of the whole repository; the first ones count. */
const MOST_KEYS = 50;

/**
 * The paths and globs that an issue names, in inline code or in the list under a heading `Files`, as exclusive keys;
 * each once, with the words that name it, in the order of the text.
 */
export function pathKeys(body: string): readonly KeyEvidence[] {
  const read = readMarkdown(body);
  const found = new Map<string, KeyEvidence & { readonly line: number }>();
  for (const { words, line } of [...namedInCode(read), ...namedInLists(read)]) {
    const key = pathNamed(words);
    if (key !== null && !found.has(key)) found.set(key, { key, quote: words.trim(), line });
  }
  return [...found.values()]
    .sort((a, b) => a.line - b.line)
    .slice(0, MOST_KEYS)
    .map(({ key, quote }) => ({ key, quote }));
}

/** The names of the policy's keys (`database: ["migrations/**"]`) that cover one of the paths. */
export function policyKeys(
  keys: readonly string[],
  named: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  return Object.entries(named)
    .filter(([, globs]) => globs.some((glob) => keys.some((key) => keysConflict(key, glob))))
    .map(([name]) => name);
}

interface Named {
  readonly words: string;
  readonly line: number;
}

const namedInCode = ({ codes }: ReadMarkdown): readonly Named[] =>
  codes.map(({ value, line }) => ({ words: value, line }));

const FILES =
  /^(?:#{1,6}[ \t]+)?[*_]*(?:(?:affected|changed|touched|relevant|related) )?(?:files?|paths?)(?: (?:to (?:change|edit|modify|touch)|affected|changed|touched))?[*_]*:?[*_]*[ \t#]*$/i;

/** The first word of every list item under a heading or bold line that says `Files`. */
function namedInLists({ lines }: ReadMarkdown): readonly Named[] {
  const named: Named[] = [];
  let under = false;
  for (const line of lines) {
    if (isTitle(line)) under = FILES.test(line.text.trim());
    const word = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?[*_]*([^\s*]\S*)/.exec(
      line.text,
    )?.[1];
    if (under && word !== undefined) named.push({ words: word.replace(/[,;:]+$/, ''), line: line.line });
  }
  return named;
}

const isTitle = ({ text, heading }: PlainLine): boolean =>
  heading !== null || /^\s*(?:\*\*|__)[^*_]+(?:\*\*|__):?\s*$/.test(text) || /^\s*\w[\w ]*:\s*$/.test(text);
