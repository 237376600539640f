// A submission that waits for two other people: their links arrive by mail, a power cut in between loses nothing, and the
// office gets it when both have answered. The pages behind the links are looked at like every other page.
import test from 'node:test';
import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { App, eventually, temporaryFolder } from './lib/app.mjs';
import { launch, open } from './lib/browser.mjs';
import { Pages } from './lib/html.mjs';
import { assertNone, inspect } from './lib/inspect.mjs';
import { MailServer, attachedJson, mailSettings } from './lib/smtp.mjs';

const FORMS = {
  'stadt/stellen.amt': `Sprache: Deutsch
Stelle ehrenamt "Ehrenamtsbüro"
  Ebene: Stadt
  Gebiet: Norderstedt
  Kanal: E-Mail ehrenamt@stadt.example
`,
  'stadt/portal.amt': `Sprache: Deutsch
Portal portal "Musterportal"
  Gebiet: Norderstedt

Kacheln
  - ehrenamt "Ehrenamt"

Angebot
  - stadt/karte
`,
  'stadt/karte.amt': `Sprache: Deutsch
Antrag karte "Ehrenamtskarte"
  Fassung: 1, gültig ab 01.01.2026
  Kategorie: ehrenamt
  Zugang: E-Mail
  Rechtsgrundlage: "Richtlinie"
  Frist: keine
  Aufbewahrung: 2 Jahre nach Erledigung
  Wie es weitergeht: "Sie bekommen die Karte."

Abschnitt sie "Angaben zu Ihnen"
  Frage name "Wie heißen Sie?"
    Art: Name
  Frage email "Wie lautet Ihre E-Mail-Adresse?"
    Art: E-Mail

Abschnitt vereine "Ihre Vereine"
  wiederholt: 1 bis 3 mal, je "Verein"
  Frage verein "Wie heißt der Verein?"
    Art: Organisation
  Frage notiz "Was soll nur die Stelle wissen?"
    Art: Text, höchstens 60 Zeichen
  Frage vorstand "E-Mail-Adresse des Vorstands"
    Art: E-Mail
  Frage stimmt "Stimmt das?"
    Art: Ja oder Nein
    beantwortet von: vorstand
    sieht: name, verein
    wartet: 28 Tage, danach ohne diese Antwort weiter
  Frage seit "Seit wann?"
    Art: Datum, bis heute
    beantwortet von: vorstand
    sieht: name, verein
    wartet: 28 Tage, danach ohne diese Antwort weiter

Berechnet zahl = Anzahl vereine

Zuständigkeit
  | zahl     || an       |
  | beliebig || ehrenamt |
`,
};
/** Each of them is shown in service mode, and none can be begun. */
const CLOSED = {
  frueher: { open: '01.01.2026 bis 02.01.2026 um 15:00', said: /Bis 2\. Januar 2026, 15:00 Uhr konnte man das absenden/ },
  spaeter: { open: '01.03.2090 bis 31.03.2090', said: /Sie können ab 1\. März 2090 beginnen/ },
};
for (const [name, { open: time }] of Object.entries(CLOSED)) {
  FORMS[`stadt/${name}.amt`] = FORMS['stadt/karte.amt'].replace('Antrag karte "Ehrenamtskarte"', `Antrag ${name} "Antrag ${name}"`)
    .replace('  Zugang: E-Mail\n', `  Offen: ${time}\n  geschlossen: "Rufen Sie das **Ehrenamtsbüro** an."\n`);
  FORMS['stadt/portal.amt'] += `  - stadt/${name}\n`;
}
const OFFICE = 'buero@stadt.test';
const club = (name) => ({ verein: `Verein ${name}`, notiz: `Geheim ${name}`, vorstand: `${name}@verein.test` });
const ANSWERS = { name: 'Mia Muster', email: 'mia@privat.test', vereine: [club('eins'), club('zwei')] };

