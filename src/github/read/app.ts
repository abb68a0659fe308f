import type { Deliveries, FailedDelivery, GitHubApp } from '../../domain/ports/github-app.ts';
import type { Repository } from '../../domain/repository.ts';
import type { Connection } from '../connection.ts';
import { at, integer, isNull, type Json, text, time } from '../json.ts';
import { repositoryOf } from './repository.ts';

/** The newest pages of deliveries: what GitHub sent before a thousand others is found by its traces only. */
const NEWEST_PAGES = 10;

/** `connection` is the App's own: it signs with the App's key. */
export function createAppReader(connection: Connection): GitHubApp {
  let pending: Promise<string> | null = null;
  return {
    // One answer for all callers; a failure is not kept.
    login: () => {
      pending ??= readLogin(connection).catch((error: unknown) => {
        pending = null;
        throw error;
      });
      return pending;
    },
    installations: async () => {
      const found = await connection.list('GET /app/installations', {});
      return found.filter((one) => isNull(at(one, 'suspended_at'))).map((one) => integer(at(one, 'id')));
    },
    installationOf: async (owner, repo) => {
      const found = await connection.find('GET /repos/{owner}/{repo}/installation', { owner, repo });
      return found && integer(at(found, 'id'));
    },
    deliveries: (since) => deliveries(connection, since),
  };
}

const readLogin = async (connection: Connection): Promise<string> =>
  `${text(at(await connection.read('GET /app'), 'slug'))}[bot]`;

async function deliveries(connection: Connection, since: number): Promise<Deliveries> {
  let pages = 0;
  const found = await connection.list(
    'GET /app/hook/deliveries',
    {},
    { until: (page) => ++pages === NEWEST_PAGES || page.some((one) => sentAt(one) < since) },
  );
  const recent = found.filter((one) => sentAt(one) >= since);
  const failed = recent.filter((one) => !wasTaken(one) && !isNull(at(one, 'repository_id')));
  return {
    failed: failed.map(failedDelivery).toSorted((a, b) => a.at - b.at),
    upTo: Math.max(since, ...recent.map(sentAt)),
  };
}

const sentAt = (delivery: Json): number => time(at(delivery, 'delivered_at'));

/** Not by the filter that GitHub offers: what it could not hand over at all has no code to be filtered by. */
function wasTaken(delivery: Json): boolean {
  const code = integer(at(delivery, 'status_code'));
  return code >= 200 && code < 300;
}

const failedDelivery = (from: Json): FailedDelivery => ({
  id: text(at(from, 'guid')),
  event: text(at(from, 'event')),
  repositoryId: integer(at(from, 'repository_id')),
  at: sentAt(from),
});

/** The repositories that an installation covers. */
export async function repositoriesOf(
  connection: Connection,
  installationId: number,
): Promise<readonly Repository[]> {
  const found = await connection.list('GET /installation/repositories', {}, { field: 'repositories' });
  return found.map((repository) => repositoryOf(repository, installationId));
}
