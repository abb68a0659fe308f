/** How a source file is read; null: its imports are not. */
export type Language = 'ts' | 'tsx' | 'js' | 'py';

const ENDINGS: ReadonlyMap<string, Language> = new Map([
  ['ts', 'ts'],
  ['mts', 'ts'],
  ['cts', 'ts'],
  ['tsx', 'tsx'],
  ['js', 'js'],
  ['jsx', 'js'],
  ['mjs', 'js'],
  ['cjs', 'js'],
  ['py', 'py'],
  ['pyi', 'py'],
]);

/** Installed packages, compressed and generated code are nobody's work. */
const FOREIGN =
  /(?:^|\/)(?:node_modules|bower_components|site-packages|\.yarn|\.venv)\/|\.min\.[cm]?js$|\.bundle\.js$/;

export function languageOf(path: string): Language | null {
  if (FOREIGN.test(path)) return null;
  return ENDINGS.get(path.slice(path.lastIndexOf('.') + 1)) ?? null;
}
