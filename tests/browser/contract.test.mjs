// The form contract must notice what it is for: one right page, and the same page with one mistake each.
import test from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch, open } from './lib/browser.mjs';
import { contract, keyboard } from './lib/contract.mjs';

const [html, css] = await Promise.all(['page.html', 'page.css'].map((name) => readFile(join(import.meta.dirname, 'fixtures', name), 'utf8')));

/** Requirement, mistake, what is replaced in the page, by what. */
const SEEDS = [
  ['A01', 'title prefix dropped', '<title>Fehler: ', '<title>'],
  ['A01', 'title without procedure', ' – Hund anmelden – Stadt Norderstedt', ''],
  ['A02', 'summary below the heading', /(<div id="fehler"[\s\S]*?<\/div>)\s*(<h1>.*?<\/h1>)/, '$2$1'],
  ['A02', 'summary behind another text', '<div id="fehler"', '<p>Vorher</p><div id="fehler"'],
  ['A02', 'summary missing', /<div id="fehler"[\s\S]*?<\/ul>\s*<\/div>/, ''],
  ['A03', 'summary without focus', ' autofocus', ''],
  ['A04', 'summary link to nothing', 'href="#f-email"', 'href="#f-mail"'],
  ['A04', 'summary link to the group', '<a href="#f-herkunft-1"', '<a href="#f-herkunft-error"'],
  ['A04', 'summary link to the second option', '<a href="#f-herkunft-1"', '<a href="#f-herkunft-2"'],
  ['A04', 'summary link to the right part of a date', 'href="#f-seit-month"', 'href="#f-seit-day"'],
  ['A05', 'summary text differs', '<li><a href="#f-email">Geben Sie eine', '<li><a href="#f-email">Geben Sie Ihre'],
  ['A05', 'message only as a colour', '</span>Geben Sie eine E-Mail-Adresse an', '</span>'],
  ['A05', 'message behind the control', /(<p id="f-email-error".*?<\/p>)\s*(<input id="f-email".*?>)/, '$2$1'],
  ['A06', 'describedby dropped', ' aria-describedby="f-email-hint f-email-error"', ''],
  ['A06', 'describedby without the hint', 'f-email-hint f-email-error"', 'f-email-error"'],
  ['A06', 'describedby dangling', 'f-email-hint f-email-error', 'f-email-tip f-email-error'],
  ['A06', 'group not described', ' aria-describedby="f-herkunft-error"', ''],
  ['A06', 'invalid dropped', 'f-email-error" aria-invalid="true"', 'f-email-error"'],
  ['A06', 'invalid on the right answer', 'autocomplete="given-name"', 'autocomplete="given-name" aria-invalid="true"'],
  ['A08', 'checked by the browser', ' novalidate', ''],
  ['A08', 'required', 'type="email"', 'type="email" required'],
  ['A09', 'label for another field', 'label for="f-email"', 'label for="f-vornamen"'],
  ['A09', 'label hidden', '<label for="f-email"', '<label class="hidden" for="f-email"'],
  ['A09', 'placeholder', 'type="email"', 'type="email" placeholder="name@example.org"'],
  ['A10', 'options without group', /<fieldset aria-describedby="f-herkunft-error">\s*<legend>(.*?)<\/legend>([\s\S]*?)<\/fieldset>/, '<p>$1</p>$2'],
  ['A10', 'date without legend', '<legend>Seit wann haben Sie den Hund?</legend>', '<p>Seit wann haben Sie den Hund?</p>'],
  ['A11', 'option right of its label', /(<input type="radio" id="f-herkunft-1".*?>)(<label.*?<\/label>)/, '$2$1'],
  ['A12', 'autocomplete missing', ' autocomplete="given-name"', ''],
  ['A12', 'autocomplete of another field', '"given-name"', '"family-name"'],
  ['A13', 'type number', 'name="chip" type="text"', 'name="chip" type="number"'],
  ['A13', 'spelling of an address checked', ' spellcheck="false"', ''],
  ['A14', 'date without year', /<div class="part"><label for="f-seit-year".*?<\/div>/, ''],
  ['A16', 'link in a hint', 'An diese Adresse geht', '<a href="/h">An diese Adresse</a> geht'],
  ['A16', 'hint of two sentences', 'Eingangsbestätigung.', 'Eingangsbestätigung. Sie kommt sofort.'],
  ['A17', 'star in a label', 'Vornamen</label>', 'Vornamen *</label>'],
  ['A17', 'optional not said', ' (freiwillig)', ''],
  ['A19', 'no way back', '<a class="back" href="/zurueck">Zurück</a>', ''],
  ['A20', 'button that is none', '<button type="submit">Weiter</button>', '<div role="button" tabindex="0">Weiter</div>'],
  ['A22', 'links of one name', 'Ändern <span class="hidden">Rasse</span>', 'Ändern <span class="hidden">Rufname</span>'],
  ['A22', 'change without what', 'Ändern <span class="hidden">Rasse</span>', 'Ändern'],
  ['A30', 'small options', 'href="/page.css"', 'href="/page.css?.choice input{width:14px;height:14px;min-height:0}"'],
  ['A31', 'focus not seen', 'href="/page.css"', 'href="/page.css?:focus{outline:none}"'],
  ['A31', 'focus covered', '<button type="submit">', '<link rel="stylesheet" href="/?footer{position:fixed;bottom:0;left:0;right:0;height:95vh;background:white;z-index:2}"><button type="submit">'],
  ['A32', 'trap: order by tabindex', 'id="f-chip"', 'id="f-chip" tabindex="3"'],
  ['A32', 'not reached', 'id="f-chip"', 'id="f-chip" tabindex="-1"'],
  ['A33', 'fixed width', '<link', '<link rel="stylesheet" href="/?form{width:800px}"><link'],
  ['A34', 'pale borders', 'href="/page.css"', 'href="/page.css?input{border-color:%23ccc}"'],
  ['A36', 'wrong language', 'lang="de"', 'lang="en"'],
  ['A39', 'banned word', /Geben Sie eine E-Mail-Adresse an/g, 'Ihre E-Mail-Adresse ist ungültig'],
  ['A41', 'footer link missing', '<li><a href="/2">Barriere melden</a></li>', ''],
  ['A42', 'no skip link', '<a class="skip" href="#inhalt">Zum Inhalt</a>', ''],
  ['A42', 'two first headings', '<dl>', '<h1>Ihre Angaben</h1><dl>'],
  ['A42', 'no main', /<(\/?)main/g, '<$1div'],
  ['A43', 'id twice', 'id="f-chip"', 'id="f-email"'],
  ['A43', 'inline style', '<dl>', '<dl style="margin:0">'],
];

