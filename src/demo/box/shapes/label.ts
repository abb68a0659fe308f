import type { BoxCore } from '../core.ts';
import type { Issue, Label } from '../issue.ts';
import { nodeId, type Repository } from '../state.ts';
import { repositoryUrl } from './repository.ts';

export function labelShape(box: BoxCore, repo: Repository, label: Label) {
  return {
    id: label.id,
    node_id: nodeId('label', label.id),
    url: `${repositoryUrl(box, repo)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

/** An issue's labels, in the order in which they were set. */
export function labelsOf(repo: Repository, issue: Issue): readonly Label[] {
  return issue.labelIds.flatMap((id) => repo.labels.get(id) ?? []);
}
