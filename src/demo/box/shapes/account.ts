import type { Account } from '../account.ts';
import { iso } from '../clock.ts';
import type { BoxCore } from '../core.ts';
import { type NodeKind, nodeId } from '../state.ts';

const nodeKinds: Readonly<Record<Account['kind'], NodeKind>> = {
  User: 'user',
  Organization: 'organization',
  Bot: 'bot',
};

/** `simple-user`: an account wherever it stands inside something else. */
export function accountShape(box: BoxCore, account: Account) {
  const url = `${box.url}/api/v3/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: accountNode(account),
    avatar_url: `${box.url}/avatars/u/${account.id}`,
    gravatar_id: '',
    url,
    html_url: `${box.url}/${pageOf(account)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.kind,
    user_view_type: 'public',
    site_admin: false,
  };
}

/** `public-user`: what `GET /users/{login}` answers. */
export function profileShape(box: BoxCore, account: Account) {
  return {
    ...accountShape(box, account),
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: account.email,
    hireable: null,
    bio: null,
    public_repos: [...box.world.repositories.values()].filter((repo) => repo.ownerId === account.id).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: iso(account.createdAt),
    updated_at: iso(account.createdAt),
  };
}

export function accountNode(account: Account): string {
  return nodeId(nodeKinds[account.kind], account.id);
}

/** A bot's page is its App's. */
function pageOf({ kind, login }: Account): string {
  return kind === 'Bot' ? `apps/${login.replace(/\[bot\]$/, '')}` : login;
}
