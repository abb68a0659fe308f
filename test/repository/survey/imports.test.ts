import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Files, Past } from './past.ts';

let past: Past;
beforeAll(async () => {
  past = await Past.create();
});
afterAll(() => past.remove());

/** What each file imports. */
const imports = async (files: Files) => Object.fromEntries((await past.mapOf(files)).imports);

describe('the imports of TypeScript and JavaScript', () => {
  test('are found in every form', async () => {
    const forms = [
      "import a from './a.ts';",
      "import type { B } from './b.js';",
      "export * from './c';",
      "export { d } from '../src/d/index.js';",
      "const e = await import('./e.mjs');",
      "const f = require('./f');",
      "import g = require('./g.cjs');",
      "type H = import('./h.ts').H;",
      'const i = import(`./i.ts`);',
      "const no = import('./no' + name); // import './comment.ts'",
    ];
    const names = [
      'a.ts',
      'b.ts',
      'c.tsx',
      'd/index.ts',
      'e.mts',
      'f.js',
      'g.cts',
      'h.ts',
      'i.ts',
      'no.ts',
      'comment.ts',
    ];
    const others = Object.fromEntries(names.map((name) => [`src/${name}`, '']));
    const found = await imports({ ...others, 'src/main.ts': forms.join('\n') });
    expect(found).toEqual({
      'src/main.ts': names
        .slice(0, 9)
        .map((name) => `src/${name}`)
        .sort(),
    });
  });

  test('lead into packages of the workspace, by exports, main, source or index', async () => {
    const manifest = (it: object) => JSON.stringify(it);
    const found = await imports({
      'package.json': manifest({ workspaces: ['packages/*'] }),
      'packages/a/package.json': manifest({
        name: '@x/a',
        exports: { '.': { import: './dist/index.js' }, './*': './src/sub/*.ts' },
      }),
      'packages/a/src/index.ts': '',
      'packages/a/src/sub/tool.ts': '',
      'packages/b/package.json': manifest({ name: 'b', main: 'lib/start.js' }),
      'packages/b/src/start.ts': '',
      'packages/b/src/other.ts': '',
      'packages/c/package.json': manifest({
        name: 'c',
        source: 'code/c.jsx',
        imports: { '#inner/*': './code/*.js' },
      }),
      'packages/c/code/c.jsx': "import '#inner/d'",
      'packages/c/code/d.js': '',
      'app.js':
        "import '@x/a'; import '@x/a/tool'; import 'b'; import 'b/other'; require('c'); import 'react'; import 'node:fs'",
    });
    expect(found).toEqual({
      'app.js': [
        'packages/a/src/index.ts',
        'packages/a/src/sub/tool.ts',
        'packages/b/src/other.ts',
        'packages/b/src/start.ts',
        'packages/c/code/c.jsx',
      ],
      'packages/c/code/c.jsx': ['packages/c/code/d.js'],
    });
  });

  test('follow the aliases of a tsconfig with comments, also of one that it extends', async () => {
    const found = await imports({
      'tsconfig.base.json':
        '{ /* all */ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["web/src/*"], "exact": ["web/exact.ts"], }, }, }',
      'web/tsconfig.json': '{ "extends": "../tsconfig.base.json" } // the rest is there',
      'web/src/deep/a.ts': "import '@/b'; import 'exact'; import 'web/src/c'; import '@/missing'",
      'web/src/b.ts': '',
      'web/src/c.ts': '',
      'web/exact.ts': '',
    });
    expect(found).toEqual({ 'web/src/deep/a.ts': ['web/exact.ts', 'web/src/b.ts', 'web/src/c.ts'] });
  });

  test('are left out where they lead nowhere, outside, or stand in a broken file', async () => {
    const found = await imports({
      'a.ts':
        "import './gone.ts'; import '../../etc/passwd'; import '/b.ts'; import 'constructor'; import '__proto__'",
      'b.ts': 'import "./a.ts"; const = ;',
      'node_modules/x/index.js': "require('../../a.ts')",
      'link.ts': { target: 'a.ts' },
      'flow.js': "// @flow\nimport type { A } from './a.ts'; const b: A = 1;",
    });
    expect(found).toEqual({ 'flow.js': ['a.ts'] });
  });
});

describe('the imports of Python', () => {
  test('are found in every form, absolute and relative', async () => {
    const found = await imports({
      'shop/__init__.py': 'from . import cart',
      'shop/cart.py':
        'from .money import (\n  euro,  # the only one\n  cent as c,\n)\nfrom ..shop import tax',
      'shop/money.py': '',
      'shop/tax/__init__.py': 'from ..money import *\nfrom .. import cart, money as m',
      'shop/tax/rates.pyi': 'from .. \\\n  import tax',
      'main.py':
        'import os, shop.cart as cart, shop.tax.rates\nif True:\n  from shop import money\ntry:\n  import gone\nexcept ImportError: pass',
    });
    expect(found).toEqual({
      'main.py': ['shop/cart.py', 'shop/money.py', 'shop/tax/rates.pyi'],
      'shop/__init__.py': ['shop/cart.py'],
      'shop/cart.py': ['shop/money.py', 'shop/tax/__init__.py'],
      'shop/tax/__init__.py': ['shop/cart.py', 'shop/money.py'],
      'shop/tax/rates.pyi': ['shop/tax/__init__.py'],
    });
  });

  test('begin in src, in projects and beside scripts', async () => {
    const project = (name: string) => `[project]\nname = "${name}"\n`;
    const found = await imports({
      'libs/a/pyproject.toml': project('a'),
      'libs/a/src/alpha/__init__.py': '',
      'libs/a/tests/test_a.py': 'import alpha\nimport helper\nfrom common import x',
      'libs/a/tests/helper.py': '',
      'libs/a/common.py': '',
      'libs/b/pyproject.toml': project('b'),
      'libs/b/common.py': '',
      'libs/b/beta.py': 'from alpha import y\nimport common',
      'broken.py': 'import libs.b.beta\nfrom from import import\n)))\nimport libs.a.common',
    });
    expect(found).toEqual({
      'libs/a/tests/test_a.py': [
        'libs/a/common.py',
        'libs/a/src/alpha/__init__.py',
        'libs/a/tests/helper.py',
      ],
      'libs/b/beta.py': ['libs/a/src/alpha/__init__.py', 'libs/b/common.py'],
      'broken.py': ['libs/a/common.py', 'libs/b/beta.py'],
    });
  });

  test('take no longer than the text is long, whatever somebody makes of it', async () => {
    const dots = `from ${'. '.repeat(100_000)} x`;
    const found = await imports({
      'dots.py': dots,
      'names.py': `import ${'a.'.repeat(100_000)}`,
      'a.py': '',
    });
    expect(found).toEqual({});
  });
});
