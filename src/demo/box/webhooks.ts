import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Account, App, Installation } from './account.ts';
import type { BoxCore, BoxEvent, InstallationEvent } from './core.ts';
import { accountById, installationsOf } from './find.ts';
import { accountShape } from './shapes/account.ts';
import { installationShape } from './shapes/app.ts';
import { repositoryShape } from './shapes/repository.ts';
import { type Delivery, nextId, nodeId } from './state.ts';

/** GitHub waits this long for an answer to a webhook. */
const patienceMs = 10_000;
/** A delivery held back to come late goes out by itself when none follows it. */
const heldMs = 1000;

/** Signs and sends webhooks, one after another in the order of the events, and keeps the log of deliveries. */
export class Webhooks {
  private readonly box: BoxCore;
  private line: Promise<void> = Promise.resolve();
  private readonly pending = new Set<Promise<void>>();
  private held: (() => void)[] = [];
  private readonly stop = new AbortController();

  constructor(box: BoxCore) {
    this.box = box;
  }

  emit(event: BoxEvent): void {
    for (const installation of installationsOf(this.box.world, event.repo)) {
      const app = this.subscriber(installation, event);
      if (app)
        this.dispatch(
          app,
          this.record(app, { ...event, installation, payload: this.payloadOf(event, installation) }),
        );
    }
  }

  /** `installation` and `installation_repositories`, which every App hears about itself. */
  emitTo(installation: Installation, { event, action, sender, payload }: InstallationEvent): void {
    const app = this.box.world.apps.get(installation.appId);
    if (!app) return;
    const whole = {
      action,
      installation: installationShape(this.box, installation),
      ...payload,
      sender: accountShape(this.box, sender),
    };
    this.dispatch(app, this.record(app, { event, action, installation, payload: whole }));
  }

  /** Sends a delivery once more, with the same GUID, as an App may ask for. Returns the new record. */
  redeliver(delivery: Delivery): Delivery {
    const again = { ...delivery, id: nextId(this.box.world), redelivery: true, done: false };
    this.box.world.deliveries.push(again);
    const app = this.box.world.apps.get(delivery.appId);
    if (app) this.enqueue(() => this.send(app, again));
    return again;
  }

  /** Until everything that was emitted has been answered, refused or given up. */
  async idle(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
  }

  close(): void {
    this.stop.abort();
  }

  private subscriber(installation: Installation, event: BoxEvent): App | undefined {
    const app = this.box.world.apps.get(installation.appId);
    if (!app?.events.includes(event.event)) return undefined;
    return event.onlyAppId === undefined || event.onlyAppId === app.id ? app : undefined;
  }

  private payloadOf(event: BoxEvent, installation: Installation): Record<string, unknown> {
    return {
      ...(event.action !== null && { action: event.action }),
      ...event.payload,
      repository: repositoryShape(this.box, event.repo),
      ...organizationPart(this.box, accountById(this.box.world, event.repo.ownerId)),
      sender: accountShape(this.box, event.sender),
      installation: { id: installation.id, node_id: nodeId('installation', installation.id) },
    };
  }

  private record(app: App, from: Recorded): Delivery {
    const delivery: Delivery = {
      id: nextId(this.box.world),
      guid: randomUUID(),
      appId: app.id,
      event: from.event,
      action: from.action,
      installationId: from.installation.id,
      repositoryId: from.repo?.id ?? null,
      payload: from.payload,
      redelivery: false,
      deliveredAt: this.box.clock.now(),
      duration: 0,
      statusCode: 0,
      status: 'pending',
      done: false,
    };
    this.box.world.deliveries.push(delivery);
    return delivery;
  }

  private dispatch(app: App, delivery: Delivery): void {
    const fault = this.box.faults.takeWebhook(delivery.event, delivery.action);
    const send = () => this.send(app, delivery);
    if (fault?.kind === 'lost') settle(delivery, timedOut);
    else if (fault?.kind === 'reordered') this.hold(send);
    else if (fault?.kind === 'delayed') this.track(this.pause(fault.milliseconds).then(send));
    else {
      this.enqueue(send);
      if (fault?.kind === 'doubled') this.enqueue(send);
      this.release();
    }
  }

  private enqueue(send: () => Promise<void>): void {
    this.line = this.line.then(send);
    this.track(this.line);
  }

  private hold(send: () => Promise<void>): void {
    const next = new Promise<void>((resolve) => this.held.push(resolve));
    this.track(Promise.race([next, this.pause(heldMs)]).then(send));
  }

  /** Lets what was held back follow the delivery that has just been lined up. */
  private release(): void {
    const held = this.held;
    this.held = [];
    void this.line.then(() => {
      for (const go of held) go();
    });
  }

  private async pause(milliseconds: number): Promise<void> {
    await wait(milliseconds, undefined, { signal: this.stop.signal, ref: false }).catch(() => {});
  }

  private track(work: Promise<void>): void {
    this.pending.add(work);
    void work.finally(() => this.pending.delete(work));
  }

  private async send(app: App, delivery: Delivery): Promise<void> {
    const { url, secret } = app.webhook;
    if (this.stop.signal.aborted) return;
    const startedAt = Date.now();
    const answer = url === undefined ? refused : await this.post(url, { app, delivery, secret });
    delivery.deliveredAt = this.box.clock.now();
    delivery.duration = (Date.now() - startedAt) / 1000;
    settle(delivery, answer);
  }

  private async post(url: string, message: Message): Promise<Result> {
    const body = JSON.stringify(message.delivery.payload);
    const signal = AbortSignal.any([this.stop.signal, AbortSignal.timeout(patienceMs)]);
    try {
      const response = await fetch(url, { method: 'POST', body, headers: headersOf(message, body), signal });
      await response.arrayBuffer();
      const status = response.ok ? 'OK' : `Invalid HTTP Response: ${response.status}`;
      return { statusCode: response.status, status };
    } catch (error) {
      return error instanceof Error && error.name === 'TimeoutError' ? timedOut : refused;
    }
  }
}

interface Recorded {
  readonly event: string;
  readonly action: string | null;
  readonly installation: Installation;
  readonly repo?: { readonly id: number };
  readonly payload: Record<string, unknown>;
}

interface Message {
  readonly app: App;
  readonly delivery: Delivery;
  readonly secret: string;
}

interface Result {
  readonly statusCode: number;
  readonly status: string;
}

const refused: Result = { statusCode: 502, status: 'failed to connect to host' };
const timedOut: Result = { statusCode: 504, status: 'timed out' };

function settle(delivery: Delivery, result: Result): void {
  Object.assign(delivery, result, { done: true });
}

/** The headers of a delivery, signed with the App's secret. */
function headersOf({ app, delivery, secret }: Message, body: string): Record<string, string> {
  return {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/box',
    'x-github-delivery': delivery.guid,
    'x-github-event': delivery.event,
    'x-github-hook-id': String(app.id),
    'x-github-hook-installation-target-id': String(app.id),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
}

function organizationPart(box: BoxCore, owner: Account): Record<string, unknown> {
  if (owner.kind !== 'Organization') return {};
  const url = `${box.url}/api/v3/orgs/${owner.login}`;
  return {
    organization: {
      login: owner.login,
      id: owner.id,
      node_id: nodeId('organization', owner.id),
      url,
      repos_url: `${url}/repos`,
      events_url: `${url}/events`,
      hooks_url: `${url}/hooks`,
      issues_url: `${url}/issues`,
      members_url: `${url}/members{/member}`,
      public_members_url: `${url}/public_members{/member}`,
      avatar_url: `${box.url}/avatars/u/${owner.id}`,
      description: null,
    },
  };
}
