import { iso } from '../clock.ts';
import type { BoxCore } from '../core.ts';
import { notFound } from '../errors.ts';
import { type Answer, type Call, ok, type Register } from '../router.ts';
import type { Delivery } from '../state.ts';
import { appBehind } from './app.ts';

/** The log of an App's deliveries, and how to ask for one again. */
export const registerDeliveryRoutes: Register = (routes, box) => {
  routes.on('GET', '/app/hook/deliveries', (call) => listDeliveries(box, call));
  routes.on('GET', '/app/hook/deliveries/:id', (call) => ok(wholeShape(deliveryAt(box, call))));
  routes.on('POST', '/app/hook/deliveries/:id/attempts', (call) => {
    box.redeliver(deliveryAt(box, call));
    return ok({}, 202);
  });
};

function deliveriesTo(box: BoxCore, call: Call): readonly Delivery[] {
  const app = appBehind(call.actor);
  return box.world.deliveries.filter((one) => one.appId === app.id && one.done);
}

function deliveryAt(box: BoxCore, call: Call): Delivery {
  const found = deliveriesTo(box, call).find((one) => one.id === call.number('id'));
  if (!found) throw notFound();
  return found;
}

/** Newest first. Pages go by cursor: the id of the last delivery that was shown. */
function listDeliveries(box: BoxCore, call: Call): Answer {
  const size = Math.min(Number(call.query.get('per_page') ?? 30) || 30, 100);
  const cursor = Number(call.query.get('cursor') ?? Number.POSITIVE_INFINITY);
  const status = call.query.get('status');
  const matching = deliveriesTo(box, call)
    .filter((one) => one.id < cursor && (status === null || status === outcomeOf(one)))
    .sort((left, right) => right.id - left.id);
  const shown = matching.slice(0, size);
  const last = shown.at(-1);
  const headers = last && matching.length > size ? { link: nextLink(call, last) } : {};
  return { ...ok(shown.map(briefShape)), headers };
}

function outcomeOf(delivery: Delivery): string {
  return delivery.statusCode >= 200 && delivery.statusCode < 400 ? 'success' : 'failure';
}

function nextLink(call: Call, last: Delivery): string {
  const url = new URL(call.url);
  url.searchParams.set('cursor', String(last.id));
  return `<${url.href}>; rel="next"`;
}

function briefShape(delivery: Delivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: iso(delivery.deliveredAt),
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

function wholeShape(delivery: Delivery) {
  return {
    ...briefShape(delivery),
    request: {
      headers: { 'X-GitHub-Delivery': delivery.guid, 'X-GitHub-Event': delivery.event },
      payload: delivery.payload,
    },
    response: { headers: {}, payload: null },
  };
}
