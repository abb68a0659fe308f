import { readFile, writeFile } from 'node:fs/promises';

/** Changes a file as it is now, or makes it. Returns the path, or null where nothing changed. */
export async function editFile(path, change) {
  const before = await readIfThere(path);
  const after = change(before);
  if (after === before) return null;
  await writeFile(path, after);
  return path;
}

export async function exportedNames(path) {
  const text = await readIfThere(path);
  return [...text.matchAll(/^export (?:async )?function (\w+)/gm)].map((match) => match[1]);
}

/** Exports a module from the index, in alphabetical order. */
export function exportModule(path) {
  const line = `export * from './${path.slice('src/'.length)}';`;
  return editFile('src/index.js', (text) => `${sortedLines(`${text}${line}`)}\n`);
}

export const sortedLines = (text) =>
  [...new Set(text.split('\n').filter((line) => line !== ''))].sort().join('\n');

/** Puts a function where the old one stood, or at the end. */
export function putFunction(text, name, code) {
  const old = functionIn(text, name);
  if (old) return text.slice(0, old.start) + code + text.slice(old.end);
  return text === '' ? code : `${text.trimEnd()}\n\n${code}`;
}

/** A function with its documentation: from and to which character, and where its body begins. */
export function functionIn(text, name) {
  const pattern = new RegExp(`(?:^/\\*\\*[^\\n]*\\*/\\n)?^export function ${name}\\([^\\n]*\\{\\n`, 'm');
  const match = pattern.exec(text);
  if (!match) return undefined;
  const body = match.index + match[0].length;
  return { start: match.index, body, end: text.indexOf('\n}\n', body) + 3 };
}

/** Every function and every test of a file, with its text. */
export function blocksOf(text) {
  const functions = [...text.matchAll(/^export function (\w+)\(/gm)].map(([, name]) => {
    const { start, end } = functionIn(text, name);
    return { isTest: false, name, code: text.slice(start, end), checks: [] };
  });
  const tests = [...text.matchAll(/^test\('(\w+)', \(\) => \{\n([\s\S]*?)\n\}\);\n/gm)].map(
    ([code, name, body]) => ({ isTest: true, name, code, checks: body.split('\n') }),
  );
  return [...functions, ...tests];
}

/** What a file imports by name, each with its module. */
export function importsOf(text) {
  const lines = [...text.matchAll(/^import \{ ([^}]*) \} from '([^']+)';$/gm)];
  return lines.flatMap(([, names, module]) => names.split(', ').map((name) => ({ name, module })));
}

/** Puts checks into the test of a name, in place of the old ones. */
export function putTest(text, name, checks) {
  const code = `test('${name}', () => {\n${checks.join('\n')}\n});\n`;
  const start = text.indexOf(`test('${name}', `);
  if (start < 0) return `${text.trimEnd()}\n\n${code}`;
  return text.slice(0, start) + code + text.slice(text.indexOf('\n});\n', start) + 5);
}

/** Adds one more check at the end of a test. */
export function addCheck(text, name, check) {
  const start = text.indexOf(`test('${name}', `);
  const end = text.indexOf('\n});\n', start);
  if (start < 0 || end < 0) throw new Error(`There is no test of ${name}.`);
  return `${text.slice(0, end)}\n  ${check}${text.slice(end)}`;
}

/** Imports a name, with an import of its own or beside the others of the module. */
export function addImport(text, name, module) {
  const pattern = new RegExp(`^import \\{ ([^}]*) \\} from '${module.replaceAll('.', '\\.')}';$`, 'm');
  const match = pattern.exec(text);
  if (match) {
    const names = [...new Set([...match[1].split(', '), name])].sort().join(', ');
    return text.replace(match[0], `import { ${names} } from '${module}';`);
  }
  const line = `import { ${name} } from '${module}';`;
  const imports = text.match(/^import .*;$/gm) ?? [];
  const rest = text.replaceAll(/^import .*;\n/gm, '').trimStart();
  return `${[...imports, line].join('\n')}\n\n${rest}`;
}

async function readIfThere(path) {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}
