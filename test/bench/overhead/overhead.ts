import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchResult, type Row, shown } from '../result.ts';
import { median } from '../statistics.ts';
import { ByHand } from './by-hand.ts';
import { Ours, type OurTimes } from './ours.ts';
import { boxRemote, directoryRemote, type Remote } from './remote.ts';

const GOAL = 1.5;
const WARM_UPS = 2;
const ROUNDS = 15;

interface Round {
  readonly ours: OurTimes;
  readonly total: number;
  readonly byHand: { readonly total: number; readonly cpu: number };
}

/** What the product adds to a task, held against the same git commands run by hand. */
export async function overhead(): Promise<BenchResult> {
  const overHttp = await measured(() => boxRemote());
  const onDisk = await measured(directoryRemote);
  return {
    name: 'Orchestration overhead of a task',
    means: `From dispatch to pushed and removed, 1,000 files, the agent's own time left out, against worktree add, checkout, add, commit, bundle, push and worktree remove by hand; ${ROUNDS} rounds of each, one after the other in turns; medians, and the ratio is the median of the ratios of each pair.`,
    rows: [
      rowOf('pushed over HTTP to the box', overHttp),
      rowOf('pushed to a directory', onDisk),
      cpuRowOf('  processor time (HTTP)', overHttp),
      cpuRowOf('  processor time (directory)', onDisk),
      ...(['toOutcome', 'push', 'release'] as const).map((part) =>
        shown({
          name: `  ${part} (HTTP)`,
          measured: median(overHttp.map(({ ours }) => ours[part])),
          unit: 'ms',
        }),
      ),
    ],
    notes: [`steps of the runner, ms: ${stepsText(overHttp)}`, ...[overHttp, onDisk].map(ratiosText)],
  };
}

async function measured(remoteIn: (room: string) => Promise<Remote>): Promise<readonly Round[]> {
  const room = await mkdtemp(join(tmpdir(), 'heddle-bench-'));
  const remote = await remoteIn(room);
  const ours = await Ours.open(room, remote);
  try {
    const byHand = new ByHand(room, remote);
    await byHand.prepare();
    return await inTurns(ours, byHand);
  } finally {
    await ours.close();
    await remote.close();
    await rm(room, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Which of the two begins changes with every round: what one leaves behind is not always to the other's cost. */
async function inTurns(ours: Ours, byHand: ByHand): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  for (let number = 1; number <= WARM_UPS + ROUNDS; number++) {
    const before = number % 2 === 0 ? await byHand.task(number) : null;
    const times = await ours.task(number);
    const hand = before ?? (await byHand.task(number));
    const total = times.toOutcome + times.push + times.release;
    if (number > WARM_UPS) rounds.push({ ours: times, total, byHand: hand });
  }
  return rounds;
}

const rowOf = (name: string, rounds: readonly Round[]): Row => ({
  name,
  measured: median(rounds.map(({ total }) => total)),
  unit: 'ms',
  against: { what: 'by hand', value: median(rounds.map(({ byHand }) => byHand.total)) },
  ratio: median(rounds.map(ratioOf)),
  goal: GOAL,
});

const ratioOf = ({ total, byHand }: Round): number => total / byHand.total;

const cpuRowOf = (name: string, rounds: readonly Round[]): Row => ({
  name,
  measured: median(rounds.map(({ ours }) => ours.cpu)),
  unit: 'ms',
  against: { what: 'by hand', value: median(rounds.map(({ byHand }) => byHand.cpu)) },
  ratio: median(rounds.map(({ ours, byHand }) => ours.cpu / byHand.cpu)),
  goal: null,
});

function stepsText(rounds: readonly Round[]): string {
  const names = [...new Set(rounds.flatMap(({ ours }) => [...ours.steps.keys()]))];
  const timeOf = (name: string) => median(rounds.map(({ ours }) => ours.steps.get(name) ?? 0));
  return names.map((name) => `${name} ${timeOf(name).toFixed(0)}`).join(', ');
}

const ratiosText = (rounds: readonly Round[]): string =>
  `ratios: ${rounds.map((round) => ratioOf(round).toFixed(2)).join(' ')}`;