/** Serves `html`; behind a question mark stands more CSS. */
async function serve(t) {
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url, 'http://x');
    const style = request.headers['sec-fetch-dest'] === 'style';
    response.setHeader('content-type', style ? 'text/css' : 'text/html; charset=utf-8');
    const base = pathname === '/page.css' ? css : '';
    response.end(style ? base + decodeURIComponent(search.slice(1)) : server.html);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return server;
}

test(`the contract finds ${SEEDS.length} seeded mistakes`, async (t) => {
  const server = await serve(t);
  const browser = await launch(t);
  // What the page itself shows is looked for first; the keyboard, which takes longer, only where that is not enough.
  const look = async (text, page, id) => {
    server.html = text;
    await page.goto(`http://127.0.0.1:${server.address().port}/hund`);
    const said = await contract(page, { procedure: true, back: true, script: page.javaScript, sentEmpty: true });
    return said.some((failure) => failure.startsWith(id)) ? said : [...said, ...await keyboard(page)];
  };
  for (const javaScript of [true, false]) {
    assert.deepEqual(await look(html, await open(browser, { width: 'phone', javaScript })), []);
  }
  const page = await open(browser, { width: 'phone' });
  const missed = [];
  for (const [id, name, from, to] of SEEDS) {
    const wrong = html.replace(from, to);
    assert.notEqual(wrong, html, `the seed "${name}" changes nothing`);
    const said = await look(wrong, page, id);
    if (!said.some((failure) => failure.startsWith(id))) missed.push(`${id} ${name}: found only ${said.join('; ') || 'nothing'}`);
  }
  assert.deepEqual(missed, []);
});
