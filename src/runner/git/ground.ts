import type { Sha } from '../../domain/ids.ts';
import type { AttemptOrder } from '../../domain/outcome.ts';
import { AttemptFailed } from '../failure.ts';
import type { TaskPlace } from '../paths.ts';
import type { Turns } from '../turns.ts';
import { branchTip, commitTree, type MergedTree, mergeTrees, saveBranch } from './branch.ts';
import { sweepWorktreeLocks } from './locks.ts';
import { snapshot } from './snapshot.ts';
import { readState, stateOf, type TaskState, writeState } from './state.ts';
import { restoreWorktree } from './trust.ts';
import { addWorktree, checkOut, isWhole, moveBranch } from './worktree.ts';

export interface GroundRequest {
  readonly order: AttemptOrder;
  readonly place: TaskPlace;
  readonly turns: Turns;
  /** Something that a person may want to know. */
  readonly note: (line: string) => void;
}

/** The worktree as an attempt begins. */
export interface Ground {
  /** Parent of the commit that the attempt will make. */
  readonly start: Sha;
  /** Whether the hook `after_create` has to run. */
  readonly fresh: boolean;
  /** Whether the runner's index is what `start` has. */
  readonly pristine: boolean;
  /** Files that a merge left with markers. */
  readonly conflicts: readonly string[];
  /** Whether a merge without conflicts, which is in the worktree now, is all there is to do. */
  readonly ready: boolean;
}

/** What the worktree was found as. */
interface Found {
  readonly whole: boolean;
  readonly state: TaskState | null;
  readonly merged: MergedTree | null;
}

/**
 * Sets the worktree up for the order: added or repaired, on its branch, at what GitHub has or at what the last attempt
 * left. Commits that are nowhere else are kept under `refs/heddle/saved/` before the branch moves.
 */
export async function prepareGround(request: GroundRequest): Promise<Ground> {
  const { order, place } = request;
  const found = {
    whole: await isWhole(place),
    state: await readState(place.state),
    merged: await mergeFor(request),
  };
  if (found.whole) {
    await sweepWorktreeLocks(place, order.branch);
    await restoreWorktree(place, order.branch);
  }
  return (await goOn(request, found)) ?? (await startAnew(request, found));
}

/** For a conflict: the task's work on the new base, as far as git can merge it. */
async function mergeFor({ order, place }: GroundRequest): Promise<MergedTree | null> {
  if (order.kind !== 'conflict') return null;
  if (order.tip === null) throw new AttemptFailed('setup', 'There is no branch to bring to the new base.');
  return await mergeTrees(place.mirror, order.base, order.tip);
}

const startOf = (order: AttemptOrder): Sha =>
  order.kind === 'conflict' ? order.base : (order.tip ?? order.base);

async function startAnew(request: GroundRequest, found: Found): Promise<Ground> {
  const { order, place, turns } = request;
  const { whole, merged } = found;
  const start = startOf(order);
  await keepCommits(request);
  if (whole) await moveBranch(place, order.branch, start);
  else await addWorktree({ place, branch: order.branch, start, turns });
  if (!whole) await restoreWorktree(place, order.branch);
  await checkOut(place, merged?.tree ?? start, { clean: whole });
  const fresh = isFresh(found);
  await writeState(place.state, stateOf(order, { start, prepared: !fresh }));
  const conflicts = merged?.conflicts ?? [];
  return {
    start,
    fresh,
    pristine: merged === null,
    conflicts,
    ready: merged !== null && conflicts.length === 0,
  };
}

const isFresh = ({ whole, state }: Found): boolean => !whole || state?.prepared !== true;

async function keepCommits({ order, place, note }: GroundRequest): Promise<void> {
  const published = order.tip === null ? [order.base] : [order.base, order.tip];
  const saved = await saveBranch({ mirror: place.mirror, branch: order.branch, published });
  if (saved !== null) note(`Commits that were not on GitHub are kept as ${saved}.`);
}

/** Keeps what the last attempt left, where the order asks for it and it can be done; null: it cannot. */
async function goOn(request: GroundRequest, found: Found): Promise<Ground | null> {
  const { order, place } = request;
  const { state, merged } = found;
  if (!order.continueWork || state === null || state.branch !== order.branch) return null;
  const start = startOf(order);
  if (order.kind === 'conflict' && state.start !== start) return null;
  if (!found.whole && !(await rebuild(request))) return null;
  if (state.start !== start && !(await carryOver(request, state.start))) return null;
  const fresh = isFresh(found);
  await writeState(place.state, stateOf(order, { start, prepared: !fresh }));
  return { start, fresh, pristine: false, conflicts: merged?.conflicts ?? [], ready: false };
}

/** Adds the lost worktree again, at what was committed. */
async function rebuild({ order, place, turns }: GroundRequest): Promise<boolean> {
  const tip = await branchTip(place.mirror, order.branch);
  if (tip === null) return false;
  await addWorktree({ place, branch: order.branch, start: tip, turns });
  await restoreWorktree(place, order.branch);
  await checkOut(place, tip, { clean: false });
  return true;
}

/**
 * The base has moved since: committing the old files onto the new base would undo what others have landed. So the work
 * is merged over; where that conflicts, it is kept as a commit and the attempt starts anew.
 */
async function carryOver(request: GroundRequest, from: Sha): Promise<boolean> {
  const { order, place, note } = request;
  const tree = await snapshot(place, from);
  const message = 'Work of the last attempt, on its old base';
  const work = await commitTree(place.mirror, { tree, parent: from, message });
  const merged = await mergeTrees(place.mirror, startOf(order), work);
  await keepCommits(request);
  const carried = merged.conflicts.length === 0;
  await moveBranch(place, order.branch, carried ? startOf(order) : work);
  if (carried) await checkOut(place, merged.tree, { clean: true });
  else note('The last attempt does not fit the new base; starting anew.');
  return carried;
}
