import { type ChildProcess, spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gitEnvironment } from './run.ts';

/** One request of git's smart HTTP protocol, whoever asks for it already permitted. */
export interface GitRequest {
  /** The bare repository. */
  readonly repository: string;
  /** Below the repository: `/info/refs`, `/git-upload-pack` or `/git-receive-pack`. */
  readonly path: string;
  readonly request: Request;
  /** Recorded by git as who pushed. */
  readonly user: string;
}

/** What a request is about; undefined for addresses that the smart protocol does not have. */
export function gitService(path: string, url: URL): 'upload-pack' | 'receive-pack' | undefined {
  const name = path === '/info/refs' ? url.searchParams.get('service') : path.slice(1);
  if (name === 'git-upload-pack') return 'upload-pack';
  return name === 'git-receive-pack' ? 'receive-pack' : undefined;
}

/** Lets `git http-backend` answer; both bodies are streamed. It unpacks gzip bodies and speaks protocol v2 itself. */
export async function answerGit(wanted: GitRequest): Promise<Response> {
  const child = spawn('git', ['http-backend'], {
    env: gitEnvironment(cgiVariables(wanted)),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const failed = collectErrors(child);
  sendBody(wanted.request, child);
  const { head, rest } = await readHead(child);
  if (head === undefined) throw new Error(`git http-backend gave no answer: ${await failed}`);
  const { status, headers } = parseHead(head);
  return new Response(rest, { status, headers });
}

function cgiVariables({ repository, path, request, user }: GitRequest): Record<string, string> {
  const header = (name: string) => request.headers.get(name) ?? '';
  const length = request.headers.get('content-length');
  return {
    GIT_PROJECT_ROOT: repository,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: path,
    REQUEST_METHOD: request.method,
    QUERY_STRING: new URL(request.url).search.slice(1),
    CONTENT_TYPE: header('content-type'),
    HTTP_CONTENT_ENCODING: header('content-encoding'),
    HTTP_GIT_PROTOCOL: header('git-protocol'),
    GIT_PROTOCOL: header('git-protocol'),
    REMOTE_USER: user,
    REMOTE_ADDR: '127.0.0.1',
    GIT_COMMITTER_EMAIL: `${user || 'nobody'}@box.invalid`,
    ...(length === null ? {} : { CONTENT_LENGTH: length }),
  };
}

/** A client that hangs up, or git that stops reading early, is no fault of the box. */
function sendBody(request: Request, child: ChildProcess): void {
  const { stdin } = child;
  if (!stdin) return;
  if (!request.body) {
    stdin.end();
    return;
  }
  pipeline(Readable.fromWeb(request.body), stdin).catch(() => stdin.destroy());
}

async function collectErrors(child: ChildProcess): Promise<string> {
  const chunks: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', (error) => resolve(void chunks.push(Buffer.from(String(error)))));
  });
  return Buffer.concat(chunks).toString();
}

interface Head {
  readonly head: string | undefined;
  readonly rest: ReadableStream<Uint8Array>;
}

async function readHead(child: ChildProcess): Promise<Head> {
  if (!child.stdout) throw new Error('git http-backend has no standard output');
  const chunks = child.stdout[Symbol.asyncIterator]();
  let seen = Buffer.alloc(0);
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    seen = Buffer.concat([seen, next.value]);
    const end = seen.indexOf('\r\n\r\n');
    if (end !== -1)
      return { head: seen.toString('latin1', 0, end), rest: stream(seen.subarray(end + 4), chunks) };
  }
  return { head: undefined, rest: stream(seen, chunks) };
}

function stream(first: Uint8Array, chunks: AsyncIterator<Buffer>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      if (first.length > 0) controller.enqueue(first);
    },
    pull: async (controller) => {
      const next = await chunks.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: async () => void (await chunks.return?.()),
  });
}

function parseHead(head: string): { status: number; headers: [string, string][] } {
  const pairs = head.split('\r\n').map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const status = pairs.find(([name]) => name.toLowerCase() === 'status')?.[1];
  return {
    status: status === undefined ? 200 : Number.parseInt(status, 10),
    headers: pairs.filter(([name]) => name.toLowerCase() !== 'status'),
  };
}
