import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { HELP } from '../src/cli/help.ts';
import { readSettings } from '../src/cli/settings.ts';
import { DEFAULT_POLICY_DATA } from '../src/domain/policy.ts';
import { COMMAND_HELP } from '../src/render/help.ts';
import { parsePolicyFile } from '../src/repository/policy-file.ts';

const root = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const readme = read('README.md');
const map = read('src/README.md');

/** The code blocks of a language, in their order. */
const blocks = (language: string): readonly string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, code]) => code ?? '',
  );

/** The rows of the table under a heading, as cells. */
function tableUnder(heading: string): readonly (readonly string[])[] {
  const section = readme.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(1).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const names = (text: string, pattern: RegExp): readonly string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, name]) => name ?? '')),
];

describe('the README', () => {
  test('has a library example that runs and prints what it says', async () => {
    const [code = ''] = blocks('ts');
    const { stdout } = await execa(process.execPath, ['--input-type=module', '--eval', code], { cwd: root });
    expect(`${stdout}\n`).toBe(blocks('text')[0]);
  });

  test('has an example of a plan that heddle plan prints as it says', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'heddle-readme-'));
    const block = blocks('console').find((each) => each.startsWith('$ heddle plan tasks.json')) ?? '';
    const [line = '', ...output] = block.split('\n');
    await writeFile(join(folder, 'tasks.json'), blocks('json')[0] ?? '');
    const args = [fileURLToPath(new URL('dist/cli/main.js', root)), ...line.split(' ').slice(2)];
    const { stdout } = await execa(process.execPath, args, { cwd: folder });
    await rm(folder, { recursive: true });
    expect(line).toMatch(/^\$ heddle plan /);
    expect(`${stdout}\n`).toBe(output.join('\n'));
  });

  test('has examples of a policy that are valid, and defaults that are the defaults', () => {
    const support = { providers: ['exec'], executors: ['local'] };
    const policies = blocks('yaml');
    for (const text of policies) expect(parsePolicyFile({ text, blob: 'x' }, support).kind).toBe('valid');
    const {
      agents: _,
      agent: __,
      ...shown
    } = z.record(z.string(), z.unknown()).parse(parse(policies.at(-1) ?? ''));
    expect(DEFAULT_POLICY_DATA).toMatchObject(shown);
  });

  test('lists every command with the words of the help', () => {
    const rows = Object.values(COMMAND_HELP).map(({ example, does }) => [`\`/parallel ${example}\``, does]);
    expect(tableUnder('Commands')).toEqual(rows);
  });

  test('speaks of no command that is not there', () => {
    const verbs = names(readme, /\/parallel ([a-z-]+)/g);
    expect(verbs.filter((verb) => !Object.hasOwn(COMMAND_HELP, verb))).toEqual([]);
    const scripts = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')));
    expect(names(readme, /npm run ([a-z:]+)/g).filter((name) => !scripts.scripts[name])).toEqual([]);
  });

  test('lists every variable that the server reads, with its default', () => {
    const rows = new Map(
      tableUnder('Environment').map(([name = '', , value]) => [name.replaceAll('`', ''), value]),
    );
    const settings = names(read('src/cli/settings.ts'), /(HEDDLE_[A-Z_]+)/g);
    expect([...rows.keys()].filter((name) => name.startsWith('HEDDLE_')).sort()).toEqual(
      [...settings].sort(),
    );
    const defaults = readSettings({ HEDDLE_SANDBOX: 'none' });
    expect(rows.get('HEDDLE_QUIET_MS')).toBe(`\`${defaults.quietMs}\``);
    expect(rows.get('HEDDLE_RESYNC_SECONDS')).toBe(`\`${defaults.resyncMs / 1_000}\``);
    expect(rows.get('HEDDLE_BACKOFF_MS')).toBe(`\`${defaults.backoffMs}\``);
    expect(rows.get('HEDDLE_TRACKING_MS')).toBe(`\`${defaults.trackingMs}\``);
    expect(rows.get('HEDDLE_SETTLE_MS')).toBe(`\`${defaults.settleMs}\``);
    expect(rows.get('HEDDLE_RATE_LIMITS')).toBe(`\`${defaults.rateLimits}\``);
    expect(rows.get('HEDDLE_ENV_ALLOW')).toBe(defaults.envAllow.map((name) => `\`${name}\``).join(', '));
  });

  test('names no variable that neither the code nor Node knows', () => {
    const known =
      readdirSync(new URL('src', root), { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.ts'))
        .map((path) => read(`src/${path}`))
        .join('\n') + HELP;
    const found = names(readme, /\b([A-Z]{2,}(?:_[A-Z]+)+|HOST|PORT)\b/g);
    expect(found.filter((name) => !known.includes(name) && !name.startsWith('NODE_'))).toEqual([]);
  });

  test('has a link that creates the App with exactly the permissions and events of app.yml', () => {
    const form = new URL(/\((https:\/\/github\.com\/settings\/apps\/new\?[^)]*)\)/.exec(readme)?.[1] ?? '');
    const { default_permissions, default_events } = parse(read('app.yml'));
    expect(form.searchParams.getAll('events[]')).toEqual(default_events);
    const asked = Object.fromEntries(
      [...form.searchParams].filter(([, level]) => /^(read|write)$/.test(level)),
    );
    expect(asked).toEqual(default_permissions);
  });

  test.each(['README.md', 'src/README.md'])('%s links only to files that exist', (path) => {
    const links = names(read(path), /\]\((?!https?:|#)([^)#]+)\)/g);
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((link) => !existsSync(new URL(link, new URL(path, root))))).toEqual([]);
  });
});

describe('the map of the sources', () => {
  const paths = /`((?:[\w-]+\/)+[\w.-]*\.(?:ts|yml|md))`/g;
  const place = (path: string): string => (/^(?:test|src|\.github)\//.test(path) ? path : `src/${path}`);

  test('names only files that exist', () => {
    const missing = names(map, paths).filter((path) => !existsSync(new URL(place(path), root)));
    expect(names(map, paths).length).toBeGreaterThan(40);
    expect(missing).toEqual([]);
  });

  test('names only functions that are in a file of the same paragraph', () => {
    const lost = map.split(/\n(?:\d+\. |- |\n)/).flatMap((paragraph) => {
      const files = [...names(paragraph, paths), ...(paragraph.includes('`app.ts`') ? ['app.ts'] : [])];
      const text = files.map((path) => read(place(path))).join('\n');
      return names(paragraph, /`(\w+)\(\)`/g).filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
    });
    expect(lost).toEqual([]);
  });
});
