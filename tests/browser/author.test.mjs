// What an author sees: a changed word at once, a sentence for a mistake, a concrete case for a gap.
import test from 'node:test';
import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { App, FORMS, amtsweg, eventually, temporaryFolder } from './lib/app.mjs';
import { launch, open } from './lib/browser.mjs';
import { axe } from './lib/axe.mjs';
import { contract } from './lib/contract.mjs';
import { raw } from './lib/client.mjs';
import { operatorText } from './lib/town.mjs';

const TREES = 'kreis/segeberg/baum_faellen.amt';

/** A copy of the catalogue; `edit(file, from, to)` changes one thing in it. */
async function copy(t) {
  const folder = join(await temporaryFolder(t), 'forms');
  await cp(FORMS, folder, { recursive: true });
  return {
    folder,
    async edit(file, from, to) {
      const path = join(folder, file);
      const before = await readFile(path, 'utf8');
      const after = before.replace(from, to);
      assert.notEqual(after, before, `nothing to change in ${file}`);
      await writeFile(path, after);
      return async () => writeFile(path, before);
    },
  };
}

const page = async (app, path) => {
  const response = await fetch(`${app.url}${path}`);
  return { status: response.status, text: await response.text() };
};

test('a changed word is on the page, a broken file is explained, the last good text goes on', async (t) => {
  const { folder, edit } = await copy(t);
  const app = await App.start(t, { folder });
  assert.match((await page(app, '/baum_faellen')).text, /Baum fällen/);

  await edit(TREES, 'Antrag baum_fällen "Baum fällen"', 'Antrag baum_fällen "Einen Baum fällen lassen"');
  await eventually('the new title', async () => (await page(app, '/baum_faellen')).text.includes('Einen Baum fällen lassen'), 10);

  const mend = await edit(TREES, 'Art: ganze Zahl in m, 1 bis 60', 'Art: ganze Zahll in m, 1 bis 60');
  await eventually('the mistake is explained', async () => {
    const text = await operatorText(app);
    return /AW\d{4}/.test(text) && text.includes('baum_faellen.amt') && text.includes('Zahll');
  }, 10);
  const still = await page(app, '/baum_faellen');
  assert.equal(still.status, 200);
  assert.ok(still.text.includes('Einen Baum fällen lassen'), 'the last good text is gone');
  assert.match(still.text, /hat einen Fehler.*baum_faellen\.amt:\d+:.*Zahll/, 'the page does not say what is wrong with its text');
  assert.doesNotMatch((await page(app, '/hund_anmelden')).text, /Zahll/, 'another procedure is said to be wrong');
  assert.equal((await page(app, '/hund_anmelden')).status, 200, 'another procedure suffers');

  await mend();
  await eventually('the message goes away', async () => !/Zahll/.test(await operatorText(app)), 10);
});

