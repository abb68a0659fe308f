/** What a compiler writes, and the sources that it is written from. */
const SOURCES: ReadonlyMap<string, readonly string[]> = new Map([
  ['.js', ['.ts', '.tsx', '.d.ts', '.jsx']],
  ['.jsx', ['.tsx']],
  ['.mjs', ['.mts', '.d.mts']],
  ['.cjs', ['.cts', '.d.cts']],
]);

const ENDINGS = [
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.d.ts',
  '.json',
  '.vue',
  '.svelte',
];

/** The file that a path of an import means: itself, its source, with an ending, or the index of a directory. */
export function scriptFile(files: ReadonlySet<string>, path: string): string | null {
  return places(path).find((place) => files.has(place)) ?? null;
}

/** The same for a file that a build writes and nobody commits: `dist/a.js` for `src/a.ts`. */
export function builtFile(files: ReadonlySet<string>, directory: string, target: string): string | null {
  const within = (path: string) => (directory === '' ? path : `${directory}/${path}`);
  const found = scriptFile(files, within(target));
  if (found !== null) return found;
  const source = target
    .replace(/^(?:dist|lib|build|out|output|es|esm|cjs)\/(?:(?:es|esm|cjs|types)\/)?/, '')
    .replace(/\.d\.([cm]?)ts$/, '.$1js');
  return scriptFile(files, within(`src/${source}`)) ?? scriptFile(files, within(source));
}

function places(path: string): readonly string[] {
  const ending = /\.[cm]?jsx?$/.exec(path)?.[0] ?? '';
  const stem = path.slice(0, path.length - ending.length);
  const sources = (SOURCES.get(ending) ?? []).map((source) => stem + source);
  const index = path === '' ? 'index' : `${path}/index`;
  return [path, ...sources, ...ENDINGS.map((end) => path + end), ...ENDINGS.map((end) => index + end)];
}
