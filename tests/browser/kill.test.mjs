// Power cuts under load: whatever was acknowledged is there once and reaches its office.
import test from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readdir } from 'node:fs/promises';
import { eventually } from './lib/app.mjs';
import { Client } from './lib/client.mjs';
import { reportFields, send, town } from './lib/town.mjs';

const KILLS = 20;
const SUBMISSIONS = 2000;
/** Visitors at the same time: some send JSON, some fill in the form. */
const MACHINES = 6;
const PEOPLE = 2;
/** So many forms are sent between two kills. */
const FORMS = 5;

test(`${KILLS} kills, ${SUBMISSIONS} acknowledged submissions, none lost, none doubled`, async (t) => {
  const { app, office } = await town(t, { by: 'call', script: [200] });
  // What the visitors know: written only after the answer was read.
  const ledger = new Map();
  const doubts = new Map();
  let over = false;
  let up = Promise.resolve();

  async function machine(number) {
    while (!over) {
      await up;
      const token = randomUUID();
      const mark = `maschine ${number} ${token}`;
      for (let attempt = 0; attempt < 20 && !over; attempt += 1) {
        try {
          const reference = await send(app, mark, token);
          assert.ok(!ledger.has(reference) || ledger.get(reference) === mark, `reference ${reference} was given twice`);
          ledger.set(reference, mark);
          doubts.delete(mark);
          await new Promise((done) => setTimeout(done, 10)); // Leaves the people some of the server.
          break;
        } catch (error) {
          // Nobody answered: the same token again must not make a second submission.
          if (/^refused: 4/.test(error.message)) throw error;
          doubts.set(mark, token);
          await new Promise((done) => setTimeout(done, 30));
          await up;
        }
      }
    }
  }

  async function person(number) {
    while (!over) {
      await up;
      const mark = `mensch ${number} ${randomUUID()}`;
      const client = new Client(app.url);
      try {
        const path = await client.travel('wilder_muell', reportFields(mark));
        ledger.set(path.split('/').at(-1), mark);
      } catch (error) {
        if (/answered 4/.test(error.message)) throw error;
        doubts.set(mark, undefined); // A person may give up; what was not acknowledged may be there once or not at all.
      }
    }
  }

  const visitors = Promise.all([...Array.from({ length: MACHINES }, (_, i) => machine(i)), ...Array.from({ length: PEOPLE }, (_, i) => person(i))]);
  let trouble;
  visitors.catch((error) => { trouble = error; });
  const byForm = () => [...ledger.values()].filter((mark) => mark.startsWith('mensch')).length;
  const acknowledged = (all, forms) => eventually(`${all} acknowledged, ${forms} of them by form`, () => {
    if (trouble) over = true;
    return trouble || (ledger.size >= all && byForm() >= forms);
  }, 120).then(() => { if (trouble) throw trouble; });
  const random = seeded(7);
  const began = Date.now();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const share = Math.ceil(SUBMISSIONS * (kill + 1) / (KILLS + 1));
    await acknowledged(share, FORMS * (kill + 1));
    await new Promise((done) => setTimeout(done, 5 + random() * 300));
    let release;
    up = new Promise((done) => { release = done; });
    await app.kill();
    await app.serve();
    release();
  }
  await acknowledged(SUBMISSIONS, FORMS * KILLS);
  over = true;
  await visitors;
  t.diagnostic(`${ledger.size} acknowledged, ${byForm()} of them by form, ${doubts.size} in doubt, ${Math.round((Date.now() - began) / 1000)} s`);

  // Every acknowledged submission reaches the office …
  const bodies = () => new Map(office.calls.map(({ body, headers }) => [headers['webhook-id'], body]));
  await eventually('everything is delivered', () => {
    const all = [...bodies().values()].join('\n');
    return [...ledger.values()].every((mark) => all.includes(mark));
  }, 120);
  const calls = [...bodies()];
  const ids = new Map();
  for (const [id, body] of calls) {
    const mark = /(maschine|mensch) \d+ [0-9a-f-]{36}/.exec(body)?.[0];
    assert.ok(!ids.has(mark), `${mark} was delivered under two ids`);
    ids.set(mark, id);
  }
  for (const [reference, mark] of ledger) {
    const [, body] = calls.find(([id]) => id === ids.get(mark));
    assert.ok(body.includes(reference), `${reference} was delivered under another reference`);
  }
  // … and is stored once; what was not acknowledged is stored once or not at all.
  await app.stop();
  const file = (await readdir(app.data, { recursive: true })).find((name) => /\.(db|sqlite3?)$/.test(name));
  const database = new DatabaseSync(join(app.data, file), { readOnly: true });
  const stored = database.prepare('SELECT reference FROM amtsweg_submission').all().map(({ reference }) => reference);
  database.close();
  assert.equal(new Set(stored).size, stored.length);
  const known = new Set(stored.map(plain));
  assert.deepEqual([...ledger.keys()].filter((reference) => !known.has(plain(reference))), [], 'acknowledged and not stored');
  assert.ok(stored.length <= ledger.size + doubts.size, `${stored.length} stored, ${ledger.size} acknowledged, ${byForm()} of them by form, ${doubts.size} in doubt`);
  assert.equal(ids.size, stored.length, 'as many deliveries as submissions');
});

const plain = (reference) => reference.replace(/-/g, '');

/** The same numbers from 0 to 1 on each run. */
function seeded(state) {
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
