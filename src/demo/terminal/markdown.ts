import { lexer, type Token, type Tokens } from 'marked';
import { table, wrap } from './columns.ts';
import { inlineText } from './inline.ts';
import type { Style } from './style.ts';

/** GitHub's Markdown as text for a terminal: tables in columns, diagrams in a sentence, folded parts folded. */
export function terminalText(
  markdown: string,
  { width, style }: { readonly width: number; readonly style: Style },
): string {
  const page = { width, style };
  const blocks = unfolded(markdown)
    .map((token) => blockLines(token, page))
    .filter((lines) => lines.length > 0);
  return blocks.map((lines) => lines.join('\n')).join('\n\n');
}

interface Page {
  readonly width: number;
  readonly style: Style;
}

/** Without comments; of a `<details>` only its summary is left, as on GitHub until somebody clicks. */
function unfolded(markdown: string): readonly Token[] {
  const text = markdown
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .replaceAll(/<details>\s*<summary>([\s\S]*?)<\/summary>[\s\S]*?<\/details>/g, '▸ $1');
  return lexer(text);
}

function blockLines(token: Token, page: Page): readonly string[] {
  const { style, width } = page;
  switch (token.type) {
    case 'heading':
      return [style.bold(inlineText(token.tokens))];
    case 'paragraph':
    case 'text':
      return styledLines(token as Tokens.Paragraph, page);
    case 'table':
      return tableLines(token as Tokens.Table, page);
    case 'list':
      return (token as Tokens.List).items.flatMap((item, at) =>
        itemLines(item, mark(token as Tokens.List, at), page),
      );
    case 'code':
      return codeLines(token as Tokens.Code, page);
    case 'blockquote':
      return (token.tokens ?? [])
        .flatMap((inner) => blockLines(inner, { ...page, width: width - 2 }))
        .map((line) => `${style.dim('│')} ${line}`);
    default:
      return [];
  }
}

/** A paragraph that is bold as a whole stays so; colour inside of a line would not survive its wrapping. */
function styledLines(token: Tokens.Paragraph | Tokens.Text, { width, style }: Page): readonly string[] {
  const lines = wrap(inlineText(token.tokens), width);
  const isBold = token.tokens?.length === 1 && token.tokens[0]?.type === 'strong';
  return isBold ? lines.map((line) => style.bold(line)) : lines;
}

function tableLines({ header, rows }: Tokens.Table, { width, style }: Page): readonly string[] {
  const texts = [header, ...rows].map((row) => row.map((each) => inlineText(each.tokens)));
  const [, ...used] = texts;
  const columns = header.map((_, at) => at).filter((at) => used.some((row) => (row[at] ?? '–') !== '–'));
  const lines = table(
    texts.map((row) => columns.map((at) => row[at] ?? '')),
    width,
  );
  return lines.map((line, at) => (at === 0 ? style.dim(line) : line));
}

const mark = ({ ordered, start }: Tokens.List, at: number): string =>
  ordered ? `${(start === '' ? 1 : start) + at}. ` : '- ';

function itemLines(item: Tokens.ListItem, bullet: string, page: Page): readonly string[] {
  const inner = { ...page, width: page.width - bullet.length };
  const lines = item.tokens.flatMap((token) => blockLines(token, inner));
  return lines.map((line, at) => (at === 0 ? bullet : ' '.repeat(bullet.length)) + line);
}

function codeLines({ lang, text }: Tokens.Code, page: Page): readonly string[] {
  if (lang !== 'mermaid') return text.split('\n').map((line) => `  ${line}`);
  const edges = [...text.matchAll(/^\s*[iox](\w+) (?:-->|-\. circle \.->) [iox](\w+)\s*$/gm)];
  const nodes = text.match(/^\s*[iox]\w+[[(]/gm) ?? [];
  const arrows = edges.map(([, from, to]) => `#${from} → #${to}`);
  const drawn = `(GitHub draws a graph here: ${nodes.length} issues, ${arrows.length} arrows`;
  return wrap(`${drawn}${arrows.length === 0 ? '' : `: ${arrows.join(', ')}`})`, page.width).map(
    page.style.dim,
  );
}
