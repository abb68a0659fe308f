import { type IssueRef, refText } from '../domain/ids.ts';
import { clean, code, named, plain, shorten } from './text.ts';
import { type Home, reference } from './words.ts';

/** How words of others are put into a line: as Markdown that can do no harm on GitHub, or for a terminal. */
export interface Voice {
  readonly quote: (text: string, max: number) => string;
  readonly code: (text: string, max: number) => string;
  readonly person: (login: string) => string;
  readonly issue: (ref: IssueRef, home: Home) => string;
}

export const MARKDOWN: Voice = {
  quote: (text, max) => plain(text, { max }),
  code,
  person: named,
  issue: reference,
};

const flat = (text: string, max: number): string => shorten(clean(text).replaceAll(/\s+/g, ' ').trim(), max);

export const TERMINAL: Voice = {
  quote: flat,
  code: flat,
  person: (login) => flat(login, 60),
  issue: (ref, home) => flat(refText(ref, home), 120),
};
