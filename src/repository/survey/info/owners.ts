import type { OwnerRule } from '../../../domain/code-map.ts';
import type { RepositoryInfoProvider } from '../../../domain/ports/providers.ts';

/** Where GitHub looks for it; the first one that is there counts alone. */
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/** Who owns what, by CODEOWNERS. */
export const codeOwners: RepositoryInfoProvider = {
  name: 'codeowners',
  reads: (path) => PLACES.includes(path),
  info: (tree) => {
    const place = PLACES.find((path) => tree.files.includes(path));
    if (place === undefined) return {};
    const text = tree.text(place);
    if (text === null) return { gaps: [`${place} is too large or no text: nobody owns anything by it`] };
    return { owners: ownerRules(text) };
  },
};

/** The rules in their order; a rule without owners takes them away from what it matches. */
export function ownerRules(text: string): readonly OwnerRule[] {
  return text.split('\n').flatMap((line, index) => {
    const words = wordsOf(line);
    const [pattern, ...owners] = words;
    // GitHub has no negation and no character ranges there, and skips such lines.
    if (pattern === undefined || /^!|[[\]]/.test(pattern)) return [];
    return [{ pattern, owners: owners.filter(isOwner), line: index + 1 }];
  });
}

/** Words up to a comment; `\ ` and `\#` belong to a pattern. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:\\.|[^\s\\])+/g) ?? [];
  const end = words.findIndex((word) => word.startsWith('#'));
  const before = end < 0 ? words : words.slice(0, end);
  return before.map((word) => word.replace(/\\([ #])/g, '$1'));
}

const isOwner = (word: string): boolean => word.indexOf('@') >= 0;
