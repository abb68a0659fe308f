import type { CodePackage } from '../../../domain/code-map.ts';
import { languageOf } from './language.ts';
import { pythonModules, resolvePython } from './resolve-python.ts';
import { ScriptModules } from './resolve-script.ts';

/** Names become files of the repository; what is none, or is not clear, is left out. */
export function resolveImports(given: {
  readonly files: readonly string[];
  readonly packages: readonly CodePackage[];
  /** By path: what it imports, as it is written. */
  readonly written: ReadonlyMap<string, readonly string[]>;
  readonly read: (path: string) => string | null;
}): ReadonlyMap<string, readonly string[]> {
  const { packages, written, read } = given;
  const files = new Set(given.files);
  const scripts = new ScriptModules({ files, packages, read });
  const projects = packages.filter(({ manifest }) => manifest.endsWith('pyproject.toml'));
  const modules = pythonModules(
    given.files,
    projects.map(({ directory }) => directory),
  );
  const imports = new Map<string, readonly string[]>();
  for (const [path, names] of written) {
    const isPython = languageOf(path) === 'py';
    const meant = names.map((name) =>
      isPython ? resolvePython(modules, path, name) : scripts.resolve(path, name),
    );
    const found = new Set(meant.filter((one) => one !== null && one !== path));
    if (found.size > 0) imports.set(path, [...found].filter((one) => one !== null).sort());
  }
  return imports;
}
