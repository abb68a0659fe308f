import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { fullNameOf, refOf, repositoryById, repositoryNamed, sameIssue } from '../find.ts';
import type { Issue } from '../issue.ts';
import { remember } from './announce.ts';

const patterns = /(?:\b([\w-]+\/[\w.-]+))?#(\d+)\b|\/([\w-]+\/[\w.-]+)\/(?:issues|pull)\/(\d+)\b/g;

/**
 * Puts a `cross-referenced` line on every issue that a text of this issue names for the first time, by `#1`,
 * `owner/name#1` or address. Code is left out, as on GitHub.
 */
export function noteMentions(box: BoxCore, from: Issue, author: Author, text: string | null): void {
  const source = refOf(from);
  for (const target of mentioned(box, from, text ?? '')) {
    if (target === from || isKnown(target, source)) continue;
    remember(box, target, author, { event: 'cross-referenced', source });
  }
}

function isKnown(target: Issue, source: ReturnType<typeof refOf>): boolean {
  return target.timeline.some(
    (line) => line.event === 'cross-referenced' && line.source && sameIssue(line.source, source),
  );
}

function mentioned(box: BoxCore, from: Issue, text: string): ReadonlySet<Issue> {
  const home = fullNameOf(box.world, repositoryById(box.world, from.repositoryId));
  const prose = text.replace(/```[\s\S]*?```|`[^`\n]*`|<!--[\s\S]*?-->/g, ' ');
  const found = new Set<Issue>();
  for (const [, name = home, number, linkedName, linkedNumber] of prose.matchAll(patterns)) {
    const issue = repositoryNamed(box.world, linkedName ?? name)?.issues.get(Number(linkedNumber ?? number));
    if (issue) found.add(issue);
  }
  return found;
}
