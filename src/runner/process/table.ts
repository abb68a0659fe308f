import { readdirSync, readFileSync } from 'node:fs';
import { execaSync } from 'execa';

/** A process that runs now; zombies are left out. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** 0 where the system does not tell. */
  readonly session: number;
  /** Tells a process from a later one with the same number; only comparable for equality. */
  readonly startTime: string;
}

/** All processes that this user can see. Linux: from /proc; elsewhere from ps. */
export function listProcesses(): readonly ProcessInfo[] {
  return process.platform === 'linux' ? fromProc() : fromPs();
}

/** Start time of a process; null: it does not run. */
export function startTimeOf(pid: number): string | null {
  if (process.platform !== 'linux')
    return listProcesses().find((info) => info.pid === pid)?.startTime ?? null;
  return readStat(pid)?.startTime ?? null;
}

/** The name of the process's program, cut to 15 characters (Linux only). */
export const nameOf = (pid: number): string | null => readQuietly(`/proc/${pid}/comm`);

/** The variable of the process's environment at its start; null: not set, or not ours to read (Linux only). */
export function variableOf(pid: number, name: string): string | null {
  const text = readQuietly(`/proc/${pid}/environ`);
  const entry = text?.split('\0').find((line) => line.startsWith(`${name}=`));
  return entry?.slice(name.length + 1) ?? null;
}

function fromProc(): readonly ProcessInfo[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => readStat(Number(pid)) ?? []);
}

/** The name in parentheses may hold anything, so fields count from the last parenthesis (proc(5)). */
function readStat(pid: number): ProcessInfo | null {
  const text = readQuietly(`/proc/${pid}/stat`);
  if (text === null) return null;
  const [state, parent, group, session, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const startTime = rest[15];
  if (state === 'Z' || state === 'X' || startTime === undefined) return null;
  return { pid, parent: Number(parent), group: Number(group), session: Number(session), startTime };
}

/** Processes come and go while they are read. */
function readQuietly(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** The same from ps, for systems without /proc. */
export function fromPs(): readonly ProcessInfo[] {
  const { stdout } = execaSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat=,lstart='], { reject: false });
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent, group, state, ...start] = line.trim().split(/\s+/);
    if (pid === undefined || state === undefined || state.startsWith('Z')) return [];
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        session: 0,
        startTime: start.join(' '),
      },
    ];
  });
}
