import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Desk, refusal } from './command.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.opens();
});

afterAll(async () => {
  await desk.closes();
});

describe('heddle', () => {
  test('without a command, or asked for help, shows its commands', async () => {
    for (const args of [[], ['help'], ['--help'], ['-h'], ['serve', '--help']]) {
      const { exitCode, stdout, stderr } = await desk.runs(args);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toContain('serve');
    }
  });

  test('says its version', async () => {
    expect((await desk.runs(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('refuses a command that it does not have, and guesses which was meant', async () => {
    expect(refusal(await desk.runs(['server']))).toMatch(/no command "server".*"heddle serve"\?/);
    expect(refusal(await desk.runs(['constructor']))).toContain('"heddle help" lists them');
  });

  test('refuses arguments that a command does not take', async () => {
    expect(refusal(await desk.runs(['serve', 'now']))).toContain('"now"');
  });
});
