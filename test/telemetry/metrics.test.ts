import { expect, test } from 'vitest';
import { createMemoryMetrics, noMetrics } from '../../src/telemetry/metrics.ts';

test('metrics are counted, set and observed by their labels, whatever the order of these', () => {
  const metrics = createMemoryMetrics({ bounds: [1, 10] });
  metrics.count({ name: 'done_total', help: 'what is done', labels: { a: '1', b: '2' } });
  metrics.count({ name: 'done_total', labels: { b: '2', a: '1' } }, 4);
  metrics.gauge({ name: 'busy' }, 3);
  metrics.gauge({ name: 'busy' }, 2);
  for (const value of [0.5, 1, 5, 50]) metrics.observe({ name: 'time_seconds' }, value);
  expect(metrics.families()).toEqual([
    { name: 'busy', help: '', kind: 'gauge', series: [{ labels: {}, value: 2 }] },
    {
      name: 'done_total',
      help: 'what is done',
      kind: 'counter',
      series: [{ labels: { a: '1', b: '2' }, value: 5 }],
    },
    {
      name: 'time_seconds',
      help: '',
      kind: 'histogram',
      series: [
        {
          labels: {},
          value: 56.5,
          count: 4,
          buckets: [
            { upTo: 1, count: 2 },
            { upTo: 10, count: 3 },
          ],
        },
      ],
    },
  ]);
});

test('metrics refuse what no monitoring system takes, and labels without end', () => {
  const metrics = createMemoryMetrics({ mostSeries: 2 });
  metrics.count({ name: 'done_total' });
  expect(() => metrics.gauge({ name: 'done_total' }, 1)).toThrow('done_total is a counter, and no gauge');
  expect(() => metrics.count({ name: 'done_total' }, -1)).toThrow('only grows');
  expect(() => metrics.count({ name: 'a b' })).toThrow('no name for a metric: "a b"');
  for (const id of ['__proto__', '2', '3']) metrics.count({ name: 'done_total', labels: { id } });
  expect(metrics.families()[0]?.series).toHaveLength(2);
  noMetrics.observe({ name: 'x' }, 1);
});
