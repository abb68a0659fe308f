import { fromMarkdown } from 'mdast-util-from-markdown';

export interface MarkdownNode {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly MarkdownNode[];
}

/** All nodes of a Markdown text. */
export function nodesOf(markdown: string): readonly MarkdownNode[] {
  const all: MarkdownNode[] = [];
  const visit = (node: MarkdownNode): void => {
    all.push(node);
    node.children?.forEach(visit);
  };
  visit(fromMarkdown(markdown));
  return all;
}

/** What is left as plain words, where GitHub looks for mentions, references and links; code is not among it. */
export const wordsOf = (markdown: string): string =>
  nodesOf(markdown)
    .flatMap((node) => (node.type === 'text' ? [node.value ?? ''] : []))
    .join('\n');

/** The raw HTML of a text. */
export const htmlOf = (markdown: string): readonly string[] =>
  nodesOf(markdown).flatMap((node) => (node.type === 'html' ? [node.value ?? ''] : []));
