import type { BoxCore } from '../../core.ts';
import type { Issue, Label } from '../../issue.ts';
import { labelsOf } from '../../shapes/label.ts';
import { repositoryPage } from '../../shapes/repository.ts';
import { nodeId, type Repository } from '../../state.ts';
import { connection } from '../connection.ts';

/** The labels of an issue or a pull request. */
export function labelConnection(box: BoxCore, repo: Repository, issue: Issue) {
  return connection('labels', labelsOf(repo, issue), (label: Label) => ({
    __typename: 'Label',
    id: nodeId('label', label.id),
    name: label.name,
    color: label.color,
    description: label.description,
    isDefault: false,
    url: `${repositoryPage(box, repo)}/labels/${encodeURIComponent(label.name)}`,
  }));
}
