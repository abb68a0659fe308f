import { objectOf, own, text } from './json.ts';

type Manifest = Readonly<Record<string, unknown>>;

/** Conditions in the order in which they lead to sources. */
const CONDITIONS = [
  'source',
  'development',
  'types',
  'import',
  'module',
  'default',
  'require',
  'node',
  'browser',
];

const DEEPEST = 8;

/** Files that a package means by its name or by `name/subpath` (`.` or `./subpath`), relative to its directory. */
export function entriesOf(manifest: Manifest, subpath: string): readonly string[] {
  const exported = exportsOf(own(manifest, 'exports'), subpath);
  if (subpath !== '.') return [...exported, subpath.slice(2), `src/${subpath.slice(2)}`];
  const fields = ['source', 'types', 'module', 'main'].flatMap((field) => text(own(manifest, field)) ?? []);
  return [...exported, ...fields.map(relative), 'src/index', 'index', 'src/main', 'lib/index'];
}

/** Files that `#name` means in a package. */
export const internalEntries = (manifest: Manifest, name: string): readonly string[] =>
  matching(objectOf(own(manifest, 'imports')), name);

function exportsOf(field: unknown, subpath: string): readonly string[] {
  const table = objectOf(field);
  const isTable = table !== null && Object.keys(table).some((key) => key.startsWith('.'));
  if (isTable) return matching(table, subpath);
  return subpath === '.' ? targets(field, '', DEEPEST) : [];
}

function matching(table: Manifest | null, name: string): readonly string[] {
  if (table === null) return [];
  if (Object.hasOwn(table, name)) return targets(table[name], '', DEEPEST);
  const patterns = Object.keys(table).filter((key) => key.split('*').length === 2 && fits(key, name));
  const [best] = patterns.sort((a, b) => b.indexOf('*') - a.indexOf('*'));
  if (best === undefined) return [];
  const [before = '', after = ''] = best.split('*');
  return targets(table[best], name.slice(before.length, name.length - after.length), DEEPEST);
}

function fits(pattern: string, name: string): boolean {
  const [before = '', after = ''] = pattern.split('*');
  return name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after);
}

function targets(value: unknown, star: string, depth: number): readonly string[] {
  if (typeof value === 'string') return [relative(value.split('*').join(star))];
  if (depth === 0) return [];
  if (Array.isArray(value)) return value.slice(0, DEEPEST).flatMap((one) => targets(one, star, depth - 1));
  const table = objectOf(value);
  if (table === null) return [];
  return CONDITIONS.flatMap((condition) => targets(own(table, condition), star, depth - 1));
}

const relative = (path: string): string => path.replace(/^(?:\.?\/)+/, '');
