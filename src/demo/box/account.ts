/** Who exists in the box: people, organizations, bots, Apps and where they are installed. */

export type AccountKind = 'User' | 'Organization' | 'Bot';

export interface Account {
  readonly kind: AccountKind;
  readonly id: number;
  readonly login: string;
  name: string | null;
  email: string | null;
  readonly createdAt: number;
}

export type PermissionLevel = 'read' | 'write' | 'admin';

/** An installation's permissions, as in an App's manifest: `{ issues: 'write' }`. */
export type Permissions = Readonly<Record<string, PermissionLevel>>;

/** What a person may do in one repository, weakest first. */
export const roles = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const;
export type Role = (typeof roles)[number];

export interface Webhook {
  /** Unset while nobody listens: deliveries are then logged as failed. */
  url: string | undefined;
  secret: string;
}

export interface App {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly clientId: string;
  readonly ownerId: number;
  /** The account `<slug>[bot]` that acts for the App's installations. */
  readonly botId: number;
  readonly publicKey: string;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  readonly webhook: Webhook;
  readonly createdAt: number;
}

export interface Installation {
  readonly id: number;
  readonly appId: number;
  readonly accountId: number;
  permissions: Permissions;
  /** All repositories of the account, or the ones named. */
  repositoryIds: 'all' | Set<number>;
  suspendedAt: number | null;
  readonly createdAt: number;
  updatedAt: number;
}

export type Token =
  | {
      readonly kind: 'installation';
      readonly value: string;
      readonly installationId: number;
      readonly permissions: Permissions;
      /** Narrowed when the token was minted; `all` is whatever the installation can see. */
      readonly repositoryIds: 'all' | ReadonlySet<number>;
      readonly expiresAt: number;
    }
  | { readonly kind: 'person'; readonly value: string; readonly accountId: number };

/** Who makes a call, as its Authorization header proves. */
export type Actor =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'app'; readonly app: App }
  | { readonly kind: 'person'; readonly account: Account }
  | {
      readonly kind: 'installation';
      readonly account: Account;
      readonly app: App;
      readonly installation: Installation;
      readonly permissions: Permissions;
      readonly repositoryIds: 'all' | ReadonlySet<number>;
    };
