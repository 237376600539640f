// Offices whose end is down, slow or refuses: what was acknowledged arrives, or is parked where the operator sees it.
import test from 'node:test';
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { App, eventually, temporaryFolder } from './lib/app.mjs';
import { launch, open } from './lib/browser.mjs';
import { makeCertificates } from './lib/ca.mjs';
import { Receiver } from './lib/receiver.mjs';
import { MailServer, attachedJson, mailSettings } from './lib/smtp.mjs';
import { Client } from './lib/client.mjs';
import { OFFICE, channels, operatorText, reportFields, send, town } from './lib/town.mjs';

/** Seconds; long enough for the first retry, which comes after 5 seconds by call and after 30 by mail. */
const PATIENCE = 60;

/** The operator is told of a delivery that failed, and why. */
const parked = (app, reference, words) => eventually(`${reference} is shown with ${words}`, async () => {
  const text = await operatorText(app);
  return text.includes(reference) && words.test(text) && text;
}, PATIENCE);

/** How the mail server answers, and what becomes of one report. */
const MAILS = [
  { name: 'takes it', script: ['250'], mails: 1 },
  { name: 'is busy once', script: ['451', '250'], mails: 1, attempts: 2 },
  { name: 'is busy after the text', script: ['451 data', '250'], mails: 1, attempts: 2 },
  { name: 'is closing', script: ['421', '250'], mails: 1, attempts: 2 },
  { name: 'is slow', script: ['slow 4'], mails: 1, attempts: 1 },
  { name: 'takes it and hangs up', script: ['drop', '250'], mails: 2, attempts: 2 },
  { name: 'knows no such mailbox', script: ['550'], mails: 0, attempts: 1, parked: /550/ },
  { name: 'finds it too big', script: ['552 data'], mails: 0, attempts: 1, parked: /552/ },
  { name: 'is down', down: true, script: ['250'], mails: 1 },
];

test('by mail', { concurrency: MAILS.length }, async (t) => {
  await Promise.all(MAILS.map((row) => t.test(`the mail server ${row.name}`, async (t2) => {
    const { app, office } = await town(t2, { by: 'mail', script: row.script });
    if (row.down) await office.stop();
    const reference = await send(app, row.name);
    if (row.down) {
      await eventually('the failed attempt is on record', async () => (await operatorText(app)).includes(reference));
      await office.up();
      await office.answer(...row.script);
    }
    if (row.parked) {
      await parked(app, reference, row.parked);
    } else {
      const mails = await office.to(OFFICE, row.mails, PATIENCE);
      assert.equal(new Set(mails.map(({ messageId }) => messageId)).size, 1, 'another message id on another attempt');
      assert.match(JSON.stringify(attachedJson(mails[0])), new RegExp(row.name));
    }
    await new Promise((done) => setTimeout(done, 1500)); // A further attempt would come now.
    assert.equal((await office.mails()).length, row.mails);
    if (row.attempts) assert.equal(office.attempts, row.attempts);
  })));
});

const CREDENTIALS = { user: 'portal', password: 'geheim & sicher' };

/** Connections that must hold, and those that must not be used. */
const SECURED = [
  { name: 'STARTTLS with a password', tls: 'starttls', works: true },
  { name: 'TLS with a password', tls: 'tls', works: true },
  { name: 'STARTTLS, a certificate of somebody else', tls: 'starttls', strange: true, works: false },
  { name: 'STARTTLS wanted, not offered', tls: 'starttls', offered: 'none', works: false },
  { name: 'a wrong password', tls: 'starttls', password: 'falsch', works: false },
];

test('secured mail', { concurrency: 3 }, async (t) => {
  await Promise.all(SECURED.map((row) => t.test(row.name, async (t2) => {
    const folder = await temporaryFolder(t2);
    const right = await makeCertificates(folder);
    const other = await makeCertificates(await temporaryFolder(t2));
    await writeFile(`${folder}/password`, `${row.password ?? CREDENTIALS.password}\n`, { mode: 0o600 });
    const plain = row.offered === 'none';
    const { app, office } = await town(t2, {
      by: 'mail', script: ['250'],
      mail: {
        server: plain ? {} : { tls: row.tls, ...right, ...CREDENTIALS },
        settings: { host: 'localhost', tls: row.tls, user: CREDENTIALS.user, password_file: `${folder}/password`, ca_file: row.strange ? other.ca : right.ca },
      },
    });
    const reference = await send(app, row.name);
    if (row.works) {
      const [mail] = await office.to(OFFICE, 1, PATIENCE);
      assert.equal(mail.envelope.tls, true);
      assert.equal(mail.envelope.user, CREDENTIALS.user);
    } else {
      await eventually('the operator sees it', async () => (await operatorText(app)).includes(reference), PATIENCE);
      await new Promise((done) => setTimeout(done, 3000));
      assert.equal((await office.mails()).length, 0, 'a mail went out in the open');
    }
  })));
});

/** How the receiver answers, and how many calls that makes. */
const CALLS = [
  { name: 'takes it', script: [200], calls: 1 },
  { name: 'takes it without content', script: [204], calls: 1 },
  { name: 'fails once', script: [500, 200], calls: 2 },
  { name: 'is busy for two seconds', script: [{ status: 503, headers: { 'retry-after': '2' } }, 200], calls: 2, apart: 2 },
  { name: 'hangs up', script: ['hang up', 200], calls: 2 },
  { name: 'is slow', script: [{ status: 200, wait: 4 }], calls: 1 },
  { name: 'answers with a megabyte', script: [{ status: 200, body: 'x'.repeat(1 << 20) }], calls: 1 },
  { name: 'is gone for good', script: [410], calls: 1, parked: /410/ },
  { name: 'refuses', script: [400], calls: 1, parked: /400/ },
];

