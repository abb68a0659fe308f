import type { VerifyResult } from '../../domain/outcome.ts';
import { AttemptFailed } from '../failure.ts';
import { type CommandEnd, endText, type Session, withTail } from './session.ts';

/** Runs a hook's commands in order; the first that fails ends the attempt as a failure of the set-up. */
export async function runHook(
  session: Session,
  hook: { readonly name: string; readonly commands: readonly string[]; readonly limitMs: number },
): Promise<void> {
  for (const command of hook.commands) {
    const end = await session.run({ command: shell(command), totalMs: hook.limitMs });
    if (succeeded(end)) continue;
    const sentence = `The hook ${hook.name} \`${command}\` ${endText(end, hook.limitMs)}.`;
    throw new AttemptFailed('setup', withTail(sentence, end.tail));
  }
}

/** Runs the verify commands up to the first that fails. */
export async function runVerify(
  session: Session,
  verify: { readonly commands: readonly string[]; readonly limitMs: number },
): Promise<readonly VerifyResult[]> {
  const results: VerifyResult[] = [];
  for (const command of verify.commands) {
    const end = await session.run({ command: shell(command), totalMs: verify.limitMs });
    const tail = end.cause === 'exit' ? end.tail : withTail(`(${endText(end, verify.limitMs)})`, end.tail);
    results.push({ command, exitCode: end.exitCode, tail, ms: end.ms });
    if (!succeeded(end)) break;
  }
  return results;
}

const shell = (command: string): readonly string[] => ['sh', '-c', command];

const succeeded = (end: CommandEnd): boolean => end.cause === 'exit' && end.exitCode === 0;
