import { randomBytes } from 'node:crypto';
import { openBox } from './boxed-site.ts';
import { clientFor } from './client.ts';
import { isElsewhere } from './elsewhere.ts';
import { openOther } from './other-site.ts';
import type { Place } from './person.ts';
import { pushFiles } from './push.ts';
import { Repository } from './repository.ts';
import { apiUrlOf, REPOSITORY_PREFIX, type Site } from './site.ts';
import type { Files } from './things.ts';

/** The server that the environment names, or else a box of its own. */
export async function openSite(): Promise<Site> {
  return isElsewhere ? await openOther(process.env) : await openBox();
}

/** A new repository of the organization, with files on its default branch. On another server its name is longer. */
export async function createRepository(
  site: Site,
  { name: wanted, files }: { readonly name: string; readonly files: Files },
): Promise<Repository> {
  const name = site.box ? wanted : `${REPOSITORY_PREFIX}${wanted}-${randomBytes(4).toString('hex')}`;
  const { rest } = clientFor(apiUrlOf(site), site.owner.token);
  await rest.repos.createInOrg({ org: site.organization, name });
  const place = placeOf(site, name);
  await pushFiles(
    { ...site.owner, gitUrl: place.gitUrl },
    { branch: 'main', files, message: 'Initial commit' },
  );
  return new Repository({ place, owner: site.owner, identity: (person) => site.identity(person) });
}

function placeOf(site: Site, repo: string): Place {
  const { host, protocol, organization: owner } = site;
  return { apiUrl: apiUrlOf(site), gitUrl: `${protocol}://${host}/${owner}/${repo}.git`, owner, repo };
}