test('by signed call', { concurrency: 4 }, async (t) => {
  await Promise.all(CALLS.map((row) => t.test(`the receiver ${row.name}`, async (t2) => {
    const { app, office } = await town(t2, { by: 'call', script: row.script });
    const reference = await send(app, row.name);
    const calls = await office.called(row.calls, PATIENCE);
    if (row.parked) await parked(app, reference, row.parked);
    await new Promise((done) => setTimeout(done, 1500));
    assert.equal(calls.length, row.calls);
    for (const call of calls) {
      assert.ok(call.verified, call.problem);
      assert.match(call.headers['content-type'], /^application\/json/);
      assert.ok(call.body.includes(row.name) && call.body.includes(reference));
    }
    assert.equal(new Set(calls.map(({ headers }) => headers['webhook-id'])).size, 1, 'another id on another attempt');
    if (row.calls > 1) assert.ok(calls[1].headers['webhook-timestamp'] >= calls[0].headers['webhook-timestamp']);
    if (row.apart) assert.ok(calls[1].at - calls[0].at >= row.apart * 1000, 'Retry-After was not kept');
  })));
});

test('a redirect is not followed', async (t) => {
  const trap = await Receiver.start(t);
  const { app, office } = await town(t, { by: 'call', script: [{ status: 307, headers: { location: trap.url } }] });
  const reference = await send(app, 'umgeleitet');
  await office.called(1, PATIENCE);
  await parked(app, reference, /307/);
  assert.equal(trap.calls.length, 0, 'the redirect was followed');
});

test('a call to an address that is not allowed never goes out', async (t) => {
  const receiver = await Receiver.start(t);
  const { app } = await town(t, {
    by: 'call', script: [200],
    settings: { deliver: { allow: [] }, authorities: channels({ webhook: receiver.url.replace('http:', 'https:'), secret_file: receiver.secretFile }) },
  });
  const sent = await send(app, 'nach innen').catch((error) => error);
  if (typeof sent === 'string') await parked(app, sent, /./);
  await new Promise((done) => setTimeout(done, 1000));
  assert.equal(receiver.calls.length, 0);
});

test('what was parked goes out again when the operator says so', async (t) => {
  const { app, office } = await town(t, { by: 'call', script: [410] });
  const reference = await send(app, 'noch einmal');
  await parked(app, reference, /410/);
  office.answer(200);
  const page = await open(await launch(t));
  await page.goto(app.operator);
  const again = page.getByRole('button', { name: /erneut|noch einmal|wieder|again|retry/i }).first();
  if (await again.count() === 0) await page.getByRole('link', { name: /outbox|postausgang|zustellung|geparkt|parked/i }).first().click();
  await again.click();
  await office.called(2, PATIENCE);
  assert.equal(new Set(office.calls.map(({ headers }) => headers['webhook-id'])).size, 1);
});

test('in author mode nothing leaves the machine', async (t) => {
  const mail = await MailServer.start(t);
  const receiver = await Receiver.start(t);
  const app = await App.start(t, {
    settings: {
      mail: mailSettings(mail), deliver: { allow: [receiver.host] },
      authorities: channels({ webhook: receiver.url, secret_file: receiver.secretFile }),
    },
  });
  const reference = await send(app, 'nur ein Versuch');
  await eventually('the local outbox shows it', async () => (await operatorText(app)).includes(reference));
  await new Promise((done) => setTimeout(done, 1500));
  assert.equal(mail.attempts + receiver.calls.length, 0);
  const home = await fetch(app.url).then((response) => response.text());
  assert.match(home, /Probe|Test|Versuch/, 'the page does not say that it is a trial');
});

test('pressing the last button twice makes one submission', async (t) => {
  const { app, office } = await town(t, { by: 'call', script: [200] });
  const client = new Client(app.url);
  const check = await client.travel('wilder_muell', reportFields('doppelt'), '/pruefen');
  const [first, second] = await Promise.all([client.send(check, {}), client.send(check, {})]);
  const third = await client.send(check, {}); // Back in the browser, and once more.
  for (const answer of [first, second, third]) assert.equal(answer.status, 303, answer.text.slice(0, 500));
  assert.equal(second.location, first.location);
  assert.equal(third.location, first.location);
  await office.called(1, PATIENCE);
  await new Promise((done) => setTimeout(done, 1500));
  assert.equal(office.calls.length, 1);
  assert.match((await client.get(first.location)).text, /Wie es weitergeht/);
  // The reference alone shows nothing to somebody else.
  const stranger = await new Client(app.url).get(first.location);
  assert.ok(!stranger.text.includes('doppelt'));
});

test('a token that is sent again gives the same reference', async (t) => {
  const { app, office } = await town(t, { by: 'call', script: [200] });
  const [first, second] = await Promise.all([send(app, 'einmal', 'abc-1'), send(app, 'einmal', 'abc-1')]);
  assert.equal(first, second);
  assert.equal(await send(app, 'einmal', 'abc-1'), first);
  assert.notEqual(await send(app, 'einmal', 'abc-2'), first);
  await office.called(2, PATIENCE);
  await new Promise((done) => setTimeout(done, 1500));
  assert.equal(office.calls.length, 2);
});
