import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMinutes } from '../src/durations.js';

test('formatMinutes', () => {
  assert.deepEqual(formatMinutes(90), '1 h 30 min');
  assert.deepEqual(formatMinutes(45), '45 min');
});
