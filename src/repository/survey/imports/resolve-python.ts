import { below, directoryOf, upwards } from './paths.ts';

/** What names of modules mean. */
export interface PythonModules {
  readonly files: ReadonlySet<string>;
  /** The directories that hold a module or package of a name: where an absolute import may begin. */
  readonly roots: ReadonlyMap<string, readonly string[]>;
}

/** Many projects may have a module `tests`: those that are tried for one import. */
const MOST_ROOTS = 50;

/** `projects`: directories of projects; like the repository, each may also have its packages in `src/`. */
export function pythonModules(files: readonly string[], projects: readonly string[]): PythonModules {
  const begins = new Set(['', ...projects].flatMap((project) => [below(project, 'src'), project]));
  const roots = new Map<string, Set<string>>();
  for (const path of files.filter((file) => /\.pyi?$/.test(file))) {
    let name = path.slice(path.lastIndexOf('/') + 1).replace(/\.pyi?$/, '');
    for (const directory of upwards(directoryOf(path))) {
      if (begins.has(directory)) roots.set(name, (roots.get(name) ?? new Set()).add(directory));
      name = directory.slice(directory.lastIndexOf('/') + 1);
    }
  }
  return { files: new Set(files), roots: new Map([...roots].map(([name, set]) => [name, [...set].sort()])) };
}

/** The file that one import of `pythonImports` means; null: none of the repository. */
export function resolvePython(modules: PythonModules, from: string, written: string): string | null {
  const [module = '', name = ''] = written.split(':');
  const path = module.replace(/^\.+/, '');
  const dots = module.length - path.length;
  const roots = dots > 0 ? upwards(directoryOf(from)).slice(dots - 1, dots) : rootsOf(modules, from, path);
  for (const root of roots) {
    const at = path === '' ? root : below(root, path.replaceAll('.', '/'));
    const found = moduleAt(modules, below(at, name)) ?? moduleAt(modules, at);
    if (found !== null && found !== from) return found;
  }
  return null;
}

/** Where an absolute name may begin: in the project of the file first, beside the file (a script's way) last. */
function rootsOf(modules: PythonModules, from: string, path: string): readonly string[] {
  const all = modules.roots.get(path.split('.')[0] ?? '') ?? [];
  const own = all.filter((root) => root === '' || from.startsWith(`${root}/`));
  own.sort((a, b) => b.length - a.length);
  return [...new Set([...own, ...all.slice(0, MOST_ROOTS), directoryOf(from)])];
}

function moduleAt({ files }: PythonModules, path: string): string | null {
  if (path === '' || path.endsWith('/')) return null;
  const places = [`${path}.py`, `${path}/__init__.py`, `${path}.pyi`, `${path}/__init__.pyi`];
  return places.find((place) => files.has(place)) ?? null;
}
