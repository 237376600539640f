// From the first page to the authority: a person fills in, makes mistakes, checks, sends; the office has it.
import test, { before, describe } from 'node:test';
import assert from 'node:assert/strict';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { App, eventually } from './lib/app.mjs';
import { axe } from './lib/axe.mjs';
import { launch, open } from './lib/browser.mjs';
import { FILES, press } from './lib/form.mjs';
import { Receiver } from './lib/receiver.mjs';
import { scope } from './lib/scope.mjs';
import { MailServer, attachedJson, mailSettings } from './lib/smtp.mjs';
import { begin, day, travel } from './lib/walk.mjs';

const OFFICE = 'amt@norderstedt.example';
const next = new Date().getFullYear() + 1;

const PERSON = {
  'Angaben zur Person': { Vornamen: 'Mia Sophie', Familienname: 'Öztürk-Weiß', Geburtsdatum: '03.04.1981' },
};
const HOME = { Straße: 'Rathausallee', Hausnummer: '50 a', Postleitzahl: '22846', Gemeinde: 'Norderstedt' };
const CONTACT = { 'Wie erreichen wir Sie?': { 'E-Mail-Adresse': 'mia@example.org', Telefonnummer: '040 535950' } };
const HOME_JSON = { strasse: 'Rathausallee', hausnummer: '50 a', plz: '22846', gemeinde: '010600063063' };
const TREE = {
  'Wie hoch ist der Baum ungefähr?': '12', 'Warum soll er gefällt werden?': ['Er ist krank', 'Anderer Grund'],
  'Beschreiben Sie den Grund': 'Pilz am Stamm, „hohl“ & morsch <b>',
  'Gibt es Nester oder Höhlen im Baum?': 'Nein', 'Laden Sie Fotos hoch': FILES.jpeg,
};
const APPLICANT = {
  ...PERSON, ...CONTACT,
  'Wo wohnen Sie?': { 'Wo liegt die Anschrift?': 'In Deutschland', ...HOME },
  'Gehört Ihnen das Grundstück?': 'Nein, ich habe eine Vollmacht', 'Laden Sie die Vollmacht hoch': FILES.pdf,
  'Welches Flurstück?': { Gemarkung: 'Garstedt', Flur: '012', 'Nummer des Flurstücks': '27/12' },
  'Was wollen Sie neu pflanzen?': 'Zwei Apfelbäume',
};
const APPLICANT_JSON = {
  person: { vornamen: 'Mia Sophie', familienname: 'Öztürk-Weiß' },
  kontakt: { email: 'mia@example.org' },
  anschrift: { lage: 'inland', ...HOME_JSON },
  rolle: 'vollmacht', vollmacht: { name: 'nachweis.pdf', media_type: 'application/pdf', size: FILES.pdf.buffer.length },
  flurstueck: { gemarkung: 'Garstedt', flur: '012', nummer: '27/12' },
  ersatz: 'Zwei Apfelbäume',
};
const TREE_JSON = { hoehe: 12, gruende: ['krank', 'anderes'], begruendung: 'Pilz am Stamm, „hohl“ & morsch <b>', nest: false };

