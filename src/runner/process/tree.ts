/*
 * Agents start tool shells in groups and sessions of their own, and some survive the death of their parent. Killing the
 * process group misses those. So whatever belongs to an attempt is looked for in four ways (group, session, ancestry,
 * a variable in its environment), again and again until nothing is left. What gives up all four at once, by its own
 * will, is out of reach without a process namespace.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { listProcesses, type ProcessInfo, variableOf } from './table.ts';

export interface TreeTarget {
  /** The process that was started as leader of its own session and group; null: only the marker is known. */
  readonly root: { readonly pid: number; readonly startTime: string | null } | null;
  /** Whose environment has this variable with such a value belongs to it, too. */
  readonly marker: { readonly name: string; readonly matches: (value: string) => boolean };
}

/** Ends everything that belongs to the target: TERM, then KILL. Answers how many processes there were. */
export async function endTree(target: TreeTarget, killAfterMs: number): Promise<number> {
  const known = new Map<string, ProcessInfo>();
  const find = () => findMembers(target, known);
  let left = find();
  if (left.length === 0) return 0;
  send(left, 'SIGTERM');
  const deadline = Date.now() + killAfterMs;
  while (left.length > 0 && Date.now() < deadline) {
    await sleep(20);
    left = find();
  }
  await killRest(find);
  return known.size;
}

/** A process in uninterruptible sleep dies when the kernel lets it; it is not waited for longer than this. */
const KILL_ROUNDS = 250;

async function killRest(find: () => readonly ProcessInfo[]): Promise<void> {
  for (let round = 0; round < KILL_ROUNDS; round++) {
    const left = find();
    if (left.length === 0) return;
    send(left, 'SIGKILL');
    await sleep(20);
  }
}

function findMembers(target: TreeTarget, known: Map<string, ProcessInfo>): readonly ProcessInfo[] {
  const all = listProcesses().filter((info) => info.pid !== process.pid && info.pid > 1);
  const members = new Map<number, ProcessInfo>();
  for (const info of all) {
    if (known.has(keyOf(info)) || isMember(info, target)) members.set(info.pid, info);
  }
  addDescendants(all, members);
  for (const info of members.values()) known.set(keyOf(info), info);
  return [...members.values()];
}

const keyOf = (info: ProcessInfo): string => `${info.pid}@${info.startTime}`;

function isMember(info: ProcessInfo, { root, marker }: TreeTarget): boolean {
  if (root !== null && inFamily(info, root)) return true;
  if (process.platform !== 'linux' || isOlder(info, root)) return false;
  const value = variableOf(info.pid, marker.name);
  return value !== null && marker.matches(value);
}

/** What ran before the root did is none of its family: most of the machine, and so not worth a look. */
const isOlder = (info: ProcessInfo, root: TreeTarget['root']): boolean =>
  root !== null && root.startTime !== null && Number(info.startTime) < Number(root.startTime);

/** A number that was given to another process since does not count; a group keeps its number while it has members. */
function inFamily(
  info: ProcessInfo,
  root: { readonly pid: number; readonly startTime: string | null },
): boolean {
  if (info.pid === root.pid) return root.startTime === null || root.startTime === info.startTime;
  return info.group === root.pid || info.session === root.pid;
}

function addDescendants(all: readonly ProcessInfo[], members: Map<number, ProcessInfo>): void {
  const children = childrenOf(all);
  const open = [...members.keys()];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    for (const child of children.get(pid) ?? []) {
      if (members.has(child.pid)) continue;
      members.set(child.pid, child);
      open.push(child.pid);
    }
  }
}

function childrenOf(all: readonly ProcessInfo[]): ReadonlyMap<number, readonly ProcessInfo[]> {
  const children = new Map<number, ProcessInfo[]>();
  for (const info of all) {
    const siblings = children.get(info.parent);
    if (siblings === undefined) children.set(info.parent, [info]);
    else siblings.push(info);
  }
  return children;
}

function send(processes: readonly ProcessInfo[], signal: 'SIGTERM' | 'SIGKILL'): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone in between, or not ours to end: the next look tells.
    }
  }
}
