import picocolors from 'picocolors';

/** How words look; all of them plain where there are no colours. */
export type Style = Pick<
  ReturnType<typeof picocolors.createColors>,
  'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan' | 'magenta'
>;

export interface Terminal {
  /** Cells in a line: never more than are pleasant to read. */
  readonly width: number;
  readonly style: Style;
  /** Whether lines can be drawn again in place. */
  readonly isLive: boolean;
}

/** What standard output can do. Colours obey `NO_COLOR`. */
export function terminalOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Terminal {
  const isLive = stream.isTTY === true && env.TERM !== 'dumb';
  const width = Math.max(60, Math.min(stream.columns ?? 80, 100));
  return { width, isLive, style: picocolors.createColors(isLive && !env.NO_COLOR) };
}
