import { expect, test } from 'vitest';
import { parseDependencies } from '../../src/plan/dependencies.ts';

/* What is found in which text is for the corpus: `corpus.test.ts`. */

const numbers = (text: string, hosts?: readonly string[]): readonly number[] =>
  parseDependencies(text, hosts).map(({ number }) => number);

test('each dependency says where it was found, in which words, and how sure it is', () => {
  expect(parseDependencies('Hello\n\n- **Depends on** #12 `x`\n\n## Blocked by\n- [ ] o/r#3')).toEqual([
    {
      owner: null,
      name: null,
      number: 12,
      source: 'text',
      quote: '- **Depends on** #12 …',
      line: 3,
      confidence: 0.95,
    },
    {
      owner: 'o',
      name: 'r',
      number: 3,
      source: 'task-list',
      quote: '- [ ] o/r#3',
      line: 6,
      confidence: 0.9,
    },
  ]);
});

test('plain words are surer than words that go on', () => {
  const sure = [
    'Depends on #1',
    'After #1',
    'Depends on #1 (x)',
    'After #1 lands',
    'Depends on #1 to compile',
  ];
  const found = sure.flatMap((text) => parseDependencies(text).map(({ confidence }) => confidence));
  expect(found).toEqual([0.95, 0.9, 0.85, 0.8, 0.75]);
});

test('where an issue is named twice, the first words are the evidence', () => {
  const text = 'Blocked by o/r#1\n\nDepends on #1, O/R#1';
  expect(parseDependencies(text).map(({ owner, line }) => [owner, line])).toEqual([
    ['o', 1],
    [null, 3],
  ]);
});

test('URLs count on the hosts that are named, and on no others', () => {
  const on = (host: string) => `Depends on https://${host}/o/r/issues/9`;
  expect(numbers(on('code.example.com'), ['code.example.com'])).toEqual([9]);
  expect(numbers(on('www.code.example.com'), ['Code.example.com'])).toEqual([9]);
  expect(numbers(on('github.com'), ['code.example.com'])).toEqual([]);
  expect(numbers(on('code.example.com'))).toEqual([]);
});

test('all that GitHub lets stand in a text is read, and no more', () => {
  const last = '\n\nDepends on #1';
  const filled = (character: string) => character.repeat(65_536 - last.length);
  expect(numbers(`${filled('a')}${last}`)).toEqual([1]);
  expect(numbers(`${filled('🧵')}${last}`)).toEqual([1]);
  expect(numbers(`${filled('a')}aa${last}`)).toEqual([]);
});