/** Each line a journey: who fills in what on which device, and what must arrive where. */
const JOURNEYS = [
  {
    name: 'felling a tree in the city, on a phone without JavaScript, by mail',
    procedure: 'baum_faellen', width: 'phone', javaScript: false,
    answers: {
      ...APPLICANT, 'In welcher Gemeinde?': 'Norderstedt', 'Liegt das Grundstück im Gebiet der Baumschutzsatzung?': 'Das weiß ich nicht',
      'Ab wann?': `10.01.${next}`,
    },
    entries: { baeume: [{ ...TREE, 'Welche Baumart?': 'Eiche', 'Wie groß ist der Umfang des Stammes?': '1.200' }] },
    mistakes: {
      'Wie groß ist der Umfang des Stammes?': ['zwölf', /Zahl/],
      'Ab wann?': [`31.02.${next}`, /Kalender/],
    },
    authority: 'stadt/norderstedt/umwelt', by: 'mail', fee: /60(,00)? €/,
    json: {
      ...APPLICANT_JSON, gemeinde: '010600063063', satzung: 'unbekannt', faellung: `${next}-01-10`,
      baeume: [{ ...TREE_JSON, baumart: 'eiche', umfang: 1200 }],
    },
  },
  {
    name: 'felling two trees in the county, on a phone without JavaScript, by signed call',
    procedure: 'baum_faellen', width: 'phone', javaScript: false,
    answers: {
      ...APPLICANT, 'In welcher Gemeinde?': 'Bad Segeberg',
      'Ab wann?': `5.6.${next}`, 'Warum kann es nicht bis Oktober warten?': 'Der Baum droht auf das Haus zu fallen.',
    },
    entries: {
      baeume: [
        { ...TREE, 'Welche Baumart?': 'Eiche', 'Wie groß ist der Umfang des Stammes?': '90' },
        { ...TREE, 'Welche Baumart?': 'Birke', 'Wie groß ist der Umfang des Stammes?': '100' },
      ],
    },
    mistakes: {
      Familienname: ['', /Familienname/],
      'Wie hoch ist der Baum ungefähr?': ['61', /1.*60/],
    },
    authority: 'kreis/segeberg/naturschutz', by: 'call', fee: /70(,00)? €/,
    json: {
      ...APPLICANT_JSON, gemeinde: '010600005005', faellung: `${next}-06-05`, befreiung: 'Der Baum droht auf das Haus zu fallen.',
      baeume: [{ ...TREE_JSON, baumart: 'eiche', umfang: 90 }, { ...TREE_JSON, baumart: 'birke', umfang: 100 }],
    },
  },
  {
    name: 'a resident\'s parking permit, on a desktop with JavaScript',
    procedure: 'bewohnerparken', width: 'desktop', javaScript: true,
    answers: {
      ...PERSON, ...CONTACT, 'Wo wohnen Sie?': HOME,
      'Sind Sie dort mit Hauptwohnung gemeldet?': 'Ja', 'Liegt Ihre Wohnung in der Bewohnerparkzone Garstedt?': 'Ja',
      'Welches Fahrzeug nutzen Sie?': 'Es ist auf mich zugelassen', 'Wie lautet das Kennzeichen?': 'se ab 123',
      'Warum brauchen Sie den Ausweis?': 'Ich hatte noch keinen',
      'Laden Sie Ihren Personalausweis oder Pass hoch': FILES.jpeg, 'Laden Sie die Zulassungsbescheinigung Teil I hoch': FILES.pdf,
      'Füllen Sie den Antrag für eine andere Person aus?': 'Nein',
      'Dies ist der einzige Bewohnerparkausweis für diese Person.': true,
    },
    mistakes: { 'E-Mail-Adresse': ['mia.example.org', /E-Mail/], 'Wie lautet das Kennzeichen?': ['', /Kennzeichen/] },
    authority: 'stadt/norderstedt/verkehrsaufsicht', by: 'mail', fee: /20(,00)? €/,
    json: {
      person: { vornamen: 'Mia Sophie', familienname: 'Öztürk-Weiß', geburtsdatum: '1981-04-03' }, wohnung: HOME_JSON,
      meldung: 'haupt', zone: 'innerhalb', nutzung: 'eigen', kennzeichen: 'SE-AB 123', anlass: 'erster', vertretung: false, einziger: true,
    },
  },
  {
    name: 'wild waste with a photograph, without a name, on a phone with JavaScript',
    procedure: 'wilder_muell', width: 'phone', javaScript: true,
    answers: {
      'Auf was für einer Fläche?': 'An einer Wertstoffinsel', 'Welche Straße ist in der Nähe?': 'Rathausallee',
      'Beschreiben Sie die Stelle': 'Hinter der Bushaltestelle', 'Was für Müll ist es?': ['Möbel', 'Etwas anderes'],
      'Beschreiben Sie den Müll': 'Ein Klavier', 'Wie viel ist es ungefähr?': 'Mehr als das', 'Ist etwas davon gefährlich?': 'Nein',
      'Wann haben Sie den Müll gesehen?': day(-1).text, 'Laden Sie Fotos hoch': FILES.png,
      'Haben Sie gesehen, wer es war?': 'Nein', 'Möchten Sie eine Antwort?': 'Nein',
    },
    mistakes: { 'Wann haben Sie den Müll gesehen?': [day(2).text, /heute|Vergangenheit/] },
    authority: 'stadt/norderstedt/betriebsamt', by: 'call',
    json: {
      flaeche: 'container', lage: 'Hinter der Bushaltestelle', naechste_strasse: 'Rathausallee', arten: ['sperrmuell', 'anderes'],
      beschreibung: 'Ein Klavier', menge: 'lastwagen', gefahr: 'harmlos', entdeckt: day(-1).iso, gesehen: false, antwort: false,
    },
  },
];

/** One answer as it must be readable in a mail, of whatever JSON it is. */
function leaves(answers) {
  return Object.values(answers).flatMap((value) => (value !== null && typeof value === 'object' && !value.buffer ? leaves(value) : [value]))
    .filter((value) => typeof value === 'string' && value !== '');
}

