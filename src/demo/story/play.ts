import type { Screen } from '../terminal/screen.ts';
import { type BoardRow, isLanded, isStuck, readBoard } from './board.ts';
import { REVIEW_WISH, Reviewers } from './people.ts';
import { PlanNews } from './plan-news.ts';
import { type Asked, labelIssues, PEOPLE, type Stage, writeIssues } from './stage.ts';
import { type TrackingText, trackingTexts } from './tracking-texts.ts';
import { Watch } from './watch.ts';

export interface Ending {
  /** All landed; the App gave up on some; it ended itself; the time was over. */
  readonly kind: 'landed' | 'stuck' | 'app-ended' | 'too-late';
  readonly rows: readonly BoardRow[];
  readonly texts: readonly TrackingText[];
  /** From the first label to the last merge. */
  readonly wallMs: number;
}

/** Plays the story to its end: people label, the App works, people review. Rejects where `signal` is aborted. */
export async function play(
  stage: Stage,
  screen: Screen,
  { limitMs, signal }: { readonly limitMs: number; readonly signal: AbortSignal },
): Promise<Ending> {
  const asked = writeIssues(stage);
  const watch = new Watch(stage.box);
  const limit = AbortSignal.timeout(limitMs);
  const strict = asked.tasks.get(REVIEW_WISH.name)?.number ?? 0;
  const reviewers = new Reviewers(stage.shop, { strict, tell: (news) => screen.tell(news) });
  try {
    screen.show(lookAt(stage, asked).rows);
    screen.begin();
    labelIssues(stage, asked);
    screen.tell(labelNews(asked));
    watch.on(() => reviewers.look());
    const plans = new PlanNews((news) => screen.tell(news));
    watch.on(() => plans.look(lookAt(stage, asked).texts));
    watch.on(() => screen.show(lookAt(stage, asked).rows));
    const ended = watch.until(() => endOf(stage, asked), AbortSignal.any([limit, signal]));
    const kind = await ended.catch((error: unknown) => {
      if (signal.aborted || !limit.aborted) throw error;
      return 'too-late' as const;
    });
    const last = lookAt(stage, asked);
    screen.show(last.rows);
    screen.end();
    return { kind, ...last, wallMs: wallOf(stage, asked) };
  } finally {
    watch.close();
  }
}

function labelNews({ tasks, epic }: Asked): string {
  const subs = epic.subIssues.length;
  return `${PEOPLE.asks} labels ${tasks.size - subs} issues "parallel", and epic #${epic.number} with ${subs} sub-issues`;
}

/** A run is over for people when its report stands there and its tracking issue is closed. */
function endOf(stage: Stage, asked: Asked): 'landed' | 'stuck' | 'app-ended' | undefined {
  const { rows, texts } = lookAt(stage, asked);
  if (stage.app.hasEnded) return 'app-ended';
  if (isStuck(rows)) return 'stuck';
  const isOver = (text: TrackingText): boolean =>
    text.isOver && (text.kind === 'comment' || stage.shop.issue(text.issue).state === 'closed');
  return rows.every(isLanded) && texts.length > 0 && texts.every(isOver) ? 'landed' : undefined;
}

function lookAt({ shop, box }: Stage, { tasks }: Asked): Pick<Ending, 'rows' | 'texts'> {
  const texts = trackingTexts(shop, box.app.botId);
  return { texts, rows: readBoard(shop, [...tasks.values()], texts) };
}

/** By the box's clock, as GitHub's timestamps would have it. */
function wallOf({ shop }: Stage, { tasks }: Asked): number {
  const labelled = [...tasks.values()].flatMap(({ timeline }) =>
    timeline.filter(({ event, label }) => event === 'labeled' && label?.name === 'parallel'),
  );
  const merged = [...shop.repo.pulls.values()].flatMap(({ mergedAt }) => mergedAt ?? []);
  if (labelled.length === 0 || merged.length === 0) return 0;
  return Math.max(...merged) - Math.min(...labelled.map(({ at }) => at));
}
