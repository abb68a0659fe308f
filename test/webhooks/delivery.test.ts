import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { toDeliveries } from '../../src/webhooks/delivery.ts';
import { EVENT_NAMES } from '../../src/webhooks/events.ts';

const APP = 'heddle[bot]';
const payload = {
  action: 'labeled',
  installation: { id: 7 },
  repository: { id: 42, full_name: 'acme/shop' },
  sender: { login: 'ann' },
};

test('an event becomes the key of its repository, under the id of the delivery', () => {
  expect(toDeliveries({ id: 'a-1', name: 'issues', payload }, APP)).toEqual([
    { id: 'a-1', event: 'issues', key: { installationId: 7, repositoryId: 42 } },
  ]);
});

test('what the App did itself is ignored, however its login is written', () => {
  const own = { ...payload, sender: { login: 'Heddle[bot]' } };
  expect(toDeliveries({ id: 'a-1', name: 'issue_comment', payload: own }, APP)).toEqual([]);
});

test('what another bot did counts', () => {
  const other = { ...payload, sender: { login: 'renovate[bot]' } };
  expect(toDeliveries({ id: 'a-1', name: 'push', payload: other }, APP)).toHaveLength(1);
});

test.each(['star', 'ping', 'toString', '__proto__', ''])('the event %j is ignored', (name) => {
  expect(toDeliveries({ id: 'a-1', name, payload }, APP)).toEqual([]);
});

test('an installation event gives a delivery for each repository, each with its own id', () => {
  const added = {
    installation: { id: 7 },
    sender: { login: 'ann' },
    repositories_added: [{ id: 1 }, { id: 2 }],
    repositories_removed: [{ id: 2 }, { id: 3 }],
  };
  const found = toDeliveries({ id: 'a-1', name: 'installation_repositories', payload: added }, APP);
  expect(found.map((delivery) => delivery.key.repositoryId)).toEqual([1, 2, 3]);
  expect(new Set(found.map((delivery) => delivery.id)).size).toBe(3);
});

test('an event without installation or repository is ignored', () => {
  for (const odd of [
    null,
    'text',
    [],
    {},
    { installation: { id: '7' }, repository: { id: 42 } },
    { installation: { id: 7 } },
  ]) {
    expect(toDeliveries({ id: 'a-1', name: 'issues', payload: odd }, APP)).toEqual([]);
  }
});

test('no payload whatever makes it throw', () => {
  const names = fc.oneof(fc.constantFrom(...EVENT_NAMES), fc.string());
  const keys = fc.constantFrom(
    'installation',
    'repository',
    'repositories',
    'repositories_added',
    'sender',
    'id',
    'login',
  );
  fc.assert(
    fc.property(names, fc.oneof(fc.anything(), fc.dictionary(keys, fc.anything())), (name, anything) => {
      expect(Array.isArray(toDeliveries({ id: 'x', name, payload: anything }, APP))).toBe(true);
    }),
  );
});
