import type { PlanRequest, PlanTask } from '../../../../src/domain/plan.ts';
import { Lehmer } from './lehmer.ts';

/**
 * Issues as repositories have them, each repository different: 60 to 110 issues and 4 to 7 workers; most issues depend on
 * nothing, others on one or two that were listed before; some change files that others change too, a few files more
 * often than all others (Zipf); expected minutes log-normal, in some repositories much alike and in others not.
 *
 * The ranges were set by what other policies come to, not by what the planner does. Above the clairvoyant best, measured
 * on real issue graphs and (here): critical-path rank 3.8 % (4.2), hop-count rank 9.7 % (13.5), first in, first out 10.4 %
 * (13.4), planned starts without overtaking 13.6 % (15.6), barrier batches 283 % (105). So for all of them but the last,
 * these graphs are a little harder; the longest task of a batch is not that long with so few workers.
 */
export function issueGraph(seed: number): PlanRequest {
  const random = new Lehmer(seed * 7_919);
  for (let turn = 0; turn < 3; turn++) random.next();
  const count = random.between(60, 110);
  const repository = {
    count,
    free: within(random, 0.5, 0.7),
    keyed: within(random, 0.2, 0.4),
    file: filesOf(random, Math.round(count * within(random, 0.1, 0.2))),
    spread: within(random, 0.4, 1.2),
  };
  const workers = random.between(4, 7);
  const tasks = Array.from({ length: count }, (_, number) => issue(random, number, repository));
  return { tasks, workers };
}

interface Repository {
  readonly count: number;
  /** Part of the issues that depend on nothing. */
  readonly free: number;
  /** Part of the issues whose files others change too. */
  readonly keyed: number;
  readonly file: () => string;
  /** Of the logarithm of the expected minutes. */
  readonly spread: number;
}

function issue(random: Lehmer, number: number, repository: Repository): PlanTask {
  const deps = new Set<string>();
  const kind = random.next();
  const wanted = kind < repository.free ? 0 : kind < 0.9 ? 1 : 2;
  for (let turn = 0; turn < wanted && number > 0; turn++)
    deps.add(idOf(Math.max(0, number - random.between(1, Math.ceil(repository.count / 2)))));
  const files = new Set<string>();
  if (random.next() < repository.keyed)
    for (let turn = random.between(1, 2); turn > 0; turn--) files.add(repository.file());
  const duration = 30 * Math.exp(repository.spread * normal(random));
  return { id: idOf(number), duration, deps: [...deps], exclusiveKeys: [...files] };
}

/** As they are listed: the planner numbers tasks by their ids. */
const idOf = (number: number): string => String(number).padStart(4, '0');

const within = (random: Lehmer, least: number, most: number): number =>
  least + random.next() * (most - least);

/** Files by their popularity: the k-th is changed k^-z times as often as the first. */
function filesOf(random: Lehmer, count: number): () => string {
  const slope = within(random, 0, 1.2);
  const sums = new Float64Array(count);
  let total = 0;
  for (let file = 0; file < count; file++) {
    total += (file + 1) ** -slope;
    sums[file] = total;
  }
  return () => {
    const at = random.next() * total;
    return `file ${sums.findIndex((sum) => sum >= at)}`;
  };
}

/** A standard normal number (Box and Muller 1958). */
export const normal = (random: Lehmer): number =>
  Math.sqrt(-2 * Math.log(random.next())) * Math.cos(2 * Math.PI * random.next());
