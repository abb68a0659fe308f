import type { AttemptKind } from '../domain/attempt-kind.ts';
import { titleText } from './text.ts';

/** An issue as titles are made from it; its title is untrusted. */
export interface Titled {
  readonly issue: number;
  readonly title: string;
}

/** Longer titles are cut off where GitHub and git list them. */
const TITLE_MAX = 72;
/** GitHub puts ` (#123)` behind the title when it squashes. */
const COMMIT_MAX = TITLE_MAX - ' (#1234)'.length;

/** The issue's own title, as people know it. */
export const pullTitle = ({ issue, title }: Titled): string =>
  titleText(title, TITLE_MAX) || `Work on issue ${issue}`;

/** The first line of an attempt's commit: what people read in the history of the default branch. */
export function commitTitle({ kind, issue, title }: Titled & { readonly kind: AttemptKind }): string {
  const start = FOLLOW_UP[kind];
  return `${start}${titleText(title, COMMIT_MAX - start.length) || `Work on issue ${issue}`}`;
}

/** Work that conflicted is made anew on the new base as one commit, so it reads like the first. */
const FOLLOW_UP: Readonly<Record<AttemptKind, string>> = {
  implement: '',
  conflict: '',
  review: 'Address review: ',
  ci: 'Mend checks: ',
};
