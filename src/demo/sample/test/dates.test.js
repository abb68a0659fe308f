import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isoDay } from '../src/dates.js';

test('isoDay', () => {
  assert.deepEqual(isoDay(new Date('2026-03-01T23:59:59Z')), '2026-03-01');
});
