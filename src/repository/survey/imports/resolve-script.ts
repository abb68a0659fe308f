import type { CodePackage } from '../../../domain/code-map.ts';
import { entriesOf, internalEntries } from './entries.ts';
import { looseObject } from './json.ts';
import { directoryOf, joined, upwards } from './paths.ts';
import { builtFile, scriptFile } from './script-files.ts';
import { aliased, Tsconfigs } from './tsconfig.ts';

type Manifest = Readonly<Record<string, unknown>>;

interface ScriptPackage {
  readonly directory: string;
  readonly manifest: Manifest;
}

/** Finds the files that imports of TypeScript and JavaScript mean. */
export class ScriptModules {
  private readonly files: ReadonlySet<string>;
  private readonly tsconfigs: Tsconfigs;
  private readonly byName = new Map<string, ScriptPackage>();
  private readonly byDirectory = new Map<string, ScriptPackage>();

  constructor(given: {
    readonly files: ReadonlySet<string>;
    readonly packages: readonly CodePackage[];
    readonly read: (path: string) => string | null;
  }) {
    this.files = given.files;
    this.tsconfigs = new Tsconfigs(given.read);
    for (const { name, directory, manifest } of given.packages) {
      if (!/(?:^|\/)package\.json$/.test(manifest)) continue;
      const found = { directory, manifest: looseObject(given.read(manifest) ?? '') ?? {} };
      this.byName.set(name, found);
      this.byDirectory.set(directory, found);
    }
  }

  /** Null: it is no file of the repository, or nobody knows which. */
  resolve(from: string, written: string): string | null {
    const [name = ''] = written.split('?');
    if (/^\.{1,2}(?:\/|$)/.test(name)) return this.relative(directoryOf(from), name);
    if (name === '' || name.startsWith('/') || name.includes(':') || name.includes('\\')) return null;
    if (name.startsWith('#')) return this.internal(from, name) ?? this.alias(from, name);
    return this.alias(from, name) ?? this.ofPackage(name);
  }

  private relative(directory: string, name: string): string | null {
    const path = joined(directory, name);
    return path === null ? null : scriptFile(this.files, path);
  }

  private alias(from: string, name: string): string | null {
    const aliases = this.tsconfigs.of(directoryOf(from));
    if (aliases === null) return null;
    return first(aliased(aliases, name), (path) => scriptFile(this.files, path));
  }

  private ofPackage(name: string): string | null {
    const parts = name.split('/');
    const depth = name.startsWith('@') ? 2 : 1;
    const found = this.byName.get(parts.slice(0, depth).join('/'));
    const subpath = ['.', ...parts.slice(depth)].join('/');
    return found === undefined ? null : this.entry(found, entriesOf(found.manifest, subpath));
  }

  private internal(from: string, name: string): string | null {
    const found = first(upwards(directoryOf(from)), (directory) => this.byDirectory.get(directory) ?? null);
    return found === null ? null : this.entry(found, internalEntries(found.manifest, name));
  }

  private entry({ directory }: ScriptPackage, entries: readonly string[]): string | null {
    const inside = entries.filter((entry) => joined('', entry) !== null);
    return first(inside, (entry) => builtFile(this.files, directory, entry));
  }
}

function first<From, To>(all: readonly From[], find: (one: From) => To | null): To | null {
  for (const one of all) {
    const found = find(one);
    if (found !== null) return found;
  }
  return null;
}
