import type { AttemptOrder } from '../../domain/outcome.ts';
import { AttemptFailed } from '../failure.ts';
import type { RunnerLimits } from '../limits.ts';
import { Lines } from '../process/output.ts';
import { type CommandEnd, endText, type Session, withTail } from './session.ts';
import { AgentVoice, ProgressGate } from './voice.ts';

export interface AgentRequest {
  readonly order: AttemptOrder;
  readonly prompt: string;
  readonly limits: RunnerLimits;
  readonly hide: (text: string) => string;
  readonly progress: (line: string) => void;
}

/** What an agent said and how it ended; whether that is a success is for the caller to judge. */
export interface AgentEnd {
  readonly end: CommandEnd;
  readonly voice: AgentVoice;
}

/** Runs the command of the provider `exec`: prompt on its standard input, every line of its output is progress. */
export async function runAgent(session: Session, request: AgentRequest): Promise<AgentEnd> {
  const { order, limits, hide, progress } = request;
  const gate = new ProgressGate({
    perSecond: limits.progressPerSecond,
    chars: limits.progressChars,
    pass: (line) => progress(hide(line)),
  });
  const voice = new AgentVoice((line) => gate.offer(line));
  const lines = new Lines((line) => voice.hear(line));
  const end = await session.run({
    command: order.agent.command,
    input: request.prompt,
    totalMs: order.timeouts.totalMs,
    idleMs: order.timeouts.idleMs,
    onStdout: (chunk) => lines.add(chunk),
  });
  lines.end();
  gate.end();
  if (voice.summary !== null) voice.summary = hide(voice.summary);
  return { end, voice };
}

/** Throws {@link AttemptFailed} unless the agent ended by itself with exit code 0. */
export function requireSuccess(end: CommandEnd, order: AttemptOrder): void {
  const { totalMs, idleMs } = order.timeouts;
  const text = (limitMs: number) => withTail(`The agent ${endText(end, limitMs)}.`, end.tail);
  if (end.cause === 'not-started') throw new AttemptFailed('setup', text(totalMs));
  if (end.cause === 'timeout') throw new AttemptFailed('timeout', text(totalMs));
  if (end.cause === 'idle-timeout') throw new AttemptFailed('idle-timeout', text(idleMs));
  if (end.exitCode !== 0) throw new AttemptFailed('exit', text(totalMs));
}
