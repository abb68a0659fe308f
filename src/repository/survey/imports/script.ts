import type { ParserOptions } from 'oxc-parser';
import { BOUNDS } from '../bounds.ts';

/** A parser in native code: it is loaded where it is used, in a process of its own. */
const oxc = () => import('oxc-parser');

/** What a file of TypeScript or JavaScript imports, as it is written; nothing where it cannot be parsed. */
export async function scriptImports(text: string, language: 'ts' | 'tsx' | 'js'): Promise<readonly string[]> {
  if (!IMPORTS.test(text)) return [];
  const found = await parsed(text, language === 'js' ? 'jsx' : language);
  // Types in JavaScript (Flow's are much like TypeScript's).
  const imports = found ?? (language === 'js' ? await parsed(text, 'tsx') : null) ?? [];
  return [...new Set(imports)].filter((one) => one !== '').slice(0, BOUNDS.imports);
}

/** Without any of these words there is nothing to find, and nothing to parse. */
const IMPORTS = /\b(?:import|from|require)\b/;

async function parsed(text: string, lang: NonNullable<ParserOptions['lang']>): Promise<string[] | null> {
  const { parseSync } = await oxc();
  const result = parseSync(`file.${lang}`, text, { lang, sourceType: 'unambiguous' });
  if (result.errors.some(({ severity }) => severity === 'Error')) return null;
  const { staticImports, staticExports, dynamicImports } = result.module;
  const found = [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...dynamicImports.flatMap(({ moduleRequest }) =>
      literal(text.slice(moduleRequest.start, moduleRequest.end)),
    ),
  ];
  return NEEDS_TREE.test(text) ? [...found, ...(await inTree(result.program))] : found;
}

/** What the parser's own list of imports lacks: `require(…)`, `import a = require(…)`, `import('…').Type`. */
const NEEDS_TREE = /\brequire\s*\(|\bimport\s*\(/;

type Program = import('oxc-parser').ParseResult['program'];

async function inTree(program: Program): Promise<readonly string[]> {
  const { Visitor } = await oxc();
  const found: string[] = [];
  const take = (it: unknown): void => {
    if (isLiteral(it)) found.push(it.value);
  };
  new Visitor({
    CallExpression: ({ callee, arguments: [first] }) => {
      if (callee.type === 'Identifier' && callee.name === 'require') take(first);
    },
    TSImportType: ({ source }) => take(source),
    TSExternalModuleReference: ({ expression }) => take(expression),
  }).visit(program);
  return found;
}

const isLiteral = (it: unknown): it is { readonly value: string } =>
  typeof it === 'object' && it !== null && 'value' in it && typeof it.value === 'string';

/** The text of a literal without escapes; nothing where a name is put together. */
function literal(source: string): readonly string[] {
  const found = /^(?:'([^'\\]*)'|"([^"\\]*)"|`([^`\\$]*)`)$/.exec(source.trim());
  return found ? [found[1] ?? found[2] ?? found[3] ?? ''] : [];
}
