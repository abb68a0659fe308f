import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capitalize, truncate } from '../src/text.js';

test('capitalize', () => {
  assert.deepEqual(capitalize('merino'), 'Merino');
});

test('truncate', () => {
  assert.deepEqual(truncate('Hand-dyed merino wool', 9), 'Hand-dye…');
  assert.deepEqual(truncate('wool', 9), 'wool');
});
