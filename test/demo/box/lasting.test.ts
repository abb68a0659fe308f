import { expect, test } from 'vitest';
import { Answers, isFinal, isLasting } from '../../../src/demo/box/git/lasting.ts';

const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];

test('only what is asked of whole names lasts: no branch, no path, nothing that writes', () => {
  const lasting = [
    ['merge-base', a, b],
    ['log', '-z', '--end-of-options', a, `^${b}`, '--'],
    ['rev-list', '--left-right', '--count', `${a}...${b}`],
    ['rev-parse', '--verify', `${a}^{commit}`],
    ['rev-parse', '--verify', `${a}:docs/README.md`],
  ];
  const passing = [
    ['log', 'main'],
    ['log', a, '--', 'README.md'],
    ['merge-base', a, 'refs/heads/main'],
    ['rev-parse', '--verify', 'aaaaaaa^{commit}'],
    ['rev-parse', '--verify', 'main:README.md'],
    ['update-ref', 'refs/heads/main', a],
    ['commit-tree', a],
  ];
  expect(lasting.map(isLasting)).toEqual(lasting.map(() => true));
  expect(passing.map(isLasting)).toEqual(passing.map(() => false));
});

test('a conflict and no common history are answers; what is missing may still come', () => {
  expect([isFinal(['merge-tree'], 1), isFinal(['merge-base'], 1), isFinal(['log'], 0)]).toEqual([
    true,
    true,
    true,
  ]);
  expect([isFinal(['rev-parse'], 1), isFinal(['merge-base'], 128)]).toEqual([false, false]);
});

test('the oldest of a thousand answers makes room', () => {
  const answers = new Answers<number>();
  for (let at = 0; at <= 1_000; at++) answers.keep(String(at), at);
  expect([answers.get('0'), answers.get('1'), answers.get('1000')]).toEqual([undefined, 1, 1_000]);
});
