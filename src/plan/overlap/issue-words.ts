import type { KeyEvidence } from '../../domain/facts.ts';
import { pathKeys } from '../keys.ts';
import { readMarkdown } from '../markdown/read.ts';

/** An issue, as much of it as predictions look at. */
export interface IssueText {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
}

/** What an issue says, taken apart once. */
export interface IssueWords {
  readonly title: string;
  /** The body's plain text: neither code nor quotes. */
  readonly lines: readonly string[];
  /** Inline code of title and body, each once. */
  readonly codes: readonly string[];
  readonly labels: readonly string[];
  /** The paths and globs that somebody names. */
  readonly named: readonly KeyEvidence[];
}

/** More inline code than this is a log or a list. */
const MOST_CODES = 100;

/** Linear in the length of the text. */
export function issueWords({ title, body, labels }: IssueText): IssueWords {
  const [head, text] = [readMarkdown(title), readMarkdown(body)];
  const codes = [...head.codes, ...text.codes].map(({ value }) => value.trim());
  return {
    title: head.lines.map((line) => line.text).join(' '),
    lines: text.lines.map((line) => line.text),
    codes: [...new Set(codes)].filter((code) => code !== '').slice(0, MOST_CODES),
    labels,
    named: pathKeys(body),
  };
}
