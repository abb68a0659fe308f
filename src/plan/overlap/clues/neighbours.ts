import type { ClueList } from '../clue-list.ts';
import type { CodeIndex } from '../code-index.ts';
import { FEW, IMPORT, IMPORTER } from '../sources.ts';
import type { Seed } from './seeds.ts';

/** Of one file: those beyond are reached by nearly everything, so that reaching them says nothing. */
const MOST_NEIGHBOURS = 40;

/** What is likely to change along with a file: by history, and by imports in both directions. Chained: a product. */
export function addNeighbours(list: ClueList, seed: Seed, index: CodeIndex): void {
  addCoChanges(list, seed, index);
  addImports(list, seed, { source: 'importer', paths: index.importers.get(seed.path), base: IMPORTER });
  addImports(list, seed, { source: 'import', paths: index.map.imports.get(seed.path), base: IMPORT });
}

/**
 * P(this | that) as the commits show it, times s / (s + 1): Laplace's caution, by which three commits out of three are
 * no certainty yet.
 */
function addCoChanges(list: ClueList, { path: via, quote, confidence }: Seed, { map }: CodeIndex): void {
  for (const partner of (map.history.together.get(via) ?? []).slice(0, MOST_NEIGHBOURS)) {
    const seen = partner.support / (partner.support + 1);
    const chained = confidence * Math.min(1, partner.confidence) * seen;
    list.add(partner.path, { source: 'co-change', quote, via, confidence: chained });
  }
}

function addImports(
  list: ClueList,
  { path: via, quote, confidence }: Seed,
  near: {
    readonly source: 'importer' | 'import';
    readonly paths: readonly string[] | undefined;
    readonly base: number;
  },
): void {
  const paths = near.paths ?? [];
  const each = near.base * Math.min(1, FEW / paths.length);
  if (paths.length > MOST_NEIGHBOURS) return;
  for (const path of paths)
    if (path !== via) list.add(path, { source: near.source, quote, via, confidence: confidence * each });
}
