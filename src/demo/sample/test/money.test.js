import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPrice } from '../src/money.js';

test('formatPrice', () => {
  assert.deepEqual(formatPrice(1250), '€12.50');
});
