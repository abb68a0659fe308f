/** GitHub as the App itself sees it, by its key. Rejects with Retryable or Terminal only. */
export interface GitHubApp {
  /** Login of the App's own account: `heddle[bot]`. */
  login(): Promise<string>;
  /** Ids of the installations that are not suspended. */
  installations(): Promise<readonly number[]>;
  /** The installation that covers a repository; null: the App is not installed there, or there is none of this name. */
  installationOf(owner: string, name: string): Promise<number | null>;
  /** What became of the webhooks since (GitHub's clock, milliseconds). */
  deliveries(since: number): Promise<Deliveries>;
}

export interface Deliveries {
  /** Webhooks about repositories that GitHub could not hand over, oldest first. */
  readonly failed: readonly FailedDelivery[];
  /** When the newest one was sent, failed or not (GitHub's clock, milliseconds). */
  readonly upTo: number;
}

/** A webhook that nobody took. */
export interface FailedDelivery {
  /** `X-GitHub-Delivery`: a redelivery keeps it. */
  readonly id: string;
  readonly event: string;
  readonly repositoryId: number;
  /** When GitHub tried; milliseconds since the epoch (GitHub's clock). */
  readonly at: number;
}
