import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A `git` for PATH that writes down its command before it becomes the real one. */
export class GitWrapper {
  readonly path: string;
  readonly #log: string;

  constructor(room: string) {
    const directory = join(room, 'bin');
    this.#log = join(room, 'git.log');
    this.path = `${directory}${delimiter}${process.env.PATH ?? ''}`;
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    mkdirSync(directory);
    // The command is the first argument that is neither a setting nor a place.
    const script = `#!/bin/sh
line=
skip=
for word in "$@"; do
  if [ -n "$skip" ]; then skip=; continue; fi
  case $word in
    -c) skip=1 ;;
    -*) ;;
    *) line=$word; break ;;
  esac
done
echo "$line" >> '${this.#log}'
exec '${real}' "$@"
`;
    writeFileSync(join(directory, 'git'), script);
    chmodSync(join(directory, 'git'), 0o755);
    writeFileSync(this.#log, '');
  }

  /** The commands since the last call, in their order. */
  taken(): readonly string[] {
    const commands = readFileSync(this.#log, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    writeFileSync(this.#log, '');
    return commands;
  }
}
