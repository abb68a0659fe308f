import type { Account } from '../../account.ts';
import { accountById } from '../../find.ts';
import { accountNode } from '../../shapes/account.ts';
import type { Node, View } from '../view.ts';

/** A person, an organization or a bot. GraphQL calls a bot by its App's slug, without REST's `[bot]`. */
export function account({ box }: View, one: Account): Node {
  const login = one.login.replace(/\[bot\]$/, '');
  return {
    __typename: one.kind,
    id: accountNode(one),
    databaseId: one.id,
    login,
    name: one.name,
    avatarUrl: () => `${box.url}/avatars/u/${one.id}`,
    resourcePath: `/${login}`,
    url: `${box.url}/${login}`,
  };
}

/** Who edited last, or null. */
export function editorOf(view: View, id: number | null): Node | null {
  return id === null ? null : view.account(accountById(view.box.world, id));
}
