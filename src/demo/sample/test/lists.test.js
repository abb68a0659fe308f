import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unique } from '../src/lists.js';

test('unique', () => {
  assert.deepEqual(unique(['wool', 'silk', 'wool']), ['wool', 'silk']);
});
