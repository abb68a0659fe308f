import type { Account } from '../account.ts';
import type { BoxCore } from '../core.ts';
import type { Signature } from '../git/commit.ts';

/** An account's address in commits: its own, or the one that hides it. */
export function emailOf(account: Account): string {
  return account.email ?? `${account.id}+${account.login}@users.noreply.github.com`;
}

/** An account as the author of a commit made now. */
export function signatureOf(box: BoxCore, account: Account): Signature {
  return {
    name: account.name ?? account.login,
    email: emailOf(account),
    date: new Date(box.clock.now()),
  };
}

/** Whose commit it is, as GitHub tells by the email. */
export function accountByEmail(box: BoxCore, email: string): Account | undefined {
  return [...box.world.accounts.values()].find((account) => emailOf(account) === email);
}
