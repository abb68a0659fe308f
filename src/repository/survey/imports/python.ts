import { parser } from '@lezer/python';
import { BOUNDS } from '../bounds.ts';

/**
 * What a Python file imports: `a.b` for `import a.b`, `a.b:c` for `from a.b import c`, dots first where it is relative
 * (`.:c`, `..p:*`). The parser goes on after mistakes; an import with one in it does not count.
 */
export function pythonImports(text: string): readonly string[] {
  const found = new Set<string>();
  const cursor = parser.parse(text).cursor();
  let more = cursor.next();
  while (more && found.size < BOUNDS.imports) {
    const isImport = cursor.name === 'ImportStatement';
    if (isImport) for (const one of statement(text.slice(cursor.from, cursor.to))) found.add(one);
    more = cursor.next(!isImport);
  }
  return [...found];
}

const NAME = /^[\p{L}\p{N}_]+$/u;
const MODULE = /^[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*$/u;

function statement(source: string): readonly string[] {
  const plain = source.replace(/#[^\n]*/g, '').replace(/\\\r?\n|\s+/g, ' ');
  if (!plain.startsWith('from'))
    return plain
      .replace(/^import\b/, '')
      .split(',')
      .flatMap(moduleOf);
  // Cut by hand: a pattern for the whole would try every way to share out its dots.
  const at = plain.search(/\bimport\b/);
  if (at < 0) return [];
  const from = plain.slice('from'.length, at).replaceAll(' ', '');
  const names = plain.slice(at + 'import'.length);
  if (!/^\.+$/.test(from) && !MODULE.test(from.replace(/^\.+/, ''))) return [];
  return names
    .replace(/[()]/g, '')
    .split(',')
    .flatMap(nameOf)
    .map((name) => `${from}:${name}`);
}

function moduleOf(part: string): readonly string[] {
  const module = (part.split(' as ')[0] ?? '').replaceAll(' ', '');
  return MODULE.test(module) ? [module] : [];
}

function nameOf(part: string): readonly string[] {
  const name = (part.split(' as ')[0] ?? '').trim();
  return name === '*' || NAME.test(name) ? [name] : [];
}
