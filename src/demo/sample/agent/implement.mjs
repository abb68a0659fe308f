import { addImport, editFile, exportedNames, exportModule, putFunction, putTest } from './files.mjs';
import { RECIPES } from './recipes.mjs';

/** Adds the function that the task asks for, with a test of its examples. A repeated try looks at what failed. */
export async function implement(prompt) {
  const recipe = RECIPES[prompt.name];
  if (!recipe) throw new Error(`I know no recipe for ${prompt.name}.`);
  await requireFunctions(recipe.needs ?? {});
  const learnt = prompt.isAnotherTry && prompt.failures.includes(prompt.name);
  const body = recipe.hasty && !learnt ? recipe.hasty : recipe.code;
  const edited = [
    await editFile(prompt.path, (text) => withFunction(text, prompt, { body, needs: recipe.needs ?? {} })),
    await editFile(testPath(prompt.path), (text) => withTest(text, prompt)),
    await exportModule(prompt.path),
  ];
  const again = learnt ? ' The last try failed its test; I read the output and changed the loop.' : '';
  const tests = `${prompt.examples.length} examples of the issue as its test`;
  return {
    edited: edited.filter((path) => path !== null),
    summary: `Added \`${prompt.name}\` to ${prompt.path}, with the ${tests}.${again}`,
  };
}

export const testPath = (path) => path.replace(/^src\//, 'test/').replace(/\.js$/, '.test.js');

/** Work that stands on other work only starts where that has landed. */
async function requireFunctions(needs) {
  for (const [name, module] of Object.entries(needs)) {
    const names = await exportedNames(`src/${module}.js`);
    if (!names.includes(name)) throw new Error(`src/${module}.js has no function ${name} yet.`);
  }
}

function withFunction(text, { name, path, doc }, { body, needs }) {
  const others = Object.entries(needs).filter(([, module]) => path !== `src/${module}.js`);
  const imported = others.reduce((before, [each, module]) => addImport(before, each, `./${module}.js`), text);
  return putFunction(imported, name, `/** ${doc} */\n${body.trim()}\n`);
}

function withTest(text, { name, path, examples }) {
  const checks = examples.map(({ call, result }) => `  assert.deepEqual(${call}, ${result});`);
  const start = text || "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n";
  return putTest(addImport(start, name, `../${path}`), name, checks);
}
