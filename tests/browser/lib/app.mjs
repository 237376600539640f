// Starts, stops and kills the built command, each time with a data folder of its own.
import { spawn, execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile, rm, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const ROOT = resolve(import.meta.dirname, '../../..');
export const FORMS = join(ROOT, 'forms');

/** The command under test; `tests/run` says where it built it. */
export const BINARY = process.env.TESTED_BINARY
  ?? join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), 'release', 'amtsweg');

/** A folder of the test's own that goes away with it. */
export async function temporaryFolder(t, name = 'amtsweg') {
  const folder = await mkdtemp(join(tmpdir(), `${name}-`));
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A port that nobody listens on right now. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** The environment of the command: messages in German, none of the settings of whoever runs the tests. */
function environment(more = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('AMTSWEG_') && !name.startsWith('LC_'));
  return { ...Object.fromEntries(kept), LANG: 'de_DE.UTF-8', ...more };
}

/** Runs the command to its end: `{ code, stdout, stderr }`, whatever the code is. */
export async function amtsweg(args, options = {}) {
  try {
    const { stdout, stderr } = await run(BINARY, args, { cwd: ROOT, env: environment(), maxBuffer: 1 << 26, timeout: 60_000, ...options });
    return { code: 0, stdout, stderr };
  } catch (error) {
    if (typeof error.code !== 'number') throw error;
    return { code: error.code, stdout: error.stdout, stderr: error.stderr };
  }
}

/** A value as TOML: enough for texts, numbers, yes and no, lists and tables. */
export function toml(value) {
  if (Array.isArray(value)) return `[${value.map(toml).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    return `{ ${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)} = ${toml(inner)}`).join(', ')} }`;
  }
  return JSON.stringify(value);
}

/** `{ a: 1, b: { c: 2 } }` as the lines of a TOML file. */
export function tomlFile(settings) {
  return Object.entries(settings).map(([key, value]) => `${key} = ${toml(value)}\n`).join('');
}

/**
 * The running command.
 *
 * `folder`: the forms. `settings`: what stands in `amtsweg.toml`. With `service: true` the forms are
 * published first and the site runs in service mode under the port that it listens on. `within`: a command and
 * its arguments that become the site (`exec`), for instance a shell that sets a limit first.
 */
export class App {
  constructor({ folder = FORMS, data, settings = {}, service = false, env = {}, within = [] }) {
    Object.assign(this, { folder, data, settings, service, env, within, log: [], child: null, port: 0 });
  }

  static async start(t, options = {}) {
    const data = options.data ?? join(await temporaryFolder(t), 'data');
    await mkdir(data, { recursive: true });
    const app = new App({ ...options, data });
    t.after(() => app.stop());
    for (let attempt = 1; ; attempt += 1) {
      await app.configure();
      if (app.service) await app.publish();
      try {
        await app.serve();
        return app;
      } catch (error) {
        // Between looking for a free port and listening on it, a neighbour may have taken it.
        if (attempt === 5 || !/schon ein anderes Programm/.test(error.message)) throw error;
        app.log.length = 0;
      }
    }
  }

  /** Writes `amtsweg.toml`; in service mode the public address is the one listened on. */
  async configure() {
    this.port = await freePort();
    const settings = { ...this.settings };
    if (this.service) settings.public_url = `http://127.0.0.1:${this.port}`;
    settings.admin = { listen: '127.0.0.1:0', ...settings.admin };
    await writeFile(join(this.data, 'amtsweg.toml'), tomlFile(settings));
  }

  async publish() {
    const result = await amtsweg(['publish', this.folder, '--data', this.data], { env: environment(this.env) });
    if (result.code !== 0) throw new Error(`publishing failed:\n${result.stdout}${result.stderr}`);
    return result;
  }

  /** Starts the command and waits until it has named both addresses. */
  async serve() {
    const args = ['serve', this.folder, '--data', this.data, '--listen', `127.0.0.1:${this.port}`];
    const [command, ...rest] = [...this.within, BINARY, ...args];
    this.child = spawn(command, rest, { cwd: this.data, env: environment(this.env), stdio: ['ignore', 'pipe', 'pipe'] });
    this.exited = once(this.child, 'exit').then(([code, signal]) => ({ code, signal }));
    createInterface({ input: this.child.stderr }).on('line', (line) => this.log.push(line));
    const lines = createInterface({ input: this.child.stdout });
    const found = {};
    const ready = new Promise((done) => {
      lines.on('line', (line) => {
        this.log.push(line);
        const address = /^(Portal|Betrieb|Operator): (http:\S+?)\/?$/.exec(line);
        if (address) found[address[1] === 'Portal' ? 'Portal' : 'Operator'] = address[2];
        if (found.Portal && found.Operator) done();
      });
    });
    const early = this.exited.then(({ code, signal }) => {
      throw new Error(`amtsweg serve ended (${code ?? signal}) before it was ready:\n${this.log.join('\n')}`);
    });
    const late = new Promise((_, fail) => {
      const timer = setTimeout(() => fail(new Error(`not ready after 60 s:\n${this.log.join('\n')}`)), 60_000);
      ready.then(() => clearTimeout(timer));
      early.catch(() => clearTimeout(timer));
    });
    await Promise.race([ready, early, late]);
    early.catch(() => {});
    this.url = found.Portal;
    this.operator = found.Operator;
  }

  get pid() {
    return this.child?.pid;
  }

  get alive() {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Ends the command the way an operator does. */
  async stop() {
    if (!this.alive) return;
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 15_000);
    await this.exited;
    clearTimeout(timer);
  }

  /** Ends the command the way a power cut does. */
  async kill() {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  /** Starts it again on the same data, port and settings. */
  async restart() {
    if (this.alive) await this.stop();
    await this.serve();
  }

  // ---- The JSON API ----

  async api(path, options = {}) {
    const response = await fetch(`${this.url}/api/v1${path}`, options);
    const text = await response.text();
    let body = text;
    if (/json/.test(response.headers.get('content-type') ?? '')) body = JSON.parse(text);
    return { status: response.status, headers: response.headers, body };
  }

  async schema(procedure) {
    const { status, body } = await this.api(`/procedures/${procedure}/schema`);
    if (status !== 200) throw new Error(`schema of ${procedure}: ${status}`);
    return body;
  }

  /** Sends the answers of a whole procedure; `token` makes sending again harmless. */
  async submit(procedure, answers, { token, ...options } = {}) {
    return this.api(`/procedures/${procedure}/submissions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { 'idempotency-key': token } : {}) },
      body: JSON.stringify(answers),
      ...options,
    });
  }

  /** A page of the operator's listener as text. */
  async operatorPage(path = '/') {
    const response = await fetch(`${this.operator}${path}`);
    return { status: response.status, text: await response.text() };
  }
}

/** Calls `attempt` until it gives something, at most `seconds` long. */
export async function eventually(what, attempt, seconds = 20) {
  const until = Date.now() + seconds * 1000;
  let last;
  for (;;) {
    try {
      const result = await attempt();
      if (result) return result;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > until) throw new Error(`not within ${seconds} s: ${what}`, { cause: last });
    await new Promise((done) => setTimeout(done, 50));
  }
}
