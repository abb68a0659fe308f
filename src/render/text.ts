/*
 * Titles, quotes, outputs and names come from people and agents who may wish harm. Everything of that kind goes through
 * this file before GitHub sees it, so that it can't ping anybody, close or link an issue, pose as our hidden marker, or
 * break out of the table, quote or fence that it stands in. A zero-width space inside `@name`, `#12` and `://` is needed
 * where a backslash is not enough: GitHub looks for those after Markdown has been rendered.
 */

export interface PlainOptions {
  /** At most this many characters; what is longer ends in `…`. */
  readonly max?: number;
  /** Logins that may be mentioned for real, because they are involved. */
  readonly people?: readonly string[];
}

const ZERO_WIDTH = '\u200b';
const LOGIN = /^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}$/;

/** Untrusted text as one line of literal Markdown, safe in a sentence, a table cell, a list item and a quote. */
export function plain(text: string, options: PlainOptions = {}): string {
  const line = shorten(clean(text).replaceAll(/\s+/g, ' ').trim(), options.max ?? 300);
  return escapeMarkdown(disarm(line, new Set((options.people ?? []).map((login) => login.toLowerCase()))));
}

/**
 * A stored cause or next step as a sentence. It mixes our own words with what it quotes, so it is made literal, but for
 * code in backticks, which stays code. `references`: it is all ours, so `#12` may be a link.
 */
export function sentence(
  text: string,
  options: PlainOptions & { readonly references?: boolean } = {},
): string {
  const line = shorten(oneLine(text), options.max ?? 400);
  const parts = line
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? cellCode(part) : words(part, options)));
  const safe = parts.join('');
  return /[.!?…:]$/.test(safe) || safe === '' ? safe : `${safe}.`;
}

/** Untrusted text as a title: not Markdown, but it ends up in commit messages, where references and mentions act. */
export function titleText(text: string, max: number): string {
  const line = shorten(oneLine(text).replaceAll(SKIPS_CHECKS, '$1'), max);
  return shorten(hideMarkers(disarm(line, new Set())), max);
}

/** `[skip ci]` and its kin in a commit keep the checks from running. */
const SKIPS_CHECKS = /\[\s*(skip [\w-]+|[\w-]+ skip|no ci)\s*\]/gi;

/** Untrusted text as inline code; empty text stays visible. Not for table cells: see `cellCode`. */
export function code(text: string, max = 200): string {
  const line = hideMarkers(shorten(oneLine(text), max));
  const ticks = '`'.repeat(longestRun(line, '`') + 1);
  const pad = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : '';
  return `${ticks}${pad}${line}${pad}${ticks}`;
}

/** Inline code for a table cell, where renderers disagree about pipes and backslashes inside backticks. */
export function cellCode(text: string, max = 120): string {
  return /[|\\]/.test(text) ? `<code>${plain(text, { max })}</code>` : code(text, max);
}

/** Untrusted text in a fence that it can't close. */
export function fence(text: string, language = ''): string {
  const body = hideMarkers(clean(text).replace(/^\n+/, '').trimEnd());
  const ticks = '`'.repeat(Math.max(3, longestRun(body, '`') + 1));
  return `${ticks}${language}\n${body}\n${ticks}`;
}

/** Untrusted text of several lines as a quote of literal lines. */
export function quote(
  text: string,
  options: { readonly max?: number; readonly lines?: number } = {},
): string {
  const kept = shorten(clean(text).trim(), options.max ?? 4_000).split('\n');
  const limit = options.lines ?? 60;
  const lines = kept.length > limit ? [...kept.slice(0, limit), '…'] : kept;
  return lines.map((line) => `> ${quotedLine(line)}`.trimEnd()).join('\n');
}

/** The end of a text, cut at a line where one is near. */
export function tailOf(text: string, max: number): string {
  const all = clean(text).trimEnd();
  if (all.length <= max) return all;
  const tail = wellFormed(all.slice(all.length - max));
  const newline = tail.indexOf('\n');
  return `…\n${newline >= 0 && newline < max / 4 ? tail.slice(newline + 1) : tail}`;
}

/** A person who is to be told. Anything that is no login stays text. */
export const mention = (login: string): string =>
  isAccount(login) ? `@${login}` : plain(login, { max: 40 });

/** A person who is only named. */
export const named = (login: string): string => plain(login, { max: 60 });

/** Without control characters, terminal colours and text direction tricks; line ends are `\n`. */
export function clean(text: string): string {
  return wellFormed(text)
    .replaceAll(ANSI, '')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\u2028\u2029]/g, '\n')
    .replaceAll(INVISIBLE, '');
}

/** At most `max` UTF-16 units; never half a character. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${wellFormed(text.slice(0, Math.max(0, max - 1)), '').trimEnd()}…`;
}

/** The longest run of one character in a text. */
function longestRun(text: string, character: string): number {
  let longest = 0;
  let run = 0;
  for (const each of text) {
    run = each === character ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

const ESC = '\u001b';
const BEL = '\u0007';
const ANSI = new RegExp(
  `${ESC}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)?|[@-_])`,
  'g',
);
const INVISIBLE =
  /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]|(?=\p{Cc})[^\n\t]/gu;

/** Half characters (lone surrogates) can neither be stored nor sent as UTF-8. */
const wellFormed = (text: string, instead = '\ufffd'): string => text.replaceAll(/\p{Cs}/gu, instead);

const oneLine = (text: string): string => clean(text).replaceAll(/\s+/g, ' ').trim();

const hideMarkers = (text: string): string => text.replaceAll('<!--', `<!${ZERO_WIDTH}--`);

function words(part: string, options: PlainOptions & { readonly references?: boolean }): string {
  const [before = '', after = ''] = [
    /^\s*/.exec(part)?.[0],
    part.trim() === '' ? '' : /\s*$/.exec(part)?.[0],
  ];
  const safe = plain(part, { ...options, max: part.length });
  return `${before}${options.references ? safe.replaceAll(`#${ZERO_WIDTH}`, '#') : safe}${after}`;
}

function escapeMarkdown(line: string): string {
  return line
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*[\]|~$]/g, '\\$&')
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_');
}

/** Takes the effect from mentions, references, links and closing words. */
function disarm(line: string, people: ReadonlySet<string>): string {
  return line
    .replaceAll(/@(?=([\w-]*(?:\/\w)?))/g, (at, word: string) =>
      people.has(word.toLowerCase()) ? at : `${at}${ZERO_WIDTH}`,
    )
    .replaceAll(/#(?=\d)/g, `#${ZERO_WIDTH}`)
    .replaceAll(/gh-(?=\d)/gi, `$&${ZERO_WIDTH}`)
    .replaceAll(/:(?=\/\/)/g, `:${ZERO_WIDTH}`)
    .replaceAll(/www(?=\.)/gi, `$&${ZERO_WIDTH}`);
}

/** What makes a heading, a list, a rule or a code block at the start of a line; a plain bullet may stay. */
function quotedLine(line: string): string {
  return plain(line, { max: 1_000 })
    .replace(/^[#+=]/, '\\$&')
    .replace(/^-(?! \S)/, '\\-')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

const isAccount = (login: string): boolean => LOGIN.test(login.replace(/\[bot\]$/, ''));
