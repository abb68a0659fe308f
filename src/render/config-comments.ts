import type { PolicyProblem } from '../domain/policy-problem.ts';
import { bullets, fitted, LINE_LEVELS, paragraphs } from './fit.ts';
import { code, mention, sentence } from './text.ts';
import { count } from './words.ts';

export interface ConfigProblemsView {
  readonly problems: readonly PolicyProblem[];
  readonly defaultBranch: string;
  /** Whoever asked for work that now waits; null: nobody yet. */
  readonly who: string | null;
}

/** `.github/parallel.yml` can't be used: every problem at once, and what happens next. */
export function configProblemsComment(view: ConfigProblemsView): string {
  const who = view.who === null ? '' : `${mention(view.who)}, `;
  return fitted(LINE_LEVELS, (max) =>
    paragraphs([
      `⚙️ ${who}\`.github/parallel.yml\` has ${count(view.problems.length, 'problem')}, so **nothing new starts**. What runs already goes on.`,
      bullets(view.problems, max, problemLine),
      `**Next:** fix the file on ${code(view.defaultBranch)}. The push is noticed, and the work goes on by itself; this comment then says so.`,
    ]),
  );
}

/** The same comment, once the file is right again. */
export const configFixedComment = (): string => '✅ `.github/parallel.yml` is valid again. The work goes on.';

function problemLine({ path, message, suggestion }: PolicyProblem): string {
  const where = path === '' ? 'the file' : code(path, 120);
  const meant = suggestion === null ? '' : ` Did you mean ${code(suggestion, 120)}?`;
  return `${where}: ${sentence(message, { max: 400 })}${meant}`;
}