/** The only link in a mail. */
function linkIn(mail) {
  const links = [...new Set([...mail.text.matchAll(/https?:\S+\/z\/\S+/g)].map(([link]) => link))];
  assert.equal(links.length, 1, mail.text);
  assert.ok(mail.html.includes(`href="${links[0]}"`), 'the link is one in HTML, too');
  return links[0];
}

async function site(t) {
  const folder = join(await temporaryFolder(t), 'forms');
  await mkdir(join(folder, 'stadt'), { recursive: true });
  await Promise.all(Object.entries(FORMS).map(([file, text]) => writeFile(join(folder, file), text)));
  const mails = await MailServer.start(t);
  const app = await App.start(t, {
    folder, service: true,
    settings: { mail: mailSettings(mails), authorities: { 'stadt/ehrenamt': { email: OFFICE } } },
  });
  return { app, mails };
}

test('other people answer by links of their own, over a power cut, and then the office gets it', async (t) => {
  const { app, mails } = await site(t);
  const pages = new Pages(join(await temporaryFolder(t, 'pages'), 'seen'));
  const failures = [];
  const browser = await launch(t);
  const look = async (page, name, state = {}) => failures.push(...await inspect(page, name, { pages, procedure: true, ...state }));

  const { status, body } = await app.submit('karte', ANSWERS);
  assert.equal(status, 201, JSON.stringify(body));
  assert.equal(body.state, 'submitted');

  const [confirm] = await mails.to('mia@privat.test');
  const mine = await open(browser);
  await mine.goto(linkIn(confirm));
  await look(mine, 'confirm an address');
  assert.equal((await mails.to('mia@privat.test')).length, 1, 'looking confirms nothing');
  await mine.getByRole('button', { name: 'Ja, das ist meine Adresse' }).click();
  await mine.getByRole('heading', { name: 'Vielen Dank' }).waitFor();
  await look(mine, 'an address is confirmed');

  const links = {};
  for (const name of ['eins', 'zwei']) {
    const [asked] = await mails.to(`${name}@verein.test`);
    assert.doesNotMatch(`${asked.subject} ${asked.text} ${asked.html}`, /Mia|Verein eins|Verein zwei|Geheim/, 'a mail has no answers');
    links[name] = linkIn(asked);
  }

  // Without a script, in a browser that was never here.
  const plain = await open(browser, { javaScript: false, width: 'phone' });
  await plain.goto(links.eins);
  await look(plain, 'a second person without a script', { depth: 'markup' });
  const seen = await plain.locator('main').innerText();
  for (const shown of ['Mia Muster', 'Verein eins', 'Stimmt das?']) {
    assert.ok(seen.includes(shown), `${shown} is missing`);
  }
  assert.doesNotMatch(await plain.content(), /Geheim|Verein zwei|privat\.test/);

  const one = await open(browser);
  await one.goto(links.eins);
  await look(one, 'a second person');
  await one.locator('main button[type=submit]').last().click();
  await one.locator('#fehler').waitFor();
  await look(one, 'a second person who sent nothing', { depth: 'brief' });
  await one.locator('[name="vereine.0.stimmt"][value=nein]').check();
  await one.locator('[name="vereine.0.seit.day"]').fill('3');
  await one.locator('[name="vereine.0.seit.month"]').fill('2');
  await one.locator('[name="vereine.0.seit.year"]').fill('2020');
  await one.locator('main button[type=submit]').last().click();
  await one.getByRole('heading', { name: 'Vielen Dank' }).waitFor();
  await app.kill();
  await app.restart();
  await one.goto(links.eins);
  await one.getByRole('heading', { name: 'Vielen Dank' }).waitFor();
  assert.equal((await mails.mails()).filter(({ envelope }) => envelope.recipients.includes(OFFICE)).length, 0);

  await plain.goto(links.zwei);
  await plain.locator('[name="vereine.1.stimmt"][value=ja]').check();
  await plain.locator('[name="vereine.1.seit.day"]').fill('1');
  await plain.locator('[name="vereine.1.seit.month"]').fill('5');
  await plain.locator('[name="vereine.1.seit.year"]').fill('2021');
  await plain.locator('main button[type=submit]').last().click();
  await plain.getByRole('heading', { name: 'Vielen Dank' }).waitFor();

  const office = await mails.to(OFFICE);
  assert.equal(office.length, 1);
  assert.deepEqual(attachedJson(office[0]), {
    ...ANSWERS,
    vereine: [{ ...ANSWERS.vereine[0], stimmt: false, seit: '2020-02-03' }, { ...ANSWERS.vereine[1], stimmt: true, seit: '2021-05-01' }],
  });
  await eventually('the citizen is told', async () => (await mails.to('mia@privat.test', 3)).some(({ subject }) => subject.startsWith('Weitergegeben')));

  await one.goto(`${app.url}/z/${'A'.repeat(43)}`);
  await look(one, 'a link that leads nowhere', { procedure: false, depth: 'brief' });
  assertNone(failures);
  assert.deepEqual(await pages.check(), []);

  // Secrets and addresses stand nowhere in the open.
  const secrets = Object.values(links).map((link) => link.split('/z/')[1]);
  for (const file of (await readdir(app.data)).filter((name) => name.startsWith('amtsweg.db'))) {
    const bytes = await readFile(join(app.data, file), 'latin1');
    for (const secret of [...secrets, 'verein.test', 'privat.test']) assert.ok(!bytes.includes(secret), `${secret} in ${file}`);
  }
  assert.doesNotMatch(app.log.join('\n'), new RegExp(`${secrets.join('|')}|verein\\.test|Mia`), 'the log says nothing personal');
});

