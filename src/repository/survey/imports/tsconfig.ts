import { looseObject, objectOf, own, strings, text } from './json.ts';
import { directoryOf, joined, upwards } from './paths.ts';

/** What names of modules stand for, by a tsconfig.json or jsconfig.json. */
export interface PathAliases {
  /** Directories in which bare names are looked for; null: none. */
  readonly baseUrl: string | null;
  readonly paths: readonly Alias[];
}

interface Alias {
  readonly before: string;
  /** Null: the whole name has to be the same. */
  readonly after: string | null;
  /** Paths from the root, with one `*` where the name has one. */
  readonly targets: readonly string[];
}

const NAMES = ['tsconfig.json', 'jsconfig.json'];
const MOST_EXTENDED = 5;
const MOST_ALIASES = 500;

/** Whether a file may say something about aliases: configurations extend others of any name. */
export const isTsconfig = (path: string): boolean =>
  /(?:^|\/)(?:[tj]sconfig(?:\.[\w-]+)*|base)\.json$/.test(path) && !path.includes('node_modules/');

/** Reads configurations where they are asked for, each once. */
export class Tsconfigs {
  private readonly read: (path: string) => string | null;
  private readonly known = new Map<string, PathAliases | null>();

  constructor(read: (path: string) => string | null) {
    this.read = read;
  }

  /** The nearest configuration above a file; null: there is none. */
  of(directory: string): PathAliases | null {
    for (const at of upwards(directory)) {
      const found = this.at(at);
      if (found !== null) return found;
    }
    return null;
  }

  private at(directory: string): PathAliases | null {
    const known = this.known.get(directory);
    if (known !== undefined) return known;
    const paths = NAMES.flatMap((name) => joined(directory, name) ?? []);
    const path = paths.find((one) => this.read(one) !== null);
    const found = path === undefined ? null : this.aliases(path, MOST_EXTENDED);
    this.known.set(directory, found);
    return found;
  }

  /** What a file does not say itself is said by what it extends. */
  private aliases(path: string, more: number): PathAliases {
    const config = looseObject(this.read(path) ?? '');
    const options = objectOf(own(config, 'compilerOptions'));
    const base = text(own(options, 'baseUrl'));
    const directory = directoryOf(path);
    const baseUrl = base === null ? null : joined(directory, base);
    const paths = aliasesOf(objectOf(own(options, 'paths')), baseUrl ?? directory);
    const parent = more > 0 ? this.parent(directory, config) : null;
    const inherited = parent === null ? NONE : this.aliases(parent, more - 1);
    return { baseUrl: baseUrl ?? inherited.baseUrl, paths: paths ?? inherited.paths };
  }

  private parent(directory: string, config: Readonly<Record<string, unknown>> | null): string | null {
    const extended = own(config, 'extends');
    // Of several the last one wins; those out of packages are not here.
    const name = text(extended) ?? strings(extended).at(-1) ?? null;
    if (name === null || !name.startsWith('.')) return null;
    const places = [name, `${name}.json`].flatMap((one) => joined(directory, one) ?? []);
    return places.find((one) => this.read(one) !== null) ?? null;
  }
}

const NONE: PathAliases = { baseUrl: null, paths: [] };

function aliasesOf(paths: Readonly<Record<string, unknown>> | null, base: string): readonly Alias[] | null {
  if (paths === null) return null;
  const entries = Object.entries(paths).slice(0, MOST_ALIASES);
  return entries.flatMap(([pattern, targets]) => {
    const [before = '', after = null, ...more] = pattern.split('*');
    const paths = strings(targets).flatMap((target) => joined(base, target) ?? []);
    return more.length > 0 ? [] : [{ before, after, targets: paths }];
  });
}

/** Paths that a bare name may stand for, the closest pattern first. */
export function aliased({ baseUrl, paths }: PathAliases, name: string): readonly string[] {
  const fitting = paths.filter(({ before, after }) =>
    after === null
      ? name === before
      : name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after),
  );
  const [best] = [...fitting].sort((a, b) => b.before.length - a.before.length);
  const rest =
    best === undefined ? '' : name.slice(best.before.length, name.length - (best.after?.length ?? 0));
  const targets = best?.targets.map((target) => target.split('*').join(rest)) ?? [];
  const based = baseUrl === null ? [] : [joined(baseUrl, name)];
  return [...targets.map((target) => joined('', target)), ...based].filter((path) => path !== null);
}
