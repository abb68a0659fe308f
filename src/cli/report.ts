import { parseArgs } from 'node:util';
import { didYouMean } from '../domain/did-you-mean.ts';
import { UserFacing } from '../domain/errors.ts';
import { renderCalibration } from '../render/history/calibration.ts';
import { renderSummary } from '../render/history/summary.ts';
import { readRecords } from '../store/read-only.ts';
import { calibrate } from '../telemetry/calibration.ts';
import { summarise } from '../telemetry/summary.ts';
import { applyEnvFile } from './env-file.ts';
import { dataDirOf } from './settings.ts';
import { pageOf } from './terminal.ts';

/** `heddle report`: what the records of a data folder come to, also while a server works with it. */
export async function report(args: readonly string[]): Promise<void> {
  const call = readCall(args);
  applyEnvFile();
  const records = await readRecords(dataDirOf(process.env));
  const page = pageOf(process.stdout, process.env);
  if (call.estimates) {
    const estimates = calibrate(records.attempts);
    out(call.json ? JSON.stringify({ estimates }) : renderCalibration(estimates, page));
  } else {
    const summary = summarise(records);
    out(call.json ? JSON.stringify({ summary }) : renderSummary(summary, page));
  }
}

const OPTIONS = { estimates: { type: 'boolean' }, json: { type: 'boolean' } } as const;

interface Call {
  readonly estimates: boolean;
  readonly json: boolean;
}

/** Throws UserFacing with everything that is wrong with the call. */
function readCall(args: readonly string[]): Call {
  const { tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const problems: string[] = [];
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind === 'positional') problems.push(`takes no ${JSON.stringify(token.value)}`);
    if (token.kind !== 'option') continue;
    if (!Object.hasOwn(OPTIONS, token.name) || token.rawName !== `--${token.name}`)
      problems.push(unknownOption(token.rawName, token.name));
    else if (token.value !== undefined) problems.push(`takes no value after ${token.rawName}`);
    given.add(token.name);
  }
  if (problems.length > 0)
    throw new UserFacing(`report ${problems.join('; it ')}. "heddle report --help" lists what it takes`);
  return { estimates: given.has('estimates'), json: given.has('json') };
}

function unknownOption(rawName: string, name: string): string {
  const meant = didYouMean(name, Object.keys(OPTIONS));
  return `has no option ${rawName}${meant === null ? '' : ` (did you mean --${meant}?)`}`;
}

const out = (text: string): void => void process.stdout.write(`${text}\n`);