test('the operator\'s pages are as accessible as the others', async (t) => {
  const app = await App.start(t);
  const shown = await open(await launch(t), { width: 'phone' });
  await shown.goto(app.operator);
  const links = await shown.locator('a[href^="/"]').evaluateAll((all) => [...new Set(all.map((a) => a.getAttribute('href').split('#')[0]))]);
  const wrong = [];
  for (const path of new Set(['/', ...links])) {
    const response = await shown.goto(`${app.operator}${path}`);
    if (response.status() !== 200) wrong.push(`${path}: ${response.status()}`);
    if (!/text\/html/.test(response.headers()['content-type'])) continue;
    const found = [...await axe(shown), ...(await contract(shown)).filter((failure) => /^A(08|09|10|20|30|33|43)/.test(failure))];
    wrong.push(...found.map((failure) => `${path}: ${failure}`));
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual(shown.problems, []);
  // A page of the web that resolves its own name to this machine must not read them.
  const stranger = await raw(app.operator, 'GET / HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n');
  assert.ok(stranger.status >= 400 && stranger.status < 500, `another host gets ${stranger.status}`);
});

/** Changes that the check must notice: what is changed, and what the message must name. */
const MISTAKES = [
  {
    name: 'a row less: a case that nobody is responsible for',
    from: /^\s*\| Norderstedt\s*\| außerhalb.*\n/m, to: '',
    says: [/niemand/, /Norderstedt/, /au(ß|ss)erhalb|freien Landschaft/],
  },
  {
    name: 'a row that overlaps: both rows and a case',
    from: /^(\s*\| Norderstedt\s*\| außerhalb\s*)\|\| (\S+).*$/m, to: '$&\n  | Norderstedt | unbekannt oder außerhalb || stadt/norderstedt/umwelt |',
    says: [/Zeile/, /Norderstedt/, /außerhalb|freien Landschaft|unbekannt|weiß ich nicht/],
  },
  { name: 'a misspelt name gets a suggestion', from: 'nur wenn: rolle = vollmacht', to: 'nur wenn: role = vollmacht', says: [/role/, /rolle/] },
  { name: 'a unit of another kind', from: 'Wert schwelle = 80 cm', to: 'Wert schwelle = 80 kg', says: [/kg/, /cm/] },
  { name: 'a decimal point', from: 'Wert schwelle = 80 cm', to: 'Wert schwelle = 80.5 cm', says: [/80,5/] },
  { name: 'an example that fails', from: 'erwartet Gebühr: 70 €', to: 'erwartet Gebühr: 75 €', says: [/70/, /75/] },
  { name: 'an office that is not there', from: '|| stadt/norderstedt/umwelt ', to: '|| stadt/norderstedt/umweld ', says: [/umweld/, /umwelt/] },
  { name: 'a quotation mark that stays open', from: 'Frage flurstück "Welches Flurstück?"', to: 'Frage flurstück "Welches Flurstück?', says: [/Anführungszeichen/] },
];

test('the check names what is wrong', async (t) => {
  const clean = await amtsweg(['check', FORMS]);
  assert.equal(clean.code, 0, clean.stdout + clean.stderr);
  for (const { name, from, to, says } of MISTAKES) {
    await t.test(name, async (t2) => {
      const { folder, edit } = await copy(t2);
      await edit(TREES, from, to);
      const { code, stdout, stderr } = await amtsweg(['check', folder]);
      const text = stdout + stderr;
      assert.notEqual(code, 0, `the check is content:\n${text}`);
      assert.match(text, /AW\d{4}/);
      assert.match(text, /baum_faellen\.amt/);
      for (const pattern of says) assert.match(text, pattern);
      assert.doesNotMatch(text, /panicked/);
    });
  }
});

test('files that are no forms get a message within a second', async (t) => {
  const big = (count) => `Sprache: Deutsch\nAntrag gross "Groß"\n${Array.from({ length: count }, (_, i) => `Frage f${i} "Frage ${i}?"\n  Art: Text\n`).join('')}`;
  const files = {
    'binary.amt': Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256)),
    'latin1.amt': Buffer.from('Sprache: Deutsch\nAntrag gr\xfcn "Gr\xfcn"\n', 'latin1'),
    'utf16.amt': Buffer.from('\ufeffSprache: Deutsch\nAntrag x "X"\n', 'utf16le'),
    'empty.amt': '', 'brackets.amt': `Sprache: Deutsch\nAntrag x "X"\nBerechnet y = ${'('.repeat(5000)}1${')'.repeat(5000)}\n`,
    'line.amt': `Sprache: Deutsch\nAntrag line "${'x'.repeat(1 << 20)}"\n`, 'big.amt': big(3000),
  };
  // A block that contains itself shows where somebody uses it.
  const cycle = {
    'cycle.amt': 'Sprache: Deutsch\nBaustein cycle "Kreis"\n  verwendet: cycle\n\nFrage a "A"\n  Art: cycle\n',
    'user.amt': 'Sprache: Deutsch\nAntrag user "Kreis"\n  verwendet: cycle\n\nAbschnitt eins "Eins"\n  Frage a "A"\n    Art: cycle\n',
  };
  const rows = [...Object.entries(files).map(([name, content]) => [name, { [name]: content }]), ['a cycle', cycle, /AW0117/]];
  for (const [name, contents, says = /AW\d{4}/] of rows) {
    await t.test(name, async (t2) => {
      const folder = await temporaryFolder(t2);
      for (const [file, content] of Object.entries(contents)) await writeFile(join(folder, file), content);
      const began = performance.now();
      const { code, stdout, stderr } = await amtsweg(['check', folder]);
      const took = performance.now() - began;
      assert.ok([1, 2].includes(code), `ended with ${code}: ${stdout}${stderr}`);
      assert.match(stdout + stderr, says);
      assert.doesNotMatch(stdout + stderr, /panicked/);
      assert.ok(took < 2000, `took ${Math.round(took)} ms`);
    });
  }
});