/** `expected` stands in `actual`; objects may hold more, lists may not. */
function holds(actual, expected, where = '') {
  if (Array.isArray(expected)) {
    assert.equal(actual?.length, expected.length, `${where}: ${JSON.stringify(actual)}`);
    expected.forEach((value, index) => holds(actual[index], value, `${where}[${index}]`));
  } else if (expected !== null && typeof expected === 'object') {
    for (const [key, value] of Object.entries(expected)) holds(actual?.[key], value, `${where}.${key}`);
  } else {
    assert.equal(actual, expected, where);
  }
}

/** Two offices by mail and by signed call, a site in service mode. */
async function town(t) {
  const mail = await MailServer.start(t);
  const receiver = await Receiver.start(t);
  const authorities = {};
  for (const { authority, by } of JOURNEYS) {
    authorities[authority] = by === 'mail' ? { email: OFFICE } : { webhook: receiver.url, secret_file: receiver.secretFile };
  }
  for (const other of ['steueramt', 'ordnungsamt']) authorities[`stadt/norderstedt/${other}`] = { email: OFFICE };
  const app = await App.start(t, {
    service: true,
    settings: { mail: mailSettings(mail), deliver: { allow: [receiver.host] }, authorities },
  });
  return { app, mail, receiver };
}

describe('the catalogue\'s procedures reach their offices', () => {
  const shared = scope();
  let app;
  let mail;
  let receiver;
  let browser;
  before(async () => {
    ({ app, mail, receiver } = await town(shared));
    browser = await launch(shared);
  });
  for (const journey of JOURNEYS) {
    test(journey.name, async () => {
      const page = await open(browser, journey);
      await begin(page, app.url, journey.procedure);
      const { end } = await travel(page, journey);
      assert.match(end, /\/s\/[0-9A-HJKMNP-TV-Z-]{10,}$/, 'the journey does not end on a confirmation');
      const reference = end.split('/').at(-1);
      const confirmation = await page.locator('main').innerText();
      assert.ok(confirmation.replace(/[\s-]/g, '').includes(reference.replace(/-/g, '')), 'the confirmation does not show the reference');

      const json = await (journey.by === 'mail' ? byMail(journey, reference) : byCall(journey, reference));
      holds(json, journey.json);
      const ajv = new Ajv2020({ strict: false, allErrors: true });
      addFormats(ajv);
      const validate = ajv.compile(await app.schema(journey.procedure));
      assert.ok(validate(json), JSON.stringify(validate.errors, null, 1));
      assert.deepEqual(page.problems, []);

      if (journey.answers['Wie erreichen wir Sie?']) {
        const receipt = await eventually('the confirmation to the citizen', async () => (await mail.mails())
          .find(({ envelope, text }) => envelope.recipients.includes('mia@example.org') && text.replace(/[\s-]/g, '').includes(reference.replace(/-/g, ''))));
        assert.ok(!receipt.text.includes('Öztürk'), 'the confirmation to the citizen holds answers');
        assert.equal(receipt.attachments.length, 0);
      }
      await page.context().close();
    });
  }

  async function byMail(journey, reference) {
    const plain = reference.replace(/-/g, '');
    const found = await eventually(`the mail about ${reference}`, async () => (await mail.mails())
      .find(({ envelope, subject }) => envelope.recipients.includes(OFFICE) && subject.replace(/[\s-]/g, '').includes(plain)));
    const same = (await mail.mails()).filter(({ envelope, subject }) => envelope.recipients.includes(OFFICE) && subject === found.subject);
    assert.equal(same.length, 1, 'the office has the mail more than once');
    assert.ok(!/Öztürk|Mia/.test(found.subject), 'personal data in the subject');
    const html = found.html.replace(/<[^>]+>/g, ' ').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
    const lean = (text) => text.replace(/[\s\u00a0.-]+/g, '').toLowerCase();
    for (const answer of [...leaves(journey.answers), ...leaves(journey.entries ?? {})]) {
      if (/^\d{1,2}\.\d{1,2}\.\d{4}$/.test(answer)) continue; // A date may be written out.
      // A telephone number is written with its country.
      const written = lean(answer).replace(/^0(?=\d{7})/, '');
      for (const [kind, text] of [['text', found.text], ['HTML', html]]) {
        assert.ok(lean(text).includes(written), `"${answer}" is missing in the ${kind} of the mail:\n${text}`);
      }
    }
    if (journey.fee) assert.match(found.text, journey.fee);
    const letter = await open(browser);
    await letter.setContent(found.html);
    assert.deepEqual(await axe(letter), [], 'the mail is not accessible');
    await letter.context().close();
    return answersOf(attachedJson(found));
  }

  async function byCall(journey, reference) {
    const call = await eventually(`the call about ${reference}`, () => receiver.calls.find(({ body }) => body.replace(/-/g, '').includes(reference.replace(/-/g, ''))));
    assert.ok(call.verified, `the signature does not hold: ${call.problem}`);
    assert.equal(call.method, 'POST');
    const same = receiver.calls.filter(({ headers }) => headers['webhook-id'] === call.headers['webhook-id']);
    assert.equal(same.length, 1, 'called more than once');
    return answersOf(call.json);
  }
});

