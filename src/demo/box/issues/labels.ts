import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { invalid, notFound } from '../errors.ts';
import { labelNamed, repositoryById } from '../find.ts';
import type { Issue, Label } from '../issue.ts';
import { labelShape } from '../shapes/label.ts';
import { nextId, type Repository } from '../state.ts';
import { announce, remember } from './announce.ts';

interface NewLabel {
  readonly name: string;
  readonly color?: string | undefined;
  readonly description?: string | null | undefined;
}

/** Creates a label of a repository; 422 when its name is taken. */
export function createLabel(box: BoxCore, repo: Repository, wanted: NewLabel): Label {
  if (labelNamed(repo, wanted.name)) throw nameTaken();
  const color = (wanted.color ?? 'ededed').replace(/^#/, '');
  const label: Label = {
    id: nextId(box.world),
    name: wanted.name,
    color,
    description: wanted.description ?? null,
  };
  repo.labels.set(label.id, label);
  return label;
}

export interface LabelChange {
  readonly new_name?: string | undefined;
  readonly color?: string | undefined;
  readonly description?: string | null | undefined;
}

export function editLabel(repo: Repository, label: Label, change: LabelChange): void {
  const holder = change.new_name === undefined ? undefined : labelNamed(repo, change.new_name);
  if (holder && holder !== label) throw nameTaken();
  label.name = change.new_name ?? label.name;
  label.color = change.color?.replace(/^#/, '') ?? label.color;
  if (change.description !== undefined) label.description = change.description;
}

/** Deletes a label, also from every issue that has it. */
export function deleteLabel(repo: Repository, label: Label): void {
  repo.labels.delete(label.id);
  for (const issue of repo.issues.values()) issue.labelIds = issue.labelIds.filter((id) => id !== label.id);
}

/** Sets labels on an issue; names that the repository does not know become labels, as on GitHub. */
export function addLabels(box: BoxCore, issue: Issue, author: Author, names: readonly string[]): void {
  const repo = repositoryById(box.world, issue.repositoryId);
  for (const name of new Set(names)) {
    const label = labelNamed(repo, name) ?? createLabel(box, repo, { name });
    if (issue.labelIds.includes(label.id)) continue;
    issue.labelIds.push(label.id);
    tell(box, { issue, author, label, action: 'labeled' });
  }
}

/** Takes a label off an issue; 404 when the issue does not have it. */
export function removeLabel(box: BoxCore, issue: Issue, author: Author, name: string): void {
  const label = labelNamed(repositoryById(box.world, issue.repositoryId), name);
  if (!label || !issue.labelIds.includes(label.id)) throw notFound();
  issue.labelIds = issue.labelIds.filter((id) => id !== label.id);
  tell(box, { issue, author, label, action: 'unlabeled' });
}

/** Makes these the issue's only labels. */
export function replaceLabels(box: BoxCore, issue: Issue, author: Author, names: readonly string[]): void {
  const repo = repositoryById(box.world, issue.repositoryId);
  const kept = new Set(names.map((name) => name.toLowerCase()));
  for (const id of [...issue.labelIds]) {
    const name = repo.labels.get(id)?.name ?? '';
    if (!kept.has(name.toLowerCase())) removeLabel(box, issue, author, name);
  }
  addLabels(box, issue, author, names);
}

interface LabelNews {
  readonly issue: Issue;
  readonly author: Author;
  readonly label: Label;
  readonly action: 'labeled' | 'unlabeled';
}

function tell(box: BoxCore, { issue, author, label, action }: LabelNews): void {
  const repo = repositoryById(box.world, issue.repositoryId);
  remember(box, issue, author, { event: action, label: { name: label.name, color: label.color } });
  announce(box, { issue, author, action, extra: { label: labelShape(box, repo, label) } });
}

function nameTaken() {
  return invalid({ resource: 'Label', code: 'already_exists', field: 'name' });
}
