import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addImport, blocksOf, importsOf, putFunction, putTest, sortedLines } from './files.mjs';
import { implement } from './implement.mjs';

const CONFLICT = /^<{7}[^\n]*\n([\s\S]*?)(?:^\|{7}[^\n]*\n[\s\S]*?)?^={7}[^\n]*\n([\s\S]*?)^>{7}[^\n]*\n/gm;

/** Keeps what both sides of every conflict add: here, two pieces of work never take anything away from each other. */
export async function resolveConflicts(prompt) {
  const edited = [];
  for (const path of await sources('.')) {
    const text = await readFile(path, 'utf8');
    const [ours, theirs] = ['$1', '$2'].map((side) => text.replaceAll(CONFLICT, side));
    if (ours === theirs) continue;
    await writeFile(path, both(ours, theirs, prompt.name));
    edited.push(path);
  }
  // Solved before, and the tests failed: look at the work itself.
  if (edited.length === 0) return await implement(prompt);
  return { edited, summary: `Kept both sides of the conflicts in ${edited.join(', ')}.` };
}

/**
 * Git's markers cut through functions that end in the same line, so the whole files are put together: what landed,
 * then every function and test that only this work has, or that is this work.
 */
function both(ours, theirs, name) {
  if (ours.split('\n').every((line) => line === '' || line.startsWith('export * from ')))
    return `${sortedLines(`${ours}${theirs}`)}\n`;
  const known = new Set(blocksOf(ours).map((block) => block.name));
  const added = blocksOf(theirs).filter((block) => block.name === name || !known.has(block.name));
  const imported = importsOf(theirs).reduce((text, each) => addImport(text, each.name, each.module), ours);
  return added.reduce(
    (text, { isTest, name: each, code, checks }) =>
      isTest ? putTest(text, each, checks) : putFunction(text, each, code),
    imported,
  );
}

async function sources(directory) {
  const entries = await readdir(directory, { withFileTypes: true });
  const found = entries
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules' && name !== 'agent')
    .map((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return sources(path);
      return entry.name.endsWith('.js') ? [path] : [];
    });
  return (await Promise.all(found)).flat();
}
