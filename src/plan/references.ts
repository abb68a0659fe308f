import type { WrittenRef } from '../domain/ids.ts';

export interface ReferenceList {
  readonly references: readonly WrittenRef[];
  /** What follows them. */
  readonly tail: string;
}

const NUMBER = /([1-9]\d{0,8})(?![\w-])/.source;
const OWNER = /([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))/.source;
const NAME = /([A-Za-z0-9._-]{1,100})/.source;
const URL_TEXT = `https?://([A-Za-z0-9.-]{1,253}(?::\\d{1,5})?)/${OWNER}/${NAME}/(?:issues|pull)/${NUMBER}[^\\s<>()\\]]{0,200}`;

const HOME = new RegExp(`^(?:#|GH-)${NUMBER}`, 'i');
const ELSEWHERE = new RegExp(`^${OWNER}/${NAME}#${NUMBER}`);
const URL_FORM = new RegExp(`^<?${URL_TEXT}>?`);
const LINK = new RegExp(`^\\[[^\\]\\n]{0,200}\\]\\(<?${URL_TEXT}>?\\)`);

const NOUN = /^(?:(?:issues?|PRs?|pull requests?|tickets?)\s+)/i;
const SEPARATOR = /^(?:\s*(?:,|;|&|\+)\s*(?:and\s+)?|\s+and\s+|\s+)/i;

/**
 * The issues at the start of a text: `#1, #2 and owner/repo#3`, URLs, Markdown links. `hosts`: those whose URLs count;
 * null: any that calls itself GitHub.
 */
export function leadingReferences(text: string, hosts: readonly string[] | null): ReferenceList {
  const references: WrittenRef[] = [];
  let tail = text.trimStart();
  for (let rest: string | null = tail; rest !== null; rest = afterSeparator(tail)) {
    const noun = NOUN.exec(rest)?.[0].length ?? 0;
    const found = referenceAt(rest.slice(noun), hosts);
    if (found === null) break;
    references.push(found.reference);
    tail = rest.slice(noun + found.length);
  }
  return { references, tail };
}

function afterSeparator(text: string): string | null {
  const separator = SEPARATOR.exec(text);
  return separator === null ? null : text.slice(separator[0].length);
}

interface Found {
  readonly reference: WrittenRef;
  readonly length: number;
}

function referenceAt(text: string, hosts: readonly string[] | null): Found | null {
  const home = HOME.exec(text);
  if (home !== null) return found(home[0], null, null, home[1]);
  const elsewhere = ELSEWHERE.exec(text);
  if (elsewhere !== null) return found(elsewhere[0], elsewhere[1], elsewhere[2], elsewhere[3]);
  const url = URL_FORM.exec(text) ?? LINK.exec(text);
  if (url === null || !isGitHub(url[1] ?? '', hosts)) return null;
  return found(url[0].replace(/[.,;:!?]+$/, ''), url[2], url[3], url[4]);
}

function found(
  text: string,
  owner: string | undefined | null,
  name: string | undefined | null,
  number: string | undefined,
): Found {
  return {
    reference: { owner: owner ?? null, name: name ?? null, number: Number(number) },
    length: text.length,
  };
}

function isGitHub(host: string, hosts: readonly string[] | null): boolean {
  const lower = host.toLowerCase();
  if (hosts !== null) return hosts.some((known) => known.toLowerCase() === lower);
  return lower.split('.').some((part) => part === 'github' || part === 'ghe');
}