test('before sending it is said what comes, and afterwards how far it is; what is closed says so', async (t) => {
  const { app, mails } = await site(t);
  const pages = new Pages(join(await temporaryFolder(t, 'pages'), 'seen'));
  const failures = [];
  const page = await open(await launch(t));
  const look = async (name, state = {}) => failures.push(...await inspect(page, name, { pages, procedure: true, back: true, ...state }));
  const on = async () => {
    await page.locator('main form[method=post] button[type=submit]').last().click();
    await page.waitForLoadState();
  };

  await page.goto(`${app.url}/karte`);
  await look('the start page of a procedure that confirms addresses', { procedure: false });
  await page.goto(`${app.url}/karte/sie`);
  await page.locator('[name=name]').fill(ANSWERS.name);
  await page.locator('[name=email]').fill(ANSWERS.email);
  await on();
  for (const [key, value] of Object.entries(ANSWERS.vereine[0])) await page.locator(`[name="vereine.0.${key}"]`).fill(value);
  assert.doesNotMatch(await page.locator('main').innerText(), /Stimmt das/);
  await on();
  await page.waitForURL('**/karte/vereine');
  await on();
  await page.waitForURL('**/karte/pruefen');
  await look('the check page with what comes afterwards');
  assert.match(await page.locator('main').innerText(), /Eine andere Person bekommt eine Mail mit einem Link/);
  await on();
  await page.waitForURL('**/s/*');
  await look('the confirmation of what waits');
  assert.match(await page.locator('main').innerText(), /Öffnen Sie den Link in der Mail/);
  await mails.to(ANSWERS.email);
  assert.equal((await mails.mails()).length, 1);

  for (const [name, { said }] of Object.entries(CLOSED)) {
    await page.goto(`${app.url}/${name}/sie`);
    assert.equal(new URL(page.url()).pathname, `/${name}`);
    await look(`a procedure that is closed: ${name}`, { procedure: false });
    assert.match(await page.locator('main').innerText(), said);
    assert.equal(await page.locator('main a.button').count(), 0);
  }
  assertNone(failures);
  assert.deepEqual(await pages.check(), []);
});
