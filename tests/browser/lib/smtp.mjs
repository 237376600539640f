// A real mail server (aiosmtpd) with scripted answers, and the mails that it took, read by mailparser.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { simpleParser } from 'mailparser';
import { eventually, temporaryFolder } from './app.mjs';

const PYTHON = process.env.TEST_PYTHON ?? 'python3';

export class MailServer {
  /** `options`: tls ("none", "starttls", "tls"), certificate, key, user, password, script. */
  static async start(t, { script = ['250'], ...options } = {}) {
    const server = new MailServer();
    server.folder = join(await temporaryFolder(t, 'mails'), 'new');
    server.options = options;
    server.events = [];
    await mkdir(server.folder);
    t.after(() => server.stop());
    await server.up();
    await server.answer(...script);
    return server;
  }

  /** Starts listening: on the first call on any free port, later on the same one. */
  async up() {
    const settings = { ...this.options, folder: this.folder, port: this.port ?? 0 };
    this.child = spawn(PYTHON, ['-W', 'ignore', join(import.meta.dirname, 'smtp_server.py'), JSON.stringify(settings)],
      { stdio: ['pipe', 'pipe', 'pipe'] });
    // What Python says of clients that hang up is of interest only where the server itself does not come up.
    let said = '';
    this.child.stderr.on('data', (chunk) => { said += chunk; });
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      const event = JSON.parse(line);
      if (event.event === 'ready') this.port = event.port;
      this.events.push(event);
    });
    const before = this.events.length;
    await eventually('the mail server listens', () => {
      if (this.child.exitCode !== null) throw new Error(said);
      return this.events.slice(before).some(({ event }) => event === 'ready');
    });
  }

  /** The answers to the next mails; the last one repeats. */
  async answer(...script) {
    const before = this.events.filter(({ event }) => event === 'scripted').length;
    this.child.stdin.write(`${JSON.stringify({ script })}\n`);
    await eventually('the mail server has its script',
      () => this.events.filter(({ event }) => event === 'scripted').length > before);
  }

  /** How often somebody tried to hand over a mail. */
  get attempts() {
    return this.events.filter(({ event }) => event === 'answer').length;
  }

  /** The mails taken so far: envelope, headers, text, html, attachments. */
  async mails() {
    const taken = this.events.filter(({ event }) => event === 'mail');
    return Promise.all(taken.map(async (envelope) => {
      const raw = await readFile(envelope.file);
      return { envelope, raw, ...await simpleParser(raw) };
    }));
  }

  /** Waits for `count` mails to an address. */
  async to(address, count = 1, seconds = 20) {
    return eventually(`${count} mail(s) to ${address}`, async () => {
      const mails = (await this.mails()).filter(({ envelope }) => envelope.recipients.includes(address));
      return mails.length >= count && mails;
    }, seconds);
  }

  async stop() {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
}

/** What stands in `amtsweg.toml` to reach it. */
export function mailSettings(server, more = {}) {
  return { host: '127.0.0.1', port: server.port, tls: server.options.tls ?? 'none', from: 'portal@norderstedt.example', ...more };
}

/** The answers in a mail: its JSON attachment. */
export function attachedJson(mail) {
  const found = mail.attachments.filter(({ contentType, filename }) => contentType === 'application/json' || /\.json$/.test(filename ?? ''));
  if (found.length !== 1) throw new Error(`${found.length} JSON attachments in "${mail.subject}"`);
  return JSON.parse(found[0].content.toString('utf8'));
}
