/** One thing that is wrong with `.github/parallel.yml`. */
export interface PolicyProblem {
  /** `merge.method`, `verify[0]`; empty for the file as a whole. */
  readonly path: string;
  /** Reads on from the path: `must be at most 100, but is 200`. */
  readonly message: string;
  /** What was probably meant. */
  readonly suggestion: string | null;
}

/** What this version of the program can run. */
export interface PolicySupport {
  readonly providers: readonly string[];
  readonly executors: readonly string[];
}

/** `merge.method`, `verify[0]`, `labels["my label"]`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const name = String(part);
    if (!/^[A-Za-z_][\w-]*$/.test(name)) return `${text}[${JSON.stringify(name)}]`;
    return text === '' ? name : `${text}.${name}`;
  }, '');
}
