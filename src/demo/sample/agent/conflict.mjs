import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sortedLines } from './files.mjs';

const CONFLICT = /^<{7}[^\n]*\n([\s\S]*?)(?:^\|{7}[^\n]*\n[\s\S]*?)?^={7}[^\n]*\n([\s\S]*?)^>{7}[^\n]*\n/gm;

/** Keeps both sides of every conflict: here, two pieces of work never take anything away from each other. */
export async function resolveConflicts() {
  const edited = [];
  for (const path of await sources('.')) {
    const before = await readFile(path, 'utf8');
    const after = before.replaceAll(CONFLICT, (_all, ours, theirs) => both(ours, theirs));
    if (after === before) continue;
    await writeFile(path, after);
    edited.push(path);
  }
  if (edited.length === 0) throw new Error('I find no conflict.');
  return { edited, summary: `Kept both sides of the conflicts in ${edited.join(', ')}.` };
}

/** Lines of an index keep their order; anything else stands one after the other. */
function both(ours, theirs) {
  const all = `${ours}${theirs}`;
  const isIndex = all.split('\n').every((line) => line === '' || line.startsWith('export * from '));
  return isIndex ? `${sortedLines(all)}\n` : all;
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
