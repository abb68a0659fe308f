import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Files, Past } from './past.ts';

let past: Past;
beforeAll(async () => {
  past = await Past.create();
});
afterAll(() => past.remove());

/** Names, directories and what depends on what: `a@packages/a > b, c`. */
async function packages(files: Files): Promise<readonly string[]> {
  const { packages } = await past.mapOf(files);
  return packages.map(
    ({ name, directory, dependencies }) => `${name}@${directory} > ${dependencies.join(', ')}`,
  );
}

const json = (it: object): string => JSON.stringify(it);

describe('the packages of a workspace', () => {
  test('of npm and Yarn are chosen by globs, with what a later one takes away', async () => {
    const found = await packages({
      'package.json': json({
        name: 'root',
        workspaces: { packages: ['packages/*', './apps/{web,api}/', '!packages/old'] },
      }),
      'packages/a/package.json': json({ name: '@x/a', dependencies: { b: 'workspace:*', react: '1' } }),
      'packages/b/package.json': json({
        name: 'b',
        peerDependencies: { '@x/a': '*' },
        devDependencies: { it: 'workspace:web@*' },
      }),
      'packages/old/package.json': json({ name: 'old' }),
      'packages/a/deep/package.json': json({ name: 'deep' }),
      'apps/web/package.json': json({ name: 'web', dependencies: { other: 'file:../../packages/b' } }),
      'apps/api/package.json': json({ private: true }),
      'node_modules/b/package.json': json({ name: 'b' }),
    });
    expect(found).toEqual([
      'apps/api@apps/api > ',
      'web@apps/web > b',
      'root@ > ',
      '@x/a@packages/a > b',
      'b@packages/b > @x/a, web',
    ]);
  });

  test('of pnpm are chosen by its own file, whatever the order of what is taken away', async () => {
    const found = await packages({
      'pnpm-workspace.yaml': "packages:\n  - '!**/test/**'\n  - 'libs/**'\n",
      'package.json': json({ name: 'root' }),
      'libs/a/package.json': json({ name: 'a', optionalDependencies: { b: 'link:../deep/b' } }),
      'libs/deep/b/package.json': json({ name: 'b' }),
      'libs/a/test/fixture/package.json': json({ name: 'fixture' }),
    });
    expect(found).toEqual(['a@libs/a > b', 'b@libs/deep/b > ', 'root@ > ']);
  });

  test('of Go are its modules, also where another one is replaced by a place', async () => {
    const found = await packages({
      'go.work': 'go 1.22\nuse (\n\t./api\n\t./lib\n)\nreplace example.com/fork => ./lib\n',
      'api/go.mod':
        'module example.com/api // the api\n\nrequire (\n\texample.com/lib v1.0.0 // indirect\n\texample.com/fork v2.0.0\n\tgolang.org/x/net v0.1.0\n)\n',
      'lib/go.mod':
        'module "example.com/lib"\nrequire example.com/tool v0.0.0\nreplace example.com/tool v0.0.0 => ../tool\n',
      'tool/go.mod': 'module example.com/tool/v2\n',
      'vendor/x/go.mod': 'module x\n',
    });
    expect(found).toEqual([
      'example.com/api@api > example.com/lib',
      'example.com/lib@lib > example.com/tool/v2',
      'example.com/tool/v2@tool > ',
    ]);
  });

  test('of Cargo are its members and what these reach by path', async () => {
    const found = await packages({
      'Cargo.toml':
        '[workspace]\nmembers = ["crates/*"]\nexclude = ["crates/old"]\n[workspace.dependencies]\nshared = { path = "shared" }\n',
      'crates/a/Cargo.toml':
        '[package]\nname = "a"\n[dependencies]\nserde = "1"\nshared = { workspace = true }\n[target."cfg(unix)".dev-dependencies]\nrenamed = { package = "b", path = "../b" }\n',
      'crates/b/Cargo.toml': '[package]\nname = "b"\n',
      'crates/old/Cargo.toml': '[package]\nname = "old"\n',
      'shared/Cargo.toml': '[package]\nname = "shared"\n',
      'alone/Cargo.toml': '[package]\nname = "alone"\n',
    });
    expect(found).toEqual(['a@crates/a > b, shared', 'b@crates/b > ', 'shared@shared > ']);
  });

  test("of Python are projects by PEP 621 and Poetry, and uv's members where there are some", async () => {
    const files = {
      'a/pyproject.toml':
        '[project]\nname = "My_App"\ndependencies = ["core-lib[fast]>=1; python_version > \'3\'", "requests"]\n[dependency-groups]\ndev = ["tool.box"]\n',
      'b/pyproject.toml':
        '[tool.poetry]\nname = "core.lib"\n[tool.poetry.group.x.dependencies]\nthe-box = { path = "../c" }\n',
      'c/pyproject.toml': '[project]\nname = "tool-box"\n',
    };
    const every = ['my-app@a > core-lib, tool-box', 'core-lib@b > tool-box', 'tool-box@c > '];
    expect(await packages(files)).toEqual(every);
    const root = { 'pyproject.toml': '[tool.uv.workspace]\nmembers = ["[ab]"]\nexclude = ["b"]\n' };
    expect(await packages({ ...files, ...root })).toEqual(['my-app@a > ']);
  });

  test('are all named ones where no workspace is declared; broken manifests are named', async () => {
    const files = {
      'web/package.json': json({ name: 'web' }),
      'api/package.json': '\uFEFF{"name": "api", }',
      'x/package.json': '{',
      'y/Cargo.toml': '[',
    };
    const { packages, gaps } = await past.mapOf(files);
    expect(packages.map(({ name }) => name)).toEqual(['api', 'web']);
    expect(gaps).toEqual(['cannot be read: x/package.json', 'cannot be read: y/Cargo.toml']);
  });
});
