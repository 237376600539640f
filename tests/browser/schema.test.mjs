// The published schemas: proper JSON Schema 2020-12, and of one opinion with the site about what it takes.
import test from 'node:test';
import assert from 'node:assert/strict';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { App } from './lib/app.mjs';
import { report } from './lib/town.mjs';

/** Procedures that can be sent without files, each with answers that are right. */
const RIGHT = {
  wilder_muell: {
    ...report('Hinter der Bushaltestelle'), naechste_strasse: 'Rathausallee', arten: ['sperrmuell', 'anderes'], beschreibung: 'Ein Klavier',
    gesehen: true, beobachtung: 'Ein weißer Lieferwagen', antwort: true, email: 'mia@example.org', name: 'Mia Öztürk', telefon: '+4940535950',
  },
  barriere_melden: {
    seite: 'Start', beschreibung: 'Der Knopf ist zu klein', hilfsmittel: ['vorlesen', 'tastatur'], antworten: true, name: 'Mia Öztürk', email: 'mia@example.org',
  },
};

/** What an answer is exchanged for. Days stay as they are: that a day must not lie ahead is beyond a schema. */
const STRANGE = [
  null, true, false, 0, 1, -1, 1.5, '', ' ', 'x', 'ja', 'x'.repeat(201), 'x'.repeat(501), 'x'.repeat(2001), [], [''], ['x'], {}, { a: 1 }, ['sperrmuell', 'sperrmuell'],
  ['nichts'], ['nichts', 'vorlesen'], 'container', 'Container', 'privat', 'gefaehrlich', 'a@b', 'a@b.de', 'ä@ö.de', 'a b@c.de', '+49 40 1', '12345', '\u0000', 'a\nb', 'e\u0301', '😀',
];

function seeded(state) {
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 2_147_483_648 * below);
  };
}

/** Answers with one to three changes, always the same ones. */
function* variants(right, count) {
  const random = seeded(11);
  const keys = Object.keys(right).filter((key) => key !== 'entdeckt');
  for (let i = 0; i < count; i += 1) {
    const answers = structuredClone(right);
    for (let change = random(3); change >= 0; change -= 1) {
      const key = keys[random(keys.length)];
      switch (random(4)) {
        case 0: delete answers[key]; break;
        case 1: answers[`fremd${random(3)}`] = STRANGE[random(STRANGE.length)]; break;
        default: answers[key] = STRANGE[random(STRANGE.length)];
      }
    }
    yield answers;
  }
}

test('schemas are proper, titles are in the language asked for', async (t) => {
  const app = await App.start(t);
  const { status, body } = await app.api('/procedures');
  assert.equal(status, 200);
  const names = (body.procedures ?? body).map(({ name }) => name);
  assert.ok(names.length >= 5, `only ${names}`);
  for (const name of names) {
    const schema = await app.schema(name);
    assert.equal(schema.$schema, 'https://json-schema.org/draft/2020-12/schema');
    const ajv = new Ajv2020({ strict: false });
    addFormats(ajv);
    assert.ok(ajv.validateSchema(schema), `${name}: ${JSON.stringify(ajv.errors)}`);
    ajv.compile(schema);
  }
});

for (const [procedure, right] of Object.entries(RIGHT)) {
  test(`${procedure}: the site takes what its schema takes, and nothing else`, async (t) => {
    const app = await App.start(t);
    const ajv = new Ajv2020({ strict: false });
    addFormats(ajv);
    const validate = ajv.compile(await app.schema(procedure));
    const first = await app.submit(procedure, right);
    assert.equal(first.status, 201, JSON.stringify(first.body));
    assert.ok(validate(right), JSON.stringify(validate.errors));
    const split = [];
    const count = { taken: 0, refused: 0 };
    for (const answers of variants(right, 300)) {
      const { status, body } = await app.submit(procedure, answers);
      const taken = status === 201 || status === 200;
      count[taken ? 'taken' : 'refused'] += 1;
      if (!taken && (status < 400 || status >= 500)) split.push({ answers, status });
      if (taken !== validate(answers)) split.push({ answers, site: taken ? 'takes it' : body, schema: validate.errors ?? 'takes it' });
    }
    t.diagnostic(JSON.stringify(count));
    assert.ok(count.taken > 10 && count.refused > 10, JSON.stringify(count));
    assert.equal(split.length, 0, JSON.stringify(split.slice(0, 5), null, 1));
  });
}
