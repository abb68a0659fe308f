/** `heddle/providers`: what Heddle knows of repositories, and how to plug in more. It starts processes and reads files. */
import type { Providers } from './domain/ports/providers.ts';
import {
  createTypeScriptDiagnostics,
  type TypeScriptDiagnosticsOptions,
} from './repository/diagnostics/typescript.ts';
import { surveyProviders } from './repository/survey/built-in.ts';
import { createMemoryMetrics } from './telemetry/metrics.ts';

export type { CodeMap } from './domain/code-map.ts';
export {
  createTypeScriptDiagnostics,
  type TypeScriptDiagnosticsOptions,
} from './repository/diagnostics/typescript.ts';
export { surveyProviders } from './repository/survey/built-in.ts';
export { coChange } from './repository/survey/info/co-change.ts';
export { hotFiles } from './repository/survey/info/hot-files.ts';
export { codeOwners } from './repository/survey/info/owners.ts';
export { surveyRepository } from './repository/survey/survey-repository.ts';
export { cargoWorkspace } from './repository/survey/workspace/cargo.ts';
export { goWorkspace } from './repository/survey/workspace/go.ts';
export { npmWorkspace } from './repository/survey/workspace/npm.ts';
export { pythonWorkspace } from './repository/survey/workspace/python.ts';

/** A registry with all of Heddle's own providers, registered as anybody's are. */
export const builtInProviders = (options: TypeScriptDiagnosticsOptions = {}): Providers =>
  surveyProviders()
    .register('diagnostics', createTypeScriptDiagnostics(options))
    .register('metrics', createMemoryMetrics());
