// The servers that are compared: how each is started, what its form is called, and what a journey looks like.
import { spawn } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Visitor } from './visitor.mjs';

const PERSON = { email: 'mia.meyer@example.com', street: 'Rathausallee 50', postcode: '22846', city: 'Norderstedt', sort: 'renewal', reason: 'Ich ziehe um.' };
const BIRTH = ['27', '3', '1984'];
const REQUEST = { parcel: '17/4', area: '1200', account: 'DE89370400440532013000', notes: 'Keine' };

const amtsweg = {
  page: '/application/personal',
  wrong: { email: 'mia', phone: '1', postcode: 'x', sort: 'nothing', 'birth.day': '31', 'birth.month': '2', 'birth.year': '1984' },
  messages: /id="fehler"/,
  journey: [
    ['/application/personal', { ...PERSON, first_name: 'Mia', last_name: 'Meyer', phone: '040 535950', 'birth.day': BIRTH[0], 'birth.month': BIRTH[1], 'birth.year': BIRTH[2] }],
    ['/application/request', { ...REQUEST, owner: 'ja' }],
    ['/application/pruefen', {}],
  ],
  confirmation: /\/s\/[^/]+$/,
};

const defra = {
  page: '/bench/personal',
  wrong: { email: 'mia', phone: '1', postcode: 'x'.repeat(20), sort: 'nothing', birth__day: '31', birth__month: '2', birth__year: '1984' },
  messages: /govuk-error-summary/,
  journey: [
    ['/bench/personal', { ...PERSON, firstName: 'Mia', lastName: 'Meyer', phone: '020 7946 0018', birth__day: BIRTH[0], birth__month: BIRTH[1], birth__year: BIRTH[2] }],
    ['/bench/request', { ...REQUEST, owner: 'true' }],
    ['/bench/summary', {}],
  ],
  confirmation: /status$/,
};

const port = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

/** A server on the first core. */
class Site {
  constructor(name, port, child, form) {
    Object.assign(this, { name, port, child, form });
  }

  static async start(name, form, command, cwd) {
    const at = await port();
    const line = command(at);
    const began = Date.now();
    const child = spawn('taskset', ['-c', '0', ...line], { stdio: ['ignore', 'pipe', 'inherit'], cwd, env: { ...process.env, NODE_ENV: 'production' } });
    child.stdout.resume();
    const site = new Site(name, at, child, form);
    for (;;) {
      if (child.exitCode !== null) throw new Error(`${name} ended: ${line.join(' ')}`);
      const answered = await site.visitor().request('GET', form?.page ?? '/').catch(() => undefined);
      if (answered?.status === 200) break;
      if (Date.now() - began > 60_000) throw new Error(`${name} does not answer`);
      await sleep(5);
    }
    site.coldStart = Date.now() - began;
    return site;
  }

  visitor() {
    return new Visitor(this.port);
  }

  /** Milliseconds of CPU that the server has used. */
  async cpu() {
    const text = await readFile(`/proc/${this.child.pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  /** Megabytes of memory of its own (proportional set size). */
  async memory() {
    const text = await readFile(`/proc/${this.child.pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+)/m.exec(text)[1]) / 1024;
  }

  async stop() {
    this.child.kill('SIGTERM');
    if (this.child.exitCode === null) await new Promise((done) => this.child.once('exit', done));
  }

  /** One visitor from the first page to the confirmation. */
  async journey() {
    const visitor = this.visitor();
    let to;
    for (const [path, answers] of this.form.journey) to = await visitor.send(path, answers);
    if (!this.form.confirmation.test(to)) throw new Error(`${this.name}: the journey ends at ${to}`);
    const end = await visitor.request('GET', to);
    if (end.status !== 200) throw new Error(`${this.name}: ${to} is ${end.status}`);
  }
}

export const hello = (binary) => Site.start('axum hello', undefined, (port) => [binary, `127.0.0.1:${port}`]);
export const own = (binary, forms, data) => Site.start('amtsweg', amtsweg, (port) => [binary, 'serve', forms, '--data', data, '--listen', `127.0.0.1:${port}`]);
export const peer = (node, host, packages) => Site.start('DEFRA', defra, (port) => [node, host, packages, `${port}`], packages);

/** Whether the packages of the peer are there. */
export const hasPeer = (packages) => readdir(`${packages}/node_modules/@defra/forms-engine-plugin`).then(() => true, () => false);
