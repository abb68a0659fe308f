import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verify } from '@octokit/webhooks-methods';

export interface Heard {
  readonly event: string;
  readonly action: string | undefined;
  readonly guid: string;
  readonly isSigned: boolean;
  readonly payload: Record<string, unknown>;
}

/** A server that hears webhooks; `answer` can be changed to refuse them. */
export class Listener {
  readonly heard: Heard[] = [];
  answer = 200;
  url = '';
  private readonly server = createServer((request, response) => {
    void this.hear(request).then(() => response.writeHead(this.answer).end());
  });

  static async start(): Promise<Listener> {
    const listener = new Listener();
    await new Promise<void>((resolve) => listener.server.listen(0, '127.0.0.1', resolve));
    listener.url = `http://127.0.0.1:${(listener.server.address() as AddressInfo).port}/`;
    return listener;
  }

  /** `issues.opened`, `push` …, in the order in which they came. */
  get names(): readonly string[] {
    return this.heard.map(({ event, action }) => (action === undefined ? event : `${event}.${action}`));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async hear(request: IncomingMessage): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const payload = JSON.parse(body);
    this.heard.push({
      event: String(request.headers['x-github-event']),
      action: payload.action,
      guid: String(request.headers['x-github-delivery']),
      isSigned: await verify('box-secret', body, String(request.headers['x-hub-signature-256'])),
      payload,
    });
  }
}
