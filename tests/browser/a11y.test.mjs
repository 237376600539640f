// Every page and every state that can be reached: axe, the Nu HTML checker, the form contract, the keyboard, 320 px,
// light, dark and forced colours, German and English, with and without JavaScript.
import test, { before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { App, temporaryFolder } from './lib/app.mjs';
import { launch, open } from './lib/browser.mjs';
import { enter, errors, FILES, mainButton, questions, settled } from './lib/form.mjs';
import { Client } from './lib/client.mjs';
import { Pages } from './lib/html.mjs';
import { assertNone, inspect } from './lib/inspect.mjs';
import { scope } from './lib/scope.mjs';
import { reportFields } from './lib/town.mjs';
import { begin, place, sample, walk } from './lib/walk.mjs';

/** Languages, and the prefix of their addresses. */
const LANGUAGES = [['de', ''], ['en', '/en']];

/** Procedures, and answers by name where the samples do not do. */
const PROCEDURES = {
  baum_faellen: { hoehe: '12' },
  bewohnerparken: {},
  hund_anmelden: {
    chipnummer: ({ name }) => `27609810000000${name.split('.')[1]}`,
    herkunft: ({ options }) => options.at(-1).label,
    // Several places have such a name: they are offered, and one is chosen.
    bisherige_gemeinde: ({ kind, options }) => (kind === 'radio' ? options[0].label : 'Muster'),
  },
  wilder_muell: {},
  barriere_melden: {},
};

/** Which option is chosen where there are several: the ways through a procedure differ by it. */
const WAYS = [
  { choice: 'first', javaScript: true },
  { choice: 'last', javaScript: false },
];

describe('every state of every page', () => {
  const shared = scope();
  const titles = new Map();
  let app;
  let browser;
  let pages;
  before(async () => {
    app = await App.start(shared);
    browser = await launch(shared);
    pages = new Pages(join(await temporaryFolder(shared), 'pages'));
  });

  // Two at a time: while one page is drawn, another one is read.
  describe('in German and English', { concurrency: 2 }, () => {
    for (const [lang, prefix] of LANGUAGES) {
      const depth = lang === 'de' ? 'full' : 'brief';
      test(`pages around the procedures, ${lang}`, async () => {
        const page = await open(browser, { width: 'phone' });
        const failures = [];
        const open_ = [prefix || '/'];
        const seen = new Set(open_);
        for (const path of open_) {
          const response = await page.goto(app.url + path);
          if (response.status() !== 200) failures.push({ where: path, failure: `${response.status()}` });
          if (!/text\/html/.test(response.headers()['content-type'] ?? '')) continue;
          failures.push(...await inspect(page, path, { pages, lang, depth }));
          const title = await page.title();
          if (titles.has(title)) failures.push({ where: path, failure: `A01 the title of ${titles.get(title)} again: ${title}` });
          titles.set(title, path);
          for (const href of await page.locator('a[href]').evaluateAll((links) => links.map((a) => a.href))) {
            const url = new URL(href);
            const inside = url.origin === app.url && (lang === 'en' ? url.pathname.startsWith('/en') : !url.pathname.startsWith('/en'));
            const parts = url.pathname.slice(prefix.length).split('/').filter(Boolean);
            if (!inside || (parts.length > 1 && !['k', '-'].includes(parts[0]))) continue;
            if (!seen.has(url.pathname)) {
              seen.add(url.pathname);
              open_.push(url.pathname);
            }
          }
        }
        assert.ok(open_.length >= 10, `only ${open_.length} pages were found: ${open_}`);
        for (const path of ['/gibt-es-nicht', '/hund_anmelden/gibt-es-nicht', '/s/0000000000']) {
          const response = await page.goto(`${app.url}${prefix}${path}`);
          if (response.status() !== 404) failures.push({ where: path, failure: `${response.status()}, not 404` });
          page.problems.splice(0);
          failures.push(...await inspect(page, `${prefix}${path}`, { pages, lang, depth: 'markup' }));
        }
        await page.context().close();
        assertNone(failures);
      });

      for (const [procedure, own] of Object.entries(PROCEDURES)) {
        for (const way of WAYS) {
          test(`${procedure}, ${lang}, ${way.choice} options, JavaScript ${way.javaScript ? 'on' : 'off'}`, async () => {
            const failures = await states(browser, app, { procedure, own, lang, prefix, pages, titles, ...way, depth: way.javaScript ? depth : 'markup' });
            assertNone(failures);
          });
        }
      }
    }
  });

  test('markup', async () => assert.deepEqual(await pages.check(), []));
});

/** Each page of a procedure fresh, sent empty, and filled in. */
async function states(browser, app, { procedure, own, lang, prefix, pages, titles, choice, javaScript, depth }) {
  const page = await open(browser, { width: 'phone', javaScript });
  const failures = [];
  const path = () => new URL(page.url()).pathname;
  const look = async (state, options) => {
    const name = `${path()} ${state} ${lang} ${javaScript ? 'JS' : 'no JS'}`;
    const { section } = place(page.url());
    failures.push(...await inspect(page, name, { pages, lang, depth, procedure: true, back: section !== undefined && section !== 's', ...options }));
  };
  await page.goto(`${app.url}${prefix}/${procedure}`);
  await look('start', {});
  await begin(page, `${app.url}${prefix}`, procedure);
  const met = new Set();
  const sections = new Set();
  const key = (asked) => `${page.url()} ${asked.map(({ name }) => name)}`;
  await walk(page, {
    more: () => 2,
    seen: async (_, { refused, section }) => {
      if (refused || met.has(key(await questions(page)))) return;
      // With the answers of its first half a page may come back to ask more.
      await look('fresh', { fresh: ![...met].some((known) => known.startsWith(`${page.url()} `)) });
      const title = await page.title();
      if (section !== 's' && titles.has(title) && titles.get(title) !== path()) failures.push({ where: path(), failure: `A01 the title of ${titles.get(title)} again: ${title}` });
      titles.set(title, path());
      if (section !== 'pruefen') return;
      // Everything is answered now: the pages once more, as they are when somebody comes back to them.
      for (const url of sections) {
        await page.goto(url);
        await look('filled', { depth: 'markup' });
      }
      await page.goto(`${app.url}${prefix}/${procedure}/pruefen`);
    },
    refused: async () => {
      const asked = await questions(page);
      const offered = asked.some(({ kind, name, error }) => error && kind === 'radio' && name.endsWith('.bisherige_gemeinde'));
      if (offered) await look('places offered', {});
      return offered;
    },
    answer: async () => {
      const asked = await questions(page);
      if (asked.length > 0 && !met.has(key(asked))) {
        met.add(key(asked));
        sections.add(page.url());
        if (asked.some(({ optional }) => !optional)) {
          await settled(page, () => mainButton(page).click());
          if ((await errors(page)).length > 0) {
            await look('sent empty', { sentEmpty: true });
            if (depth !== 'markup') failures.push(...await followSummary(page));
          }
        }
      }
      for (const question of await questions(page)) await enter(page, question, sample(question, { choice, own, files: FILES }));
    },
  });
  if (choice === 'first' && place(page.url()).section !== 's') failures.push({ where: path(), failure: `${procedure} ended on "${await page.locator('h1').innerText()}"` });
  await page.context().close();
  return failures;
}

/** A04 by keyboard: each link of the summary puts the focus on the control that it names. */
async function followSummary(page) {
  const failures = [];
  const links = page.locator('main a[href^="#"]');
  for (let i = 0; i < Math.min(await links.count(), 6); i += 1) {
    await links.nth(i).focus();
    await page.keyboard.press('Enter');
    const [href, id] = [await links.nth(i).getAttribute('href'), await page.evaluate(() => document.activeElement.id)];
    if (decodeURIComponent(href) !== `#${id}`) failures.push({ where: page.url(), failure: `A04 ${href} puts the focus on "${id}"` });
  }
  return failures;
}

test('the first page is small and asks for little', async (t) => {
  const app = await App.start(t);
  const page = await open(await launch(t), { width: 'phone' });
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const requests = new Map();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => requests.set(requestId, { url: request.url, bytes: 0 }));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { requests.get(requestId).bytes = encodedDataLength; });
  for (const path of ['/', '/hund_anmelden', '/baum_faellen']) {
    requests.clear();
    await session.send('Network.clearBrowserCache');
    await page.goto(app.url + path, { waitUntil: 'networkidle' });
    const sent = [...requests.values()].filter(({ url }) => url.startsWith('http'));
    const bytes = sent.reduce((sum, request) => sum + request.bytes, 0);
    // The browser asks for the icon by itself, once a week, when the page is already there.
    const all = sent.filter(({ url }) => !url.endsWith('/favicon.ico'));
    assert.ok(all.length <= 3, `${path}: ${all.map(({ url }) => url)}`);
    assert.ok(bytes <= 20 * 1024, `${path}: ${bytes} bytes`);
    assert.deepEqual(all.filter(({ url }) => !url.startsWith(app.url)), [], 'asks elsewhere');
  }
});

