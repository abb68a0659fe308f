import { BOUNDS } from '../bounds.ts';
import type { Cache } from '../cache.ts';
import type { Texts } from '../texts.ts';
import type { Tree } from '../tree.ts';
import { type Language, languageOf } from './language.ts';
import { scriptImports } from './script.ts';

/** What is told while files are parsed: the parser in native code may end the process. */
export interface Parsing {
  /** Before the blob of this name is parsed. */
  readonly onParse?: (name: string) => void;
  readonly onProgress?: (done: number, of: number) => void;
  /** Names of blobs that ended a process which parsed them; `all` after too many of them. */
  readonly refused?: ReadonlySet<string> | 'all';
}

export interface Written {
  /** By path: what a source imports, as it is written. */
  readonly byPath: ReadonlyMap<string, readonly string[]>;
  readonly cache: Cache['imports'];
  readonly gaps: readonly string[];
}

export async function readImports(
  given: Parsing & { readonly tree: Tree; readonly texts: Texts; readonly cache: Cache },
): Promise<Written> {
  const sources = sourcesOf(given.tree);
  const cache = known(sources, given);
  const late = given.refused === 'all' ? 0 : await parseNew(sources, { ...given, cache });
  const byPath = new Map(sources.map(({ path, name }) => [path, cache.get(name) ?? []]));
  const refused = sources.filter(({ name }) => cache.get(name) === null).map(({ path }) => path);
  const gaps = [
    ...(refused.length > 0 ? [`cannot be parsed safely: ${refused.slice(0, 5).join(', ')}`] : []),
    ...(late > 0 ? [`${late} sources are left to later surveys: parsing took too long`] : []),
    ...(given.refused === 'all' ? ['new sources are not parsed: too many of them cannot be, safely'] : []),
  ];
  return { byPath, cache, gaps };
}

interface Source {
  readonly path: string;
  readonly language: Language;
  /** Of what is parsed: the same text in another language is something else. */
  readonly name: string;
}

const sourcesOf = ({ files }: Tree): readonly Source[] =>
  [...files].flatMap(([path, { blob, isLink }]) => {
    const language = isLink ? null : languageOf(path);
    return language === null ? [] : [{ path, language, name: `${blob}.${language}` }];
  });

/** What of the cache this commit needs, and what must not be parsed again. */
function known(
  sources: readonly Source[],
  { cache, refused }: { readonly cache: Cache; readonly refused?: Parsing['refused'] },
): Cache['imports'] {
  const imports: Cache['imports'] = new Map();
  for (const { name } of sources) {
    const found = refused !== 'all' && refused?.has(name) ? null : cache.imports.get(name);
    if (found !== undefined) imports.set(name, found);
  }
  return imports;
}

/** Fills the cache; answers how many sources there was no time for. */
async function parseNew(
  sources: readonly Source[],
  given: Parsing & { readonly texts: Texts; readonly cache: Cache['imports'] },
): Promise<number> {
  const { cache, texts } = given;
  const fresh = new Map(
    sources.filter(({ name }) => !cache.has(name)).map((source) => [source.name, source]),
  );
  const byPath = new Map([...fresh.values()].map((source) => [source.path, source]));
  const end = performance.now() + BOUNDS.parsingMs;
  let done = 0;
  for await (const [path, text] of texts.read([...byPath.keys()], BOUNDS.fileBytes)) {
    const source = byPath.get(path);
    if (performance.now() > end) return byPath.size - done;
    if (source !== undefined) {
      given.onParse?.(source.name);
      cache.set(source.name, text === null ? [] : await importsOf(text, source.language));
    }
    given.onProgress?.(++done, byPath.size);
  }
  return 0;
}

/** A parser that throws has met something that nobody writes: it is as good as a file without imports. */
async function importsOf(text: string, language: Language): Promise<readonly string[]> {
  try {
    if (language !== 'py') return await scriptImports(text, language);
    // Many repositories have none: what reads them is loaded with the first one.
    const { pythonImports } = await import('./python.ts');
    return pythonImports(text);
  } catch {
    return [];
  }
}
