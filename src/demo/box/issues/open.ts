import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import type { Issue } from '../issue.ts';
import { nextId, type Repository } from '../state.ts';
import { announce } from './announce.ts';
import { assign } from './assignees.ts';
import { addLabels } from './labels.ts';
import { noteMentions } from './mentions.ts';

export interface NewIssue {
  readonly title: string;
  readonly body?: string | null | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly assignees?: readonly string[] | undefined;
}

/** Opens an issue, with its webhooks: `opened`, then one `labeled` for each label. */
export function openIssue(box: BoxCore, repo: Repository, author: Author, wanted: NewIssue): Issue {
  const issue = createIssue(box, repo, author, { ...wanted, isPull: false });
  announce(box, { issue, author, action: 'opened' });
  addLabels(box, issue, author, wanted.labels ?? []);
  assign(box, issue, author, wanted.assignees ?? []);
  return issue;
}

/** Puts an issue under the repository's next number, without a webhook: pull requests announce themselves. */
export function createIssue(
  box: BoxCore,
  repo: Repository,
  author: Author,
  wanted: { readonly title: string; readonly body?: string | null | undefined; readonly isPull: boolean },
): Issue {
  const now = box.clock.now();
  const issue: Issue = {
    id: nextId(box.world),
    repositoryId: repo.id,
    number: repo.nextNumber,
    isPull: wanted.isPull,
    title: wanted.title,
    body: wanted.body ?? null,
    authorId: author.account.id,
    appId: author.appId,
    createdAt: now,
    updatedAt: now,
    ...blank(),
  };
  repo.nextNumber += 1;
  repo.issues.set(issue.number, issue);
  noteMentions(box, issue, author, issue.body);
  return issue;
}

function blank() {
  return {
    state: 'open' as const,
    stateReason: null,
    labelIds: [],
    assigneeIds: [],
    locked: false,
    closedAt: null,
    closedById: null,
    lastEditedAt: null,
    lastEditorId: null,
    parent: null,
    subIssues: [],
    blockedBy: [],
    blocking: [],
    reactions: [],
    timeline: [],
  };
}