/** The answers in what an office gets. */
function answersOf(message) {
  return message.data?.answers ?? message.answers ?? message;
}

const DOG = {
  'Welche Rasse hat der Hund?': 'Dackel', 'Ist der Hund männlich oder weiblich?': 'Weiblich', 'Wann ist der Hund geboren?': day(-400).text,
  'Welche Farbe hat das Fell?': 'braun', 'Seit wann halten Sie den Hund?': day(-3).text, 'Woher haben Sie den Hund?': 'Aus einem Tierheim',
  'Hat eine Behörde den Hund als gefährlich eingestuft?': 'Nein', 'Gibt es einen Grund für eine Ermäßigung?': ['Nein'],
};

for (const javaScript of [false, true]) {
  test(`dogs are added, changed and removed, JavaScript ${javaScript ? 'on' : 'off'}`, async (t) => {
    const { app, mail } = await town(t);
    const page = await open(await launch(t), { width: 'phone', javaScript });
    await begin(page, app.url, 'hund_anmelden');
    const dog = (name, chip) => ({ ...DOG, 'Wie heißt der Hund?': name, 'Wie lautet die Chipnummer?': chip });
    const plan = {
      answers: {
        ...PERSON, ...CONTACT, 'Wo wohnen Sie?': HOME, 'Wie viele Hunde leben schon in Ihrem Haushalt?': '0',
        'Sollen wir den Betrag von Ihrem Konto abbuchen?': 'Ja',
        'Ihre Bankverbindung': { 'Wem gehört das Konto?': 'Mia Öztürk', IBAN: 'DE89 3704 0044 0532 0130 00', 'Ich erlaube der zuständigen Behörde, fällige Beträge von diesem Konto abzubuchen, und weise meine Bank an, die Lastschriften einzulösen.': true },
        'Meine Angaben sind richtig und vollständig.': true,
      },
      entries: { hunde: [dog('Bella', '276098100000001'), dog('Rocky', '276098100000002'), dog('Lassie', '276098100000003')] },
      mistakes: { IBAN: ['DE89 3704 0044 0532 0130 01', /IBAN/] },
    };
    // To the check page, then back to the dogs: one is removed, one is renamed.
    await travelUntilCheck(page, plan);
    const text = await page.locator('main').innerText();
    for (const name of ['Bella', 'Rocky', 'Lassie']) assert.ok(text.includes(name), `${name} is not on the check page`);
    assert.match(text, /355(,00)? €/); // 85 + 120 + 150

    await page.goto(`${app.url}/hund_anmelden/hunde`);
    await press(page, page.locator('main dl > div', { hasText: 'Rocky' }).getByRole('link', { name: /Entfernen/ }));
    assert.match(await page.locator('main').innerText(), /Hund 2/, 'nobody asks whether to remove');
    await press(page, 'Ja, entfernen');
    const rest = await page.locator('main').innerText();
    assert.ok(!rest.includes('Rocky'), 'Rocky is still there');
    assert.ok(rest.includes('Bella') && rest.includes('Lassie'));
    // Whoever cannot see the list is put at its heading.
    assert.ok(page.url().endsWith('#liste') || await page.evaluate(() => document.activeElement.matches('h1, main')), page.url());

    await page.goto(`${app.url}/hund_anmelden/hunde/2`);
    await page.locator('main [name$=".rufname"]').fill('Lassie die Zweite');
    await travelUntilCheck(page, { ...plan, mistakes: {}, entries: { hunde: [plan.entries.hunde[0], dog('Lassie die Zweite', '276098100000003')] } });
    const changed = await page.locator('main').innerText();
    assert.match(changed, /205(,00)? €/);
    await travel(page, { answers: plan.answers });
    const [received] = await mail.to(OFFICE);
    const answers = answersOf(attachedJson(received));
    assert.deepEqual(answers.hunde.map(({ rufname }) => rufname), ['Bella', 'Lassie die Zweite']);
    assert.equal(answers.konto.iban, 'DE89370400440532013000');
  });
}

async function travelUntilCheck(page, plan) {
  await travel(page, { ...plan, until: ({ section }) => section === 'pruefen' });
}
