import type { Box } from '../../../src/demo/box/start.ts';
import type { Identity } from './person.ts';

/** A GitHub-like server, with an App that is installed on all repositories of one organization. */
export interface Site {
  /** `127.0.0.1:3000`, `ghe.example.com`; `github.com` is github.com. */
  readonly host: string;
  readonly protocol: 'http' | 'https';
  readonly organization: string;
  readonly app: SiteApp;
  /** Owns the organization. */
  readonly owner: Identity;
  /** Whoever a story calls by this name. Throws for a name that nobody was found for. */
  identity(name: string): Identity;
  readonly webhooks: WebhookRoute;
  /** What only the box can do; null on another server. */
  readonly box: Box | null;
  close(): Promise<void>;
}

export interface SiteApp {
  readonly id: number;
  /** PEM. */
  readonly privateKey: string;
  /** The login under which it acts: `heddle[bot]`. */
  readonly login: string;
  readonly webhookSecret: string;
}

/** How webhooks reach the App: on this machine; as the server is told to send them; or as somebody has set it up. */
export type WebhookRoute =
  | { readonly kind: 'here' }
  | { readonly kind: 'told'; readonly url: string; readonly port: number }
  | { readonly kind: 'setUp'; readonly port: number };

/** What all repositories of stories begin with, so that those of an interrupted run can be found. */
export const REPOSITORY_PREFIX = 'heddle-story-';

export function apiUrlOf({ host, protocol }: Pick<Site, 'host' | 'protocol'>): string {
  return host === 'github.com' ? 'https://api.github.com' : `${protocol}://${host}/api/v3`;
}
