import type { RepositoryKey } from './ids.ts';

/** What is kept of a webhook: that there is something new to see in one repository. */
export interface Delivery {
  /** `X-GitHub-Delivery`: a redelivery keeps it. */
  readonly id: string;
  readonly event: string;
  readonly key: RepositoryKey;
}
