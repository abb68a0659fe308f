import type { Token, Tokens } from 'marked';

/** The words of Markdown without its marks, on one line, as far as a terminal is concerned. */
export function inlineText(
  tokens: readonly Token[] | undefined,
  strong: (text: string) => string = same,
): string {
  return (tokens ?? []).map((token) => wordsOf(token, strong)).join('');
}

const same = (text: string): string => text;

function wordsOf(token: Token, strong: (text: string) => string): string {
  switch (token.type) {
    case 'strong':
      return strong(inlineText(token.tokens));
    case 'br':
      return ' ';
    case 'html':
      return '';
    case 'link':
      return inlineText(token.tokens, strong);
    case 'codespan':
    case 'escape':
      return tidy((token as Tokens.Codespan).text);
    default:
      return token.type !== 'codespan' && 'tokens' in token && token.tokens
        ? inlineText(token.tokens, strong)
        : tidy('text' in token ? String(token.text) : token.raw);
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** Entities as characters; the marks that keep names from being mentions are invisible and go. */
const tidy = (text: string): string =>
  text
    .replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    .replaceAll(/\u200b|\ufe0f/g, '')
    .replaceAll('\n', ' ');
