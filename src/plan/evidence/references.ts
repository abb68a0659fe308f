import type { WrittenRef } from '../../domain/ids.ts';

export interface ReferenceList {
  readonly references: readonly WrittenRef[];
  /** What follows them. */
  readonly tail: string;
}

/** Whose URLs count; null: GitHub's own, and those of any host that calls itself GitHub. */
export type Hosts = readonly string[] | null;

const NUMBER = /([1-9]\d{0,8})(?![\w-])/.source;
const OWNER = /([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))/.source;
const NAME = /([A-Za-z0-9._-]{1,100})/.source;
const HOST = /([A-Za-z0-9.-]{1,253}(?::\d{1,5})?)/.source;
const REST = /(?:[/?#][^\s<>()[\],;、，；]{0,500})?/.source;
const URL_TEXT = `(?:https?://)?${HOST}/${OWNER}/${NAME}/(?:issues|pull)/${NUMBER}${REST}`;

const HOME = new RegExp(`^(?:#|GH-)${NUMBER}`, 'i');
const ELSEWHERE = new RegExp(`^${OWNER}/${NAME}#${NUMBER}`);
const BRACKETED = new RegExp(`^\\[(?:(?:${OWNER}/${NAME})?#|GH-)${NUMBER}\\](?![[(\\w])`, 'i');
const URL_FORM = new RegExp(`^<?${URL_TEXT}>?`, 'i');
const LINK = new RegExp(`^\\[[^\\]\\n]{0,300}\\]\\(<?${URL_TEXT}>?(?:\\s+"[^"\\n]{0,200}")?\\)`, 'i');

const NOUN = /^(?:(?:both|the)\s+){0,2}(?:(?:issues?|PRs?|pull requests?|tickets?|tasks?)\s*:?\s+)?/i;
const SEPARATOR =
  /^(?:\s*[,;&+、，；]\s*|\s+)(?:(?:and|plus|as well as|&)\s+)?(?:also\s+)?(?:(?:depends )?(?:up)?on\s+|(?:blocked )?by\s+)?/i;
const ASIDE = /^\s*\([^()\n]{0,300}\)/;

/** The issues at the start of a text: `#1, #2 (the parser) and owner/repo#3`, URLs, Markdown links. */
export function leadingReferences(text: string, hosts: Hosts): ReferenceList {
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

/** Where the next reference may stand; an aside in parentheses is read over only if something follows it. */
function afterSeparator(tail: string): string | null {
  const text = tail.slice(ASIDE.exec(tail)?.[0].length ?? 0);
  const separator = SEPARATOR.exec(text);
  return separator === null ? null : text.slice(separator[0].length);
}

interface Found {
  readonly reference: WrittenRef;
  readonly length: number;
}

function referenceAt(text: string, hosts: Hosts): Found | null {
  const home = HOME.exec(text);
  if (home !== null) return found(home[0], [null, null, home[1]]);
  const elsewhere = BRACKETED.exec(text) ?? ELSEWHERE.exec(text);
  if (elsewhere !== null) return found(elsewhere[0], elsewhere.slice(1));
  const url = LINK.exec(text) ?? URL_FORM.exec(text);
  if (url === null || !isGitHub(url[1] ?? '', hosts)) return null;
  return found(url[0].replace(/[.:!?]+$/, ''), url.slice(2));
}

function found(text: string, [owner, name, number]: readonly (string | null | undefined)[]): Found {
  return {
    reference: { owner: owner ?? null, name: name ?? null, number: Number(number) },
    length: text.length,
  };
}

function isGitHub(host: string, hosts: Hosts): boolean {
  const lower = host.toLowerCase().replace(/^www\./, '');
  if (hosts !== null) return hosts.some((known) => known.toLowerCase() === lower);
  if (lower === 'github.com' || lower.endsWith('.ghe.com')) return true;
  // `github.example.com`, but not `github.com.example.com`, which only poses as it.
  return /(?:^|\.)(?:github|ghe)\.(?!com(?:[.:]|$))/.test(lower);
}
