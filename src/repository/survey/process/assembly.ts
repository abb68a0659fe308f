import type { CoChange, CodeMap, CodePackage, HotFile, OwnerRule } from '../../../domain/code-map.ts';
import type { Sha } from '../../../domain/ids.ts';
import type { Slice } from './messages.ts';

/** Puts the slices of a map together as they come. */
export class Assembly {
  private readonly files: string[] = [];
  private readonly packages: CodePackage[] = [];
  private readonly imports = new Map<string, readonly string[]>();
  private readonly owners: OwnerRule[] = [];
  private readonly changes = new Map<string, number>();
  private readonly together = new Map<string, readonly CoChange[]>();
  private readonly hot: HotFile[] = [];
  private readonly gaps: string[] = [];

  take(slice: Exclude<Slice, { readonly kind: 'progress' | 'done' | 'failed' }>): void {
    switch (slice.kind) {
      case 'files':
        this.files.push(...slice.files);
        break;
      case 'packages':
        this.packages.push(...slice.packages);
        break;
      case 'imports':
        for (const [file, those] of slice.imports)
          this.imports.set(
            this.path(file),
            those.map((one) => this.path(one)),
          );
        break;
      case 'owners':
        this.owners.push(...slice.owners);
        break;
      case 'changes':
        for (const [file, count] of slice.changes) this.changes.set(this.path(file), count);
        break;
      case 'together':
        for (const [file, partners] of slice.together)
          this.together.set(
            this.path(file),
            partners.map(([other, support, lift, confidence]) => ({
              path: this.path(other),
              support,
              lift,
              confidence,
            })),
          );
        break;
      case 'hot':
        this.hot.push(...slice.hot);
        break;
      case 'gaps':
        this.gaps.push(...slice.gaps);
        break;
      default:
        slice satisfies never;
    }
  }

  finish(commit: Sha, commits: number): CodeMap {
    const { files, packages, imports, owners, changes, together, hot, gaps } = this;
    return { commit, files, packages, imports, owners, history: { commits, changes, together }, hot, gaps };
  }

  private path(file: number): string {
    return this.files[file] ?? '';
  }
}
