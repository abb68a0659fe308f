import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sum } from '../src/numbers.js';

test('sum', () => {
  assert.deepEqual(sum([1, 2, 3]), 6);
  assert.deepEqual(sum([]), 0);
});
