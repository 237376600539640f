// An authority's HTTP end: takes signed calls, verifies them by the reference implementation of Standard Webhooks,
// and answers as scripted.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { eventually, temporaryFolder } from './app.mjs';

/**
 * Answers: a status (`200`, `500`, `410`), or `{ status, headers, body, wait }` where `wait` is in seconds,
 * or 'hang up'. The last one repeats.
 */
export class Receiver {
  static async start(t, { script = [200] } = {}) {
    const receiver = new Receiver();
    receiver.script = [...script];
    receiver.calls = [];
    receiver.secret = `whsec_${randomBytes(32).toString('base64')}`;
    receiver.secretFile = join(await temporaryFolder(t, 'secret'), 'webhook.secret');
    await writeFile(receiver.secretFile, `${receiver.secret}\n`);
    await chmod(receiver.secretFile, 0o600);
    t.after(() => receiver.stop());
    await receiver.up();
    return receiver;
  }

  /** Starts listening: on the first call on any free port, later on the same one. */
  async up() {
    this.server = createServer((request, response) => this.#take(request, response));
    this.server.listen(this.port ?? 0, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = this.server.address().port;
  }

  get host() {
    return `127.0.0.1:${this.port}`;
  }

  get url() {
    return `http://${this.host}/eingang`;
  }

  answer(...script) {
    this.script = script;
  }

  async #take(request, response) {
    const chunks = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return; // The caller hung up, for instance because it was killed.
    }
    const body = Buffer.concat(chunks).toString('utf8');
    const call = { method: request.method, path: request.url, headers: request.headers, body, at: Date.now() };
    try {
      call.json = new Webhook(this.secret).verify(body, request.headers);
      call.verified = true;
    } catch (error) {
      call.verified = false;
      call.problem = error.message;
    }
    const next = this.script.length > 1 ? this.script.shift() : this.script[0];
    call.answer = next;
    this.calls.push(call);
    if (next === 'hang up') return request.socket.destroy();
    const { status, headers = {}, body: text = '', wait = 0 } = typeof next === 'number' ? { status: next } : next;
    if (wait > 0) await new Promise((done) => setTimeout(done, wait * 1000).unref());
    response.writeHead(status, headers).end(text);
  }

  /** Waits until there are `count` calls in all; gives them. */
  async called(count = 1, seconds = 20) {
    return eventually(`${count} call(s)`, () => this.calls.length >= count && this.calls, seconds);
  }

  async stop() {
    if (!this.server?.listening) return;
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close').catch(() => {});
  }
}
