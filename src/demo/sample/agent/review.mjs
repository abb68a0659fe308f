import { addCheck, addImport, editFile, functionIn } from './files.mjs';
import { testPath } from './implement.mjs';

/** What reviewers here ask for: that a call throws an error under a condition. */
const WISH = /`((\w+)\([^`]*\))` should throw an? `(\w+Error)` when `([^`]+)`/g;

/** Makes every change that the review asks for in a form that this agent understands. */
export async function answerReview({ path, review }) {
  const wishes = [...review.matchAll(WISH)];
  if (wishes.length === 0) throw new Error('I do not understand what the review asks for.');
  const edited = new Set();
  for (const [, call, name, error, condition] of wishes) {
    const guard = `  if (${condition}) throw new ${error}('${name}: ${condition}');\n`;
    edited.add(await editFile(path, (text) => withGuard(text, name, guard)));
    const check = `assert.throws(() => ${call}, ${error});`;
    edited.add(
      await editFile(testPath(path), (text) => addCheck(addImport(text, name, `../${path}`), name, check)),
    );
  }
  const made = wishes.map(([, , name, error, condition]) => `${name} throws a ${error} when ${condition}`);
  return {
    edited: [...edited].filter((each) => each !== null),
    summary: `As the review asks: ${made.join('; ')}. Each has a check in its test.`,
  };
}

function withGuard(text, name, guard) {
  const found = functionIn(text, name);
  if (!found) throw new Error(`There is no function ${name} to change.`);
  return text.slice(0, found.body) + guard + text.slice(found.body);
}