test('what every answer says in its head', async (t) => {
  const app = await App.start(t);
  for (const path of ['/', '/hund_anmelden', '/gibt-es-nicht', '/api/v1/procedures']) {
    const response = await fetch(app.url + path);
    const head = (name) => response.headers.get(name) ?? '';
    assert.equal(head('x-content-type-options'), 'nosniff', path);
    assert.equal(head('referrer-policy'), 'no-referrer', path);
    assert.match(head('content-type'), /charset=utf-8|application\/(json|problem\+json|schema\+json)/, path);
    if (!path.startsWith('/api')) {
      const policy = head('content-security-policy');
      assert.match(policy, /default-src 'none'|default-src 'self'/, path);
      assert.doesNotMatch(policy, /unsafe/, path);
      for (const rule of ["frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"]) assert.ok(policy.includes(rule), `${path}: ${rule} is missing`);
    }
    assert.equal(head('server'), '', path);
  }
});

for (const javaScript of [true, false]) {
  test(`by keyboard alone, JavaScript ${javaScript ? 'on' : 'off'}`, async (t) => {
    const app = await App.start(t);
    const page = await open(await launch(t), { width: 'phone', javaScript });
    await begin(page, app.url, 'wilder_muell');
    await page.locator('main [name=flaeche]').first().focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Rathausallee');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Am Zaun');
    await page.keyboard.press('Tab');
    await settled(page, () => page.keyboard.press('Enter'));
    assert.equal(place(page.url()).section, 'fund');
    // Back: the answers are still there.
    await page.goBack();
    await page.waitForFunction(() => document.querySelector('main [name=lage]')?.value === 'Am Zaun', undefined, { polling: 50 });
    assert.equal(place(page.url()).section, 'fundstelle');
    // Enter in a field sends the page, and the first Tab then is on the first message.
    await page.locator('main [name=lage]').fill('');
    await page.locator('main [name=naechste_strasse]').focus();
    await settled(page, () => page.keyboard.press('Enter'));
    assert.match(await page.title(), /^Fehler: /);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'lage');
    assert.deepEqual(page.problems, []);
  });
}

test('the language can be changed on the way', async (t) => {
  const app = await App.start(t);
  const client = new Client(app.url);
  const check = await client.travel('wilder_muell', reportFields('Am „Zaun“'), '/fund');
  assert.match(check.text, /lang="de"/);
  const english = await client.get('/en/wilder_muell/fundstelle');
  assert.match(english.text, /lang="en"/);
  assert.ok(english.text.includes('Am „Zaun“'), 'the answer is lost');
});
