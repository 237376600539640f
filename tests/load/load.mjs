// How much CPU time a request costs, beside a bare axum server and beside DEFRA's forms engine, in the same minutes.
//   node load.mjs BINARY HELLO PACKAGES [SECONDS]
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasPeer, hello, own, peer } from './sites.mjs';

const [binary, helloBinary, packages, secondsText = '8'] = process.argv.slice(2);
const here = import.meta.dirname;
const seconds = Number(secondsText);
const ROUNDS = 3;
/** Microseconds between two requests where servers are asked at the same pace. */
const PAUSE = 100;
const SESSIONS = 16;
const run = promisify(execFile);
const scratch = await mkdtemp(join(tmpdir(), 'amtsweg-load-'));
const data = join(scratch, 'data');

/** CPU milliseconds for each request of a kind, from one load of some seconds on the second core. */
async function wrk(site, address, sessions, pause = 0) {
  const file = join(scratch, 'sessions');
  await writeFile(file, sessions.map(([cookie, body]) => `${cookie}\t${body}\n`).join(''));
  const load = (time) => run('taskset', ['-c', '1', 'wrk', '-t1', '-c16', `-d${time}s`, '-s', join(here, 'wrk.lua'), `http://127.0.0.1:${site.port}${address}`], {
    env: { ...process.env, SESSIONS: file, PAUSE: pause, ADDRESS: address, HOST: `127.0.0.1:${site.port}` },
  });
  await load(1);
  const before = await site.cpu();
  const { stdout } = await load(seconds);
  const used = await site.cpu() - before;
  const { requests, broken } = JSON.parse(stdout.trim().split('\n').at(-1));
  if (broken > 0 || requests === 0) throw new Error(`${site.name} ${address}: ${stdout}`);
  return used / requests;
}

const sessions = (make) => Promise.all(Array.from({ length: SESSIONS }, make));

/** A form page as somebody sees it who has just come. */
async function fresh(site, pause) {
  return wrk(site, site.form.page, await sessions(async () => {
    const visitor = site.visitor();
    await visitor.form(site.form.page, {});
    return [visitor.cookie, ''];
  }), pause);
}

/** The same page with the answers of a draft. */
async function draft(site, pause) {
  return wrk(site, site.form.page, await sessions(async () => {
    const visitor = site.visitor();
    const [[path, answers]] = site.form.journey;
    await visitor.send(path, answers);
    const page = await visitor.request('GET', path);
    if (!page.text.includes('value="Mia"')) throw new Error(`${site.name}: the draft is not on the page`);
    return [visitor.cookie, ''];
  }), pause);
}

/** The same page with its messages. */
async function wrong(site, pause) {
  return wrk(site, site.form.page, await sessions(async () => {
    const visitor = site.visitor();
    const body = await visitor.form(site.form.page, site.form.wrong);
    const page = await visitor.request('POST', site.form.page, body);
    if (!site.form.messages.test(page.text)) throw new Error(`${site.name}: no messages (${page.status})`);
    return [visitor.cookie, body];
  }), pause);
}

/** Whole journeys, sixteen at once. */
async function journeys(site) {
  await site.journey();
  const before = await site.cpu();
  const end = Date.now() + seconds * 1000;
  let count = 0;
  await sessions(async () => {
    while (Date.now() < end) {
      await site.journey();
      count += 1;
    }
  });
  site.journeys = (site.journeys ?? 0) + count + 1;
  return (await site.cpu() - before) / count;
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const sites = [];
try {
  const base = await hello(helloBinary);
  sites.push(base);
  const amtsweg = await own(binary, join(here, 'forms'), data);
  sites.push(amtsweg);
  const other = await hasPeer(packages) ? await peer(process.execPath, join(here, 'defra/host.mjs'), packages) : undefined;
  if (other) sites.push(other);
  const idle = new Map(await Promise.all(sites.map(async (site) => [site, await site.memory()])));

  const measured = new Map();
  const note = (name, value) => measured.set(name, [...(measured.get(name) ?? []), value]);
  for (let round = 0; round < ROUNDS; round += 1) {
    const anybody = [['a=b', '']];
    note('hello', await wrk(base, '/', anybody));
    note('hello paced', await wrk(base, '/', anybody, PAUSE));
    for (const [kind, measure] of Object.entries({ fresh, draft, wrong })) {
      note(`amtsweg ${kind}`, await measure(amtsweg));
      note(`amtsweg ${kind} paced`, await measure(amtsweg, PAUSE));
      if (other) note(`DEFRA ${kind}`, await measure(other));
    }
    note('amtsweg journeys', await journeys(amtsweg));
    if (other) note('DEFRA journeys', await journeys(other));
    console.error(`round ${round + 1} of ${ROUNDS}`);
  }
  await sleep(500);

  const first = await amtsweg.visitor().request('GET', '/');
  const parts = [first.text];
  for (const [, address] of first.text.matchAll(/(?:href|src)="(\/-\/amtsweg\.[^"]+)"/g)) parts.push((await amtsweg.visitor().request('GET', address)).text);
  const wire = parts.reduce((sum, text) => sum + gzipSync(text).length, 0);
  const file = new DatabaseSync(join(data, 'amtsweg.db'), { readOnly: true });
  const count = (table) => file.prepare(`SELECT count(*) AS n FROM ${table}`).get().n;
  const stored = count('amtsweg_submission');
  if (stored !== amtsweg.journeys) throw new Error(`${stored} submissions are stored, ${amtsweg.journeys} were acknowledged`);

  const cost = (name) => median(measured.get(name));
  const times = (a, b) => median(measured.get(a).map((value, round) => value / measured.get(b)[round]));
  const of = (kind) => (other ? `${cost(`DEFRA ${kind}`).toFixed(2)} | 1/${Math.round(times(`DEFRA ${kind}`, `amtsweg ${kind}`))}` : '– | –');
  console.log(`axum hello: ${cost('hello').toFixed(4)} ms of CPU for a request without pauses, ${cost('hello paced').toFixed(4)} ms with ${PAUSE} µs between two`);
  console.log('| what | paced, ms | of hello | without pauses, ms | of hello | DEFRA, ms | of DEFRA |\n|---|---|---|---|---|---|---|');
  for (const [kind, words] of [['fresh', 'a page of ten questions'], ['draft', 'the same with a draft'], ['wrong', 'the same with its messages']]) {
    const own = `amtsweg ${kind}`;
    console.log(`| ${words} | ${cost(`${own} paced`).toFixed(4)} | ${times(`${own} paced`, 'hello paced').toFixed(1)} | ${cost(own).toFixed(4)} | ${times(own, 'hello').toFixed(1)} | ${of(kind)} |`);
  }
  console.log(`| a whole journey | | | ${cost('amtsweg journeys').toFixed(3)} | ${times('amtsweg journeys', 'hello').toFixed(0)} | ${of('journeys')} |`);
  for (const site of sites) console.log(`${site.name}: ${idle.get(site).toFixed(0)} MB before, ${(await site.memory()).toFixed(0)} MB after; first answer after ${site.coldStart} ms`);
  console.log(`first page: ${wire} bytes with gzip in ${parts.length} requests; ${stored} submissions stored, as many as acknowledged`);
} finally {
  await Promise.all(sites.map((site) => site.stop()));
  await rm(scratch, { recursive: true, force: true });
}
