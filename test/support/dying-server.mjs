/*
 * The server as `heddle serve` starts it, but for its death: at the event named by HEDDLE_DIE_AT (`acted open-pull 2`:
 * the second time that a pull request was opened and the result is not stored yet; `any 7`: the seventh event of all)
 * it kills itself as the kernel would, between two instructions. HEDDLE_TRACE_FILE gets the names of all events.
 */
import { appendFileSync } from 'node:fs';
import { serve } from '../../dist/cli/serve.js';

const { HEDDLE_DIE_AT: dieAt = '', HEDDLE_TRACE_FILE: file = '' } = process.env;
const seen = new Map();

function happens(name) {
  const points = [name, 'any'].map((each) => `${each} ${count(each)}`);
  if (file !== '') appendFileSync(file, `${points[0]}\n`);
  if (points.includes(dieAt)) process.kill(process.pid, 'SIGKILL');
}

function count(name) {
  const number = (seen.get(name) ?? 0) + 1;
  seen.set(name, number);
  return number;
}

await serve([], {
  trace: (event) => {
    if (event.kind === 'committed') happens(`${event.phase} decision`);
    // An intent is stored by the commit; nothing happens between the two.
    if (event.kind === 'action' && event.phase !== 'intended') happens(`${event.phase} ${event.action.kind}`);
  },
  runnerTrace: ({ step, phase }) => happens(`${phase} ${step}`),
});
