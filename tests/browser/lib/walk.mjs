// Goes through a procedure page by page, from its start to the confirmation, as a person does.
import assert from 'node:assert/strict';
import { errors, fill, mainButton, press, questions, settled } from './form.mjs';

/** More pages than any procedure has: a walk that goes round in circles ends here. */
const MOST_STEPS = 80;

/** The page's place in the procedure: `{ procedure, section, entry }` from its address. */
export function place(url) {
  const parts = new URL(url).pathname.split('/').filter(Boolean);
  if (parts[0] === 'en' || parts[0] === 'leicht') parts.shift();
  if (parts[0] === 's') return { procedure: undefined, section: 's', reference: parts[1] };
  const [procedure, section, entry] = parts;
  return { procedure, section, entry: entry && /^\d+$/.test(entry) ? Number(entry) : undefined };
}

/**
 * Goes from where the page is to the confirmation (or an end page) and gives its address.
 *
 * `answer(page, where)` fills in what the page asks. `seen(page, where)` is called on every page before that, and after a
 * page came back with errors. `more(where)` says how many entries a repeated section shall get.
 * A page that comes back with errors ends the walk unless `refused(page, where, errors)` mends it and gives true.
 */
export async function walk(page, { answer, seen = async () => {}, more = () => 1, refused = async () => false, until }) {
  const entries = new Map();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const where = place(page.url());
    await seen(page, where);
    if (where.section === 's' || until?.(where)) return page.url();
    if (await mainButton(page).count() === 0) {
      const on = page.locator('main a[href]').filter({ hasText: /^\s*(Jetzt|Antrag|Weiter|Beginnen|Start|Continue)/ });
      if (where.section === undefined && await on.count() > 0) {
        await press(page, on.first());
        continue;
      }
      return page.url(); // An end page: nothing more to send.
    }
    if (where.section && where.entry) entries.set(where.section, Math.max(where.entry, entries.get(where.section) ?? 0));
    const asked = await questions(page);
    const add = page.locator('main').getByRole('button', { name: /hinzufügen|^Add/ })
      .or(page.locator('main').getByRole('link', { name: /hinzufügen|^Add/ }));
    if (where.section && asked.length === 0 && (entries.get(where.section) ?? 0) < more(where) && await add.count() > 0) {
      await press(page, add.first());
      continue;
    }
    await answer(page, where);
    await settled(page, () => mainButton(page).click());
    const wrong = await errors(page);
    if (wrong.length > 0) {
      await seen(page, { ...where, refused: true });
      if (!await refused(page, where, wrong)) {
        assert.fail(`${page.url()} came back with: ${wrong.map(({ label, error }) => `${label}: ${error}`).join('; ')}`);
      }
    }
  }
  assert.fail(`still not at the end after ${MOST_STEPS} pages: ${page.url()}`);
}

/**
 * Goes through a procedure with answers by label.
 *
 * `answers`: by label. `entries`: by section, a list of answers each. `mistakes`: by label `[wrong answer, message]`; each
 * is made on the page that asks it, where the message must stand in the summary and at the question, and is then mended.
 */
export async function travel(page, { answers, entries = {}, mistakes = {}, until }) {
  const open = new Map(Object.entries(mistakes));
  const entered = new Set();
  const own = (where) => (where.entry ? { ...answers, ...entries[where.section]?.[where.entry - 1] } : answers);
  const enterAll = async (where) => {
    for (const label of await fill(page, own(where))) entered.add(label);
  };
  const end = await walk(page, {
    until,
    more: (where) => entries[where.section]?.length ?? 1,
    answer: async (_, where) => {
      await enterAll(where);
      const here = (await questions(page)).filter(({ label }) => open.has(label));
      if (here.length === 0) return;
      await fill(page, Object.fromEntries(here.map(({ label }) => [label, open.get(label)[0]])));
      const before = await questions(page);
      await settled(page, () => mainButton(page).click());
      const messages = await errors(page);
      const after = await questions(page);
      for (const { label } of here) {
        const [, expected] = open.get(label);
        open.delete(label);
        const message = messages.find((found) => found.label === label);
        assert.ok(message, `no message at "${label}", only ${JSON.stringify(messages)}`);
        assert.match(message.error, expected);
        await page.locator('main a[href^="#"]', { hasText: message.error }).first().waitFor();
      }
      assert.equal(messages.length, here.length, `more messages than mistakes: ${JSON.stringify(messages)}`);
      assert.match(await page.title(), /^(Fehler|Error): /);
      for (const { name, kind, value } of before.filter(({ kind: k }) => k !== 'file')) {
        assert.equal(after.find((q) => q.name === name)?.value, value, `the ${kind} ${name} was not kept`);
      }
      await enterAll(where);
    },
  });
  assert.deepEqual([...open.keys()], [], 'mistakes that could not be made: their questions were not asked');
  return { end, entered };
}

/** From the portal's first page by its links to the first question of a procedure. */
export async function begin(page, url, procedure) {
  await page.goto(`${url}/${procedure}`);
  const start = page.locator('main form[method=post] button[type=submit]').or(page.locator(`main a[href*="/${procedure}/"]`)).first();
  await settled(page, () => start.click());
}

/** Whatever fits: what a question is answered with when nobody says. Keys are the last part of the field's name. */
const SAMPLES = {
  plz: '22846', gemeinde: 'Norderstedt', iban: 'DE89370400440532013000', kennzeichen: 'SE-AB 123', altes_kennzeichen: 'SE-CD 45',
  hausnummer: '50', geburtsdatum: '01.01.1980', chipnummer: '276098100000001', ort: '1010 Wien', strasse: 'Rathausallee',
  email: 'mia@example.org', telefon: '040 535950', flur: '12', umfang: '120', hoehe: '12', vorhandene: '0', nummer: '27/12',
};

/** Today and other days as a person writes them, counted in days from now. */
export function day(offset = 0) {
  const date = new Date(Date.now() + offset * 86_400_000);
  const [year, month, date_] = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(date).split('-');
  return { text: `${date_}.${month}.${year}`, iso: `${year}-${month}-${date_}` };
}

/** An answer that should do. `choice`: 'first' or 'last' option. `own`: answers, or functions of the question, by name or its last part. */
export function sample(question, { choice = 'first', own = {}, files }) {
  const { kind, name, options, accept } = question;
  const last = name.split('.').at(-1).replace(/\[\]$/, '');
  const given = own[name] ?? own[last];
  if (given !== undefined) return typeof given === 'function' ? given(question) : given;
  const pick = options.at(choice === 'first' ? 0 : -1)?.label;
  switch (kind) {
    case 'radio':
    case 'select':
      return pick;
    case 'checkbox':
      return options.length === 1 ? true : [pick];
    case 'date':
      return SAMPLES[last] ?? day().text;
    case 'file':
      return /png/.test(accept) && choice === 'last' ? files.png : /jpe?g/.test(accept) ? files.jpeg : files.pdf;
    default:
      return SAMPLES[last] ?? 'Muster';
  }
}
