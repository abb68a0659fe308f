/** An issue that a text closes: `#12`, or `owner/name#12` in another repository. */
export interface ClosingReference {
  /** `owner/name`; undefined for the text's own repository. */
  readonly repository: string | undefined;
  readonly number: number;
}

const keyword = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:([\w.-]+\/[\w.-]+))?#(\d+)\b/gi;
const address =
  /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+https?:\/\/[^\s/]+\/([\w.-]+\/[\w.-]+)\/issues\/(\d+)\b/gi;

/** GitHub's closing keywords in a pull request's body or a commit message, each issue once; code does not count. */
export function closingReferences(text: string): readonly ClosingReference[] {
  const prose = text.replaceAll(/```[\s\S]*?(```|$)|`[^`\n]*`|<!--[\s\S]*?-->/g, ' ');
  const found = [...prose.matchAll(keyword), ...prose.matchAll(address)].map(([, repository, number]) => ({
    repository,
    number: Number(number),
  }));
  const names = found.map(({ repository, number }) => `${repository ?? ''}#${number}`.toLowerCase());
  return found.filter((_, index) => names.indexOf(names[index] ?? '') === index);
}
