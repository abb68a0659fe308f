import type { Source } from './source.ts';

/** Every import circle once, as `src/a.ts > src/b.ts > src/a.ts`; imports of types count. */
export function importCircles(sources: readonly Source[]): readonly string[] {
  const imports = new Map(sources.map((it) => [it.path, it.imports]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) circles.push([...trail.slice(start), path].join(' > '));
    if (start >= 0 || done.has(path)) return;
    for (const next of imports.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const { path } of sources) visit(path, []);
  return circles;
}
