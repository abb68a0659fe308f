import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const exists = (path: string) => existsSync(new URL(path, root));

const packages = z.record(z.string(), z.string()).default({});
const manifest = z
  .object({ dependencies: packages, devDependencies: packages })
  .parse(JSON.parse(read('package.json')));
const app = z
  .object({ default_events: z.array(z.string()), default_permissions: z.record(z.string(), z.string()) })
  .parse(parse(read('app.yml')));
const lock = z
  .object({ packages: z.record(z.string(), z.looseObject({ optionalDependencies: packages })) })
  .parse(JSON.parse(read('package-lock.json')));

describe("the App's manifest", () => {
  test.runIf(exists('src/webhooks/events.ts'))(
    'asks for exactly the events that the code listens to',
    async () => {
      const { EVENTS } = z
        .object({ EVENTS: z.unknown() })
        .parse(await import(`${root}src/webhooks/events.ts`));
      expect([...app.default_events].sort()).toEqual(subscribable(EVENTS));
    },
  );

  test('gives a reason for every permission and event', () => {
    const lines = read('app.yml').split('default_permissions:')[1]?.split('\n') ?? [];
    const entries = lines.filter((line) => /^ +(- )?[a-z_]+/.test(line));
    expect(entries).toHaveLength(app.default_events.length + Object.keys(app.default_permissions).length);
    expect(entries.filter((line) => !/ # .{10,}/.test(line))).toEqual([]);
  });

  test('may not write workflows or administer the repository', () => {
    expect(Object.keys(app.default_permissions)).not.toContain('workflows');
    expect(Object.keys(app.default_permissions)).not.toContain('administration');
  });
});

describe('continuous integration', () => {
  const workflows = readdirSync(new URL('.github/workflows', root)).map(
    (name) => `.github/workflows/${name}`,
  );

  test.each(workflows)('%s pins every action by a full commit and names its version', (path) => {
    const uses = read(path).match(/^.*\buses:.*$/gm) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((line) => !/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  test.each(workflows)('%s may only read', (path) => {
    expect(parse(read(path)).permissions).toEqual({ contents: 'read' });
  });

  test("runs the README's own test command on a clean clone", () => {
    expect(read('.ci/run').trim().split('\n').at(-1)).toBe('npm ci && npm test');
  });

  test.runIf(exists('README.md'))('has a README that promises the same two commands', () => {
    expect(read('README.md')).toContain('npm ci && npm run demo');
    expect(read('README.md')).toContain('npm ci && npm test');
  });
});

describe('the packages', () => {
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });

  test('are each named with a reason in CONTRIBUTING.md', () => {
    const rows = read('.github/CONTRIBUTING.md').matchAll(/^\| `([^`]+)` \| .{10,} \|$/gm);
    const named = new Set([...rows].map((row) => row[1]));
    expect(names.filter((name) => !named.has(name))).toEqual([]);
  });

  test('have exact versions', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  // npm ci refuses a lock file that leaves out another platform's package, on every platform.
  test('are locked for every platform', () => {
    const missing = Object.entries(lock.packages).flatMap(([holder, it]) =>
      Object.keys(it.optionalDependencies).filter(
        (name) => !lock.packages[`node_modules/${name}`] && !lock.packages[`${holder}/node_modules/${name}`],
      ),
    );
    expect(missing).toEqual([]);
  });

  test('are locked without the address of a registry', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });
});

/** Names of events from a table: a list or the keys of a record, with or without actions. */
function subscribable(table: unknown): readonly string[] {
  const entries = Array.isArray(table) ? table : Object.keys(z.record(z.string(), z.unknown()).parse(table));
  const names = z
    .array(z.string())
    .parse(entries)
    .map((name) => name.split('.')[0] ?? name);
  return [...new Set(names)].filter((name) => !/^installation(_|$)/.test(name)).sort();
}
