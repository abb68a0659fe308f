/*
 * Stands in for a coding agent: the same answer to the same question, and no account. Like one, it reads the prompt on
 * its standard input, looks at the files that it finds, edits them, and leaves committing to others. What it knows is in
 * agent/recipes.mjs; where a function goes and what stands around it, it works out from the files as they are.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { resolveConflicts } from './agent/conflict.mjs';
import { implement } from './agent/implement.mjs';
import { readPrompt } from './agent/prompt.mjs';
import { answerReview } from './agent/review.mjs';

const WORK = { implement, review: answerReview, conflict: resolveConflicts };

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const text = Buffer.concat(chunks).toString();
const kind = process.env.HEDDLE_KIND ?? 'implement';

try {
  const work = WORK[kind];
  if (!work) throw new Error(`I do not know how to do work of the kind ${kind}.`);
  const prompt = readPrompt(text);
  console.log(`Reading: ${prompt.title}`);
  await think(prompt);
  const done = await work(prompt);
  for (const path of done.edited) console.log(`Edited ${path}`);
  say({ type: 'summary', text: done.summary });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
// A script has no tokens; these are the words that it read, so that the accounting has something to count.
say({ type: 'usage', inputTokens: text.split(/\s+/).length, outputTokens: 0, usd: 0 });

/** Thinking takes a real agent minutes, and this one a few seconds: long enough to see who works at the same time. */
async function think({ name }) {
  await wait(Number(process.env.THINK_MS ?? 3000 + (name.length % 5) * 400));
}

function say(message) {
  console.log(JSON.stringify(message));
}
