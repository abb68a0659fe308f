import { createProviders, type Providers } from '../../domain/ports/providers.ts';
import { coChange } from './info/co-change.ts';
import { hotFiles } from './info/hot-files.ts';
import { codeOwners } from './info/owners.ts';
import { cargoWorkspace } from './workspace/cargo.ts';
import { goWorkspace } from './workspace/go.ts';
import { npmWorkspace } from './workspace/npm.ts';
import { pythonWorkspace } from './workspace/python.ts';

/** A registry with what Heddle itself reads of a repository; more may be registered. */
export function surveyProviders(): Providers {
  return createProviders()
    .register('workspace-graph', npmWorkspace)
    .register('workspace-graph', goWorkspace)
    .register('workspace-graph', cargoWorkspace)
    .register('workspace-graph', pythonWorkspace)
    .register('repository-info', codeOwners)
    .register('repository-info', coChange)
    .register('repository-info', hotFiles);
}
