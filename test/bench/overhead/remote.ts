import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startBox } from '../../../src/demo/box/start.ts';

/** Where both sides push to: the same repository, the same way, with the same token. */
export interface Remote {
  readonly host: { readonly protocol: string; readonly host: string };
  readonly owner: string;
  readonly name: string;
  readonly url: string;
  readonly token: string;
  close(): Promise<void>;
}

const DIRECTORIES = 40;
const FILES_EACH = 25;

/** 1,000 text files of about 2 KB in 40 directories. */
export function thousandFiles(): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (let directory = 0; directory < DIRECTORIES; directory++) {
    for (let file = 0; file < FILES_EACH; file++) {
      const name = `src/part-${directory}/file-${file}.ts`;
      files[name] = Array.from({ length: 40 }, (_, line) => lineOf(name, line)).join('');
    }
  }
  return files;
}

const lineOf = (name: string, line: number): string =>
  `export const value${line} = '${name}:${line * 7919}';\n`;

/** A GitHub in a box, over git's smart HTTP. */
export async function boxRemote(): Promise<Remote> {
  const box = await startBox();
  const shop = await box.createsRepository('acme/shop', { files: thousandFiles() });
  shop.grants('alice', 'write');
  const url = `http://${box.host}/acme/shop.git`;
  const host = { protocol: 'http', host: box.host };
  const { token } = box.person('alice');
  return { host, owner: 'acme', name: 'shop', url, token, close: () => box.close() };
}

/** The same files in a bare repository in a directory: pushes cost the least there. */
export async function directoryRemote(room: string): Promise<Remote> {
  const source = await boxRemote();
  const root = join(room, 'remote');
  const bare = join(root, 'acme', 'shop.git');
  await mkdir(root, { recursive: true });
  const from = source.url.replace('://', `://x-access-token:${source.token}@`);
  await promisify(execFile)('git', ['clone', '--quiet', '--bare', from, bare]);
  await source.close();
  const host = { protocol: 'file', host: root };
  return { host, owner: 'acme', name: 'shop', url: `file://${bare}`, token: '', close: async () => {} };
}
