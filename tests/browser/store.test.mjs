// A store that takes nothing, and a disk that must have it before anybody is told so.
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { eventually, temporaryFolder } from './lib/app.mjs';
import { Client, formOf } from './lib/client.mjs';
import { reportFields, town } from './lib/town.mjs';

const run = promisify(execFile);

/** What befalls the store; each gives the way back. */
const TROUBLES = [
  {
    name: 'another program has locked the database',
    async strike(app) {
      const database = new DatabaseSync(join(app.data, 'amtsweg.db'));
      database.exec('BEGIN IMMEDIATE');
      return async () => {
        database.exec('ROLLBACK');
        database.close();
      };
    },
  },
  {
    // Every byte beyond the first of any file is refused by the kernel, as on a disk that has none left.
    name: 'the disk takes nothing more',
    within: ['sh', '-c', 'trap "" XFSZ; exec "$0" "$@"'],
    async strike(app) {
      const limit = (soft) => run('prlimit', ['--pid', String(app.pid), `--fsize=${soft}:unlimited`]);
      await limit(1);
      return () => limit('unlimited');
    },
  },
];

for (const { name, within, strike } of TROUBLES) {
  test(`${name}: a page says so, the answers stay, nothing is confirmed`, async (t) => {
    const { app, office } = await town(t, { by: 'call', script: [200], within });
    const client = new Client(app.url);
    const check = await client.travel('wilder_muell', reportFields('am Anfang'), '/pruefen');
    const section = await client.get('/wilder_muell/fundstelle');
    const heal = await strike(app);
    t.after(() => heal().catch(() => {})); // Also where the test ends early.

    const unsent = await client.send(check, {});
    assert.equal(unsent.status, 503, unsent.text.slice(0, 500));
    assert.ok(unsent.headers.get('retry-after'), 'nobody is told when to come back');
    const unsaved = await client.send(section, { ...reportFields('am „Ende“ & weiter') });
    assert.equal(unsaved.status, 503);
    for (const { text } of [unsent, unsaved]) {
      assert.match(text, /<h2[^>]*>[^<]*(Moment|gerade|später)[^<]*<\/h2>|role="group"[\s\S]*<h2/, 'no page that says so');
      assert.doesNotMatch(text, /Wie es weitergeht|Vorgangsnummer/, 'something is confirmed');
      assert.doesNotMatch(text, /sqlite|database|disk I\/O/i, 'the engine speaks to citizens');
    }
    assert.ok(unsent.text.includes('am Anfang'), 'the answers are not on the page that could not be sent');
    assert.ok(unsaved.text.replace(/&amp;/g, '&').includes('am „Ende“ & weiter'), 'what was entered is lost');
    assert.ok(formOf(unsent.text, unsent.url) && formOf(unsaved.text, unsaved.url), 'no form to try again');
    assert.equal((await client.get('/')).status, 200, 'pages without a draft suffer');
    assert.equal(office.calls.length, 0);

    await heal();
    const saved = await client.send(unsaved, reportFields('am Ende'));
    assert.equal(saved.status, 303, saved.text.slice(0, 500));
    const sent = await client.send(unsent, {});
    // The answers are others than those that the page showed, or the same page goes through: never two.
    const done = sent.status === 303 && /\/s\//.test(sent.location) ? sent : await client.send(await client.get('/wilder_muell/pruefen'), {});
    assert.match(done.location ?? '', /\/s\/[^/]+$/, done.text.slice(0, 500));
    await office.called(1);
    await new Promise((wait) => setTimeout(wait, 500));
    assert.equal(office.calls.length, 1);
  });
}

/** What strace wrote, in order: `{ call, text, began, ended }`; a call may be interrupted by those of other threads. */
function calls(log) {
  const open = new Map();
  const found = [];
  log.split('\n').forEach((line, at) => {
    const [, thread, rest] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (!rest) return;
    const resumed = /^<\.\.\. (\w+) resumed>(.*)$/.exec(rest);
    if (resumed) {
      const before = open.get(thread);
      if (before) Object.assign(before, { text: before.text + resumed[2], ended: at });
      open.delete(thread);
      return;
    }
    const call = { call: /^\w+/.exec(rest)?.[0], text: rest, began: at, ended: at };
    if (rest.endsWith('<unfinished ...>')) {
      call.ended = Infinity;
      open.set(thread, call);
    }
    found.push(call);
  });
  return found;
}

test('the answers are on the disk before the redirect goes out', async (t) => {
  const log = join(await temporaryFolder(t), 'strace.log');
  const tracer = ['strace', '-D', '-f', '-s', '48', '-o', log, '-e', 'trace=read,recvfrom,write,writev,sendto,sendmsg,pwrite64,fsync,fdatasync'];
  const may = await run('strace', ['-f', '-o', '/dev/null', 'true']).then(() => true, () => false);
  if (!may) return t.skip('strace is not there, or may not trace here');
  const { app } = await town(t, { by: 'call', script: [200], within: tracer });
  const client = new Client(app.url);
  const check = await client.travel('wilder_muell', reportFields('dauerhaft'), '/pruefen');
  const sent = await client.send(check, {});
  assert.match(sent.location ?? '', /\/s\/[^/]+$/, sent.text.slice(0, 500));
  const traced = await eventually('the redirect is in the trace', async () => {
    const all = calls(await readFile(log, 'utf8'));
    const asked = all.findLast(({ text }) => text.includes('POST /wilder_muell/pruefen'));
    const answered = all.find(({ text, began }) => asked && began > asked.ended && text.includes('HTTP/1.1 303'));
    return answered && { all, asked, answered };
  });
  const { all, asked, answered } = traced;
  const between = all.filter(({ began, ended }) => began > asked.began && ended < answered.began);
  const sync = between.findLast(({ call, text }) => /^f(data)?sync$/.test(call) && /= 0$/.test(text));
  assert.ok(sync, `no sync between the request and its redirect, only ${between.map(({ call }) => call)}`);
  const written = between.filter(({ call, ended }) => call === 'pwrite64' && ended < sync.began);
  assert.ok(written.length > 0, 'nothing was written before the sync');
  const late = between.filter(({ call, began }) => call === 'pwrite64' && began > sync.ended);
  assert.deepEqual(late.map(({ text }) => text), [], 'written after the sync');
});
