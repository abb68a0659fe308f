import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complexityOf } from '../../../src/plan/estimates/complexity.ts';
import { priorMinutesOf, profileOf } from '../../../src/plan/estimates/profile.ts';
import { taskKindOf } from '../../../src/plan/estimates/task-kind.ts';

const ofTitle = (title: string) => taskKindOf({ title, labels: [] });
const ofLabels = (...labels: readonly string[]) => taskKindOf({ title: 'Something else', labels });
const sizeOf = (...labels: readonly string[]) => complexityOf({ title: 'A thing', labels, taskKind: null });

describe('the kind of a task', () => {
  it.each([
    ['Fix rounding in the cart', 'bug-fix'],
    ['fix(cart)!: rounding', 'bug-fix'],
    ['[Bug] Totals', 'bug-fix'],
    ['Parser crashes on empty input', 'bug-fix'],
    ['Fix the flaky test', 'bug-fix'],
    ['Fix typo in README', 'documentation'],
    ['Fix the docs', 'documentation'],
    ['docs: describe the port', 'documentation'],
    ['Add documentation for the login', 'documentation'],
    ['Document the fix for #12', 'documentation'],
    ['Add tests for the fix', 'test-coverage'],
    ['Add unit tests', 'test-coverage'],
    ['Test the parser', 'test-coverage'],
    ['Improve coverage of the cart', 'test-coverage'],
    ['Add a test page', 'feature'],
    ['Add dark mode', 'feature'],
    ['feat: totals with tests', 'feature'],
    ['Implement the docs viewer', 'feature'],
    ['Refactor tests', 'refactoring'],
    ['Rename total to sum', 'refactoring'],
    ['Bump vite to 9', 'configuration'],
    ['Update dependencies', 'configuration'],
    ['Add a CI workflow', 'configuration'],
    ['chore: tidy', 'configuration'],
  ])('of %j is %s', (title, kind) => {
    expect(ofTitle(title)).toBe(kind);
  });

  it.each([
    'Strip the prefix',
    'Suffixes of names',
    'The latest contest',
    'Debugging view',
    'Testimonials on the front page',
    'Docks and harbours',
    'Attestation',
    'Update the totals',
    'Ein Fehler im Warenkorb',
    '',
    '🦊',
  ])('is not guessed from %j', (title) => {
    expect(ofTitle(title)).toBeNull();
  });

  it('is what labels say, before the title', () => {
    expect(taskKindOf({ title: 'Add a page', labels: ['parallel', 'type: bug'] })).toBe('bug-fix');
    expect(ofLabels('kind/feature')).toBe('feature');
    expect(ofLabels('feature request')).toBe('feature');
    expect(ofLabels('C-enhancement')).toBe('feature');
    expect(ofLabels('bug', 'documentation')).toBe('documentation');
    expect(ofLabels('tech debt')).toBe('refactoring');
    expect(ofLabels('test coverage')).toBe('test-coverage');
    expect(ofLabels('dependencies')).toBe('configuration');
  });

  it('is not read out of labels that say something else', () => {
    expect(ofLabels('needs tests')).toBeNull();
    expect(ofLabels('prefix', 'contest', 'debug', 'priority: high', 'good first issue')).toBeNull();
  });
});

describe('the complexity of a task', () => {
  it.each([
    ['complexity: high', 'high'],
    ['complexity/critical', 'critical'],
    ['size/L', 'high'],
    ['size/XXL', 'critical'],
    ['Size: S', 'low'],
    ['XL', 'critical'],
    ['m', 'medium'],
    ['effort:small', 'low'],
    ['effort: 8', 'high'],
    ['story points: 5', 'medium'],
    ['13 points', 'critical'],
    ['sp-1', 'low'],
    ['difficulty: easy', 'low'],
    ['good first issue', 'low'],
  ])('labelled %j is %s', (label, complexity) => {
    expect(sizeOf(label)).toBe(complexity);
  });

  it('is medium where nothing is said of it', () => {
    for (const label of [
      'priority: high',
      'critical',
      'high',
      'small',
      '8',
      'P1',
      'points',
      'size/unknown',
      'sp',
    ])
      expect(sizeOf(label)).toBe('medium');
  });

  it('is the highest of what labels say, and else what title and kind suggest', () => {
    expect(sizeOf('size/S', 'complexity: critical')).toBe('critical');
    expect(complexityOf({ title: 'Rewrite the parser', labels: [], taskKind: null })).toBe('high');
    expect(complexityOf({ title: 'Rewrite the parser', labels: ['size/S'], taskKind: null })).toBe('low');
  });
});

it('keeps of labels what may tell tasks apart', () => {
  const labels = ['Parallel', 'UI', 'size/L', 'api', 'ui'];
  expect(profileOf({ provider: 'exec', title: 'Add a page', labels })).toEqual({
    provider: 'exec',
    taskKind: 'feature',
    complexity: 'high',
    labels: ['api', 'ui'],
  });
});

it('assumes minutes by title alone', () => {
  const titles = [undefined, 'Add a page', 'Fix typo', 'Update the README', 'Migrate to Rust'];
  expect(titles.map(priorMinutesOf)).toEqual([60, 60, 30, 30, 120]);
});

it('reads any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string(), { maxLength: 5 }), (title, labels) => {
      expect([30, 60, 120, 240]).toContain(priorMinutesOf(title));
      expect(profileOf({ provider: 'x', title, labels }).complexity).not.toBe('');
    }),
  );
});
