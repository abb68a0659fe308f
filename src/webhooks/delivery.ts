import type { Delivery } from '../domain/delivery.ts';
import { keyText, type RepositoryKey } from '../domain/ids.ts';
import { isHeddleEvent } from './events.ts';

/** One webhook as it came in; the payload is whatever was sent. */
export interface WebhookEvent {
  /** `X-GitHub-Delivery`: a redelivery keeps it. */
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
}

/**
 * Which repositories an event is about; empty for what is none of our business: unknown events, what the App itself
 * did, payloads without installation and repository. Never throws: the signature proves who sent it, not its shape.
 * An event about several repositories gives one delivery each, with ids of their own. A null `appLogin` is not known
 * yet: then the App's own doings count too, which costs a look and no more.
 */
export function toDeliveries(event: WebhookEvent, appLogin: string | null): readonly Delivery[] {
  if (!isHeddleEvent(event.name) || isOwn(event, appLogin)) return [];
  const keys = keysOf(event.payload);
  return keys.map((key) => ({
    id: keys.length === 1 ? event.id : `${event.id}:${keyText(key)}`,
    event: event.name,
    key,
  }));
}

/**
 * What the App did itself it knows already; looking again would only find its own writes. Of checks the sender says
 * nothing: whoever pushed is named there, and that is the App; a check is ours if our App made it. Installation events
 * are the owner's, never the App's.
 */
function isOwn({ name, payload }: WebhookEvent, appLogin: string | null): boolean {
  if (name === 'status' || appLogin === null) return false;
  const maker =
    name === 'check_run' || name === 'check_suite'
      ? checkMaker(at(payload, name))
      : at(at(payload, 'sender'), 'login');
  return typeof maker === 'string' && maker.toLowerCase() === appLogin.toLowerCase();
}

function checkMaker(check: unknown): string | null {
  const slug = at(at(check, 'app'), 'slug');
  return typeof slug === 'string' ? `${slug}[bot]` : null;
}

function keysOf(payload: unknown): readonly RepositoryKey[] {
  const installationId = idOf(at(payload, 'installation'));
  if (installationId === null) return [];
  const ids = repositoriesOf(payload).flatMap((repository) => idOf(repository) ?? []);
  return [...new Set(ids)].map((repositoryId) => ({ installationId, repositoryId }));
}

/** `repository` in most events; lists in those about the installation. */
function repositoriesOf(payload: unknown): readonly unknown[] {
  const lists = [
    at(payload, 'repositories'),
    at(payload, 'repositories_added'),
    at(payload, 'repositories_removed'),
  ];
  return [at(payload, 'repository'), ...lists.flatMap((list) => (Array.isArray(list) ? list : []))];
}

function idOf(value: unknown): number | null {
  const id = at(value, 'id');
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null;
}

function at(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
