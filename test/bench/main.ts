/*
 * `npm run bench [-- <name>…] [-- --json]`: measures what the product promises and says whether it holds. Exit code 1
 * where a goal is missed. The numbers depend on the machine; the ratios are taken within one run.
 */
import { bringData } from './data.ts';
import { printed } from './print.ts';
import { type BenchResult, isMet } from './result.ts';

type Bench = () => Promise<BenchResult>;

/** Loaded one by one: some need the data that is brought before. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  overhead: async () => (await import('./overhead/overhead.ts')).overhead,
  memory: async () => (await import('./idle-memory.ts')).idleMemory,
  calls: async () => (await import('./api-calls.ts')).apiCalls,
  planner: async () => (await import('./planner/planner.ts')).planner,
  survey: async () => (await import('./survey/survey.ts')).survey,
  webhook: async () => (await import('./webhook-answer.ts')).webhookAnswer,
};

const args = process.argv.slice(2);
const json = args.includes('--json');
const names = args.filter((arg) => !arg.startsWith('--'));
process.exitCode = await main(names.length === 0 ? Object.keys(BENCHES) : names);

async function main(wanted: readonly string[]): Promise<number> {
  const unknown = wanted.find((name) => !Object.hasOwn(BENCHES, name));
  if (unknown !== undefined) {
    process.stderr.write(
      `There is no benchmark "${unknown}"; there are ${Object.keys(BENCHES).join(', ')}.\n`,
    );
    return 2;
  }
  await bringData();
  const results: BenchResult[] = [];
  for (const name of wanted) {
    const bench = await BENCHES[name]?.();
    if (bench === undefined) continue;
    const result = await bench();
    results.push(result);
    if (!json) process.stdout.write(`${printed(result)}\n`);
  }
  if (json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  return results.some(({ rows }) => rows.some((row) => isMet(row) === false)) ? 1 : 0;
}
