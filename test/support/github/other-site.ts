import { appClientFor } from './app.ts';
import { clientFor } from './client.ts';
import type { Identity } from './person.ts';
import { readSettings, type Settings } from './settings.ts';
import { apiUrlOf, REPOSITORY_PREFIX, type Site } from './site.ts';

let opened: Promise<Site> | undefined;

/** The server that the settings describe. Everybody is asked for their login once. */
export function openOther(env: NodeJS.ProcessEnv): Promise<Site> {
  opened ??= open(readSettings(env));
  return opened;
}

async function open(settings: Settings): Promise<Site> {
  const { host, protocol, organization, webhooks, webhookSecret } = settings;
  const apiUrl = apiUrlOf(settings);
  const owner = await identityOf(apiUrl, settings.ownerToken);
  const names = Object.entries(settings.tokens);
  const people = new Map(
    await Promise.all(names.map(async ([name, token]) => [name, await identityOf(apiUrl, token)] as const)),
  );
  await removeLeftovers(apiUrl, { organization, owner });
  return {
    host,
    protocol,
    organization,
    owner,
    app: {
      id: settings.appId,
      privateKey: settings.privateKey,
      login: await appLogin(apiUrl, settings),
      webhookSecret,
    },
    identity: (name) => known(people, name),
    webhooks,
    box: null,
    close: async () => {},
  };
}

function known(people: ReadonlyMap<string, Identity>, name: string): Identity {
  const found = people.get(name);
  if (!found) throw new Error(`this story needs ${name}: set HEDDLE_TEST_TOKEN_${name.toUpperCase()}`);
  return found;
}

async function identityOf(apiUrl: string, token: string): Promise<Identity> {
  const { data } = await clientFor(apiUrl, token).rest.users.getAuthenticated();
  return { login: data.login, token };
}

async function appLogin(apiUrl: string, { appId, privateKey }: Settings): Promise<string> {
  const { data } = await appClientFor(apiUrl, { appId, privateKey }).rest.apps.getAuthenticated();
  if (!data?.slug) throw new Error(`the server does not say what App ${appId} is called`);
  return `${data.slug}[bot]`;
}

interface Home {
  readonly organization: string;
  readonly owner: Identity;
}

/** The App would go on with the labelled issues of a run that was interrupted. */
async function removeLeftovers(apiUrl: string, { organization, owner }: Home): Promise<void> {
  const { rest, paginate } = clientFor(apiUrl, owner.token);
  const all = await paginate(rest.repos.listForOrg, { org: organization, per_page: 100 });
  for (const { name } of all.filter((one) => one.name.startsWith(REPOSITORY_PREFIX)))
    await rest.repos.delete({ owner: organization, repo: name });
}
