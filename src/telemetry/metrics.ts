import type { Labels, Metric, MetricsProvider } from '../domain/ports/providers.ts';

/** All that is known of one metric, in the form in which monitoring systems ask for it. */
export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly series: readonly Series[];
}

/** One metric under one set of labels, as it stands. */
export interface Series {
  readonly labels: Labels;
  /** The count or the value; of a histogram the sum of what was observed. */
  readonly value: number;
  /** Of a histogram: how many observations there were, and how many of them up to each bound. */
  readonly count?: number;
  readonly buckets?: readonly { readonly upTo: number; readonly count: number }[];
}

/** Metrics that can be read again. */
export interface MemoryMetrics extends MetricsProvider {
  /** In the order of their names, a snapshot. */
  families(): readonly MetricFamily[];
}

/** How much is kept. */
export interface MemoryMetricsOptions {
  /** Upper bounds of histograms, rising; by default from milliseconds to hours, in seconds. */
  readonly bounds?: readonly number[];
  /** Series of one name: labels whose values never end would fill the memory. What is past it is not kept. */
  readonly mostSeries?: number;
}

const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 1800, 3600, 10800];
const MOST_SERIES = 1_000;

/** Goes nowhere: for who wants no metrics. */
export const noMetrics: MetricsProvider = {
  name: 'none',
  count: () => {},
  gauge: () => {},
  observe: () => {},
};

/** Keeps numbers in memory. Names as Prometheus has them; a name that is used as another kind is a TypeError. */
export function createMemoryMetrics(options: MemoryMetricsOptions = {}): MemoryMetrics {
  const families = new Map<string, Family>();
  const familyOf = (metric: Metric, kind: MetricFamily['kind']): Family => {
    const family = families.get(metric.name) ?? new Family(metric, kind, options);
    if (family.kind !== kind) throw new TypeError(`${metric.name} is a ${family.kind}, and no ${kind}`);
    families.set(metric.name, family);
    return family;
  };
  return {
    name: 'memory',
    count: (metric, amount = 1) => {
      if (!(amount >= 0)) throw new TypeError(`${metric.name} only grows: ${amount} cannot be added`);
      familyOf(metric, 'counter').add(metric.labels, amount);
    },
    gauge: (metric, value) => familyOf(metric, 'gauge').set(metric.labels, value),
    observe: (metric, value) => familyOf(metric, 'histogram').observe(metric.labels, value),
    families: () =>
      [...families.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map((family) => family.snapshot()),
  };
}

interface Sample {
  readonly labels: Labels;
  value: number;
  count: number;
  /** By bound: observations up to it and above the one before it. */
  readonly buckets: number[];
}

class Family {
  readonly name: string;
  readonly kind: MetricFamily['kind'];
  private readonly help: string;
  private readonly bounds: readonly number[];
  private readonly most: number;
  private readonly samples = new Map<string, Sample>();

  constructor({ name, help = '' }: Metric, kind: MetricFamily['kind'], options: MemoryMetricsOptions) {
    if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name))
      throw new TypeError(`no name for a metric: ${JSON.stringify(name)}`);
    this.name = name;
    this.kind = kind;
    this.help = help;
    this.bounds = options.bounds ?? BOUNDS;
    this.most = options.mostSeries ?? MOST_SERIES;
  }

  add(labels: Labels | undefined, amount: number): void {
    const sample = this.sample(labels);
    if (sample) sample.value += amount;
  }

  set(labels: Labels | undefined, value: number): void {
    const sample = this.sample(labels);
    if (sample) sample.value = value;
  }

  observe(labels: Labels | undefined, value: number): void {
    const sample = this.sample(labels);
    if (!sample) return;
    sample.value += value;
    sample.count += 1;
    const at = this.bounds.findIndex((bound) => value <= bound);
    if (at >= 0) sample.buckets[at] = (sample.buckets[at] ?? 0) + 1;
  }

  snapshot(): MetricFamily {
    const { name, help, kind } = this;
    return { name, help, kind, series: [...this.samples.values()].map((sample) => this.seriesOf(sample)) };
  }

  private seriesOf({ labels, value, count, buckets }: Sample): Series {
    if (this.kind !== 'histogram') return { labels, value };
    let below = 0;
    const counted = this.bounds.map((upTo, at) => {
      below += buckets[at] ?? 0;
      return { upTo, count: below };
    });
    return { labels, value, count, buckets: counted };
  }

  private sample(labels: Labels = {}): Sample | null {
    const entries = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify(entries);
    const found = this.samples.get(key);
    if (found || this.samples.size >= this.most) return found ?? null;
    const fresh = { labels: Object.fromEntries(entries), value: 0, count: 0, buckets: [] };
    this.samples.set(key, fresh);
    return fresh;
  }
}
