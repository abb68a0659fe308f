import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';

/** Serves a bare repository over HTTP to whoever shows the token. */
export class HttpOrigin {
  readonly #server: Server;
  /** Called with every request, while git waits for its answer. */
  onRequest: () => void = () => {};

  constructor(bare: string, token: string) {
    const wanted = `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
    this.#server = createServer((request, response) => {
      this.onRequest();
      if (request.headers.authorization === wanted) return answer(bare, request, response);
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    });
  }

  async listen(name: string): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/${name}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

function answer(bare: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://x');
  const env = {
    PATH: process.env.PATH,
    GIT_PROJECT_ROOT: dirname(bare),
    GIT_HTTP_EXPORT_ALL: '1',
    REQUEST_METHOD: request.method,
    PATH_INFO: url.pathname,
    QUERY_STRING: url.search.slice(1),
    CONTENT_TYPE: request.headers['content-type'],
    HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
    GIT_PROTOCOL: request.headers['git-protocol']?.toString(),
  };
  const backend = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  request.pipe(backend.stdin);
  const chunks: Buffer[] = [];
  backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  backend.on('close', () => send(Buffer.concat(chunks), response));
}

function send(cgi: Buffer, response: ServerResponse): void {
  const end = cgi.indexOf('\r\n\r\n');
  for (const line of cgi.subarray(0, end).toString().split('\r\n')) {
    const [name = '', value = ''] = line.split(': ');
    if (name === 'Status') response.statusCode = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.end(cgi.subarray(end + 4));
}
