// The extension for Visual Studio Code: its colours by VS Code's own reader of grammars, its file as VS Code wants it.
import test from 'node:test';
import assert from 'node:assert/strict';
import { access, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { FORMS, ROOT, temporaryFolder } from './lib/app.mjs';

const run = promisify(execFile);

const EXTENSION = join(ROOT, 'docs/editors/vscode');
const json = async (file) => JSON.parse(await readFile(join(EXTENSION, file), 'utf8'));

async function grammar() {
  const wasm = await readFile(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm);
  const { contributes } = await json('package.json');
  const [{ scopeName, path }] = contributes.grammars;
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({ createOnigScanner: (sources) => new oniguruma.OnigScanner(sources), createOnigString: (text) => new oniguruma.OnigString(text) }),
    loadGrammar: async (name) => (name === scopeName ? textmate.parseRawGrammar(await readFile(join(EXTENSION, path), 'utf8'), path) : null),
  });
  return registry.loadGrammar(scopeName);
}
const loaded = grammar();

/** The words of a line with their innermost colour. */
async function colours(line) {
  const { tokens } = (await loaded).tokenizeLine(line, textmate.INITIAL);
  return tokens
    .map(({ startIndex, endIndex, scopes }) => [line.slice(startIndex, endIndex).trim(), scopes.at(-1).replace(/\.amtsweg$/, '')])
    .filter(([word, scope]) => word && scope !== 'source')
    .map(([word, scope]) => `${word} = ${scope}`);
}

for (const [line, ...expected] of [
  ['Frage wohnung "Wo wohnen Sie?"', 'Frage = keyword.control.heading', 'wohnung = entity.name.function', 'Wo wohnen Sie? = string.quoted'],
  ['question größe_2 „Wie "groß" ist es?“   # nur hier', 'question = keyword.control.heading', 'größe_2 = entity.name.function', '# nur hier = comment.line.number-sign'],
  ['Übergang von Fassung 3', 'Übergang von Fassung = keyword.control.heading'],
  ['ersetzt Frage hunde.rasse', 'ersetzt = keyword.control.heading', 'Frage = keyword.control.heading', 'hunde.rasse = entity.name.function'],
  ['    Art: ganze Zahl in cm, 10 bis 120', 'Art = support.type.property-name', 'ganze Zahl = storage.type', 'bis = keyword.operator.word', '120 = constant.numeric'],
  ['    Kind: One of', 'Kind = support.type.property-name', 'One of = storage.type'],
  ['  nur wenn: gefährlich = Ja und alter ≥ 16 Jahre', 'nur wenn = support.type.property-name', '= = keyword.operator', 'Ja = keyword.operator.word', 'und = keyword.operator.word', '16 = constant.numeric', 'Jahre = keyword.other.unit'],
  ['  sonst: "Es sind {stunden}, ""zu wenig""."', 'sonst = support.type.property-name', '{stunden} = variable.other.answer', '"" = constant.character.escape'],
  ['  - tierheim "Aus einem Tierheim"', '- = punctuation.definition.list', 'tierheim = variable.other.enummember'],
  ['  | ab 1 || 85 € je Jahr |', '|| = punctuation.separator.table', 'ab = keyword.operator.word', '€ = keyword.other.unit'],
  ['  erwartet Gebühr: 205 € je Jahr', 'erwartet = support.type.property-name', 'Gebühr = support.type.property-name'],
  ['  Fassung: 1, gültig ab 01.01.2026', 'Fassung = support.type.property-name', '01.01.2026 = constant.numeric'],
  ['  sontag: 3'],
  ['Fragerunde eins'],
]) {
  test(`colours ${line.trim()}`, async () => {
    const found = await colours(line);
    for (const word of expected) assert.ok(found.includes(word), `${word}: ${found.join(', ')}`);
    if (!expected.length) assert.ok(!found.some((word) => /keyword.control|property-name/.test(word)), found.join(', '));
  });
}

test('colours the first word of every line of the catalogue that is a heading or a detail', async () => {
  const files = (await readdir(FORMS, { recursive: true })).filter((file) => file.endsWith('.amt'));
  let lines = 0;
  const missed = [];
  for (const file of files) {
    let [state, example] = [textmate.INITIAL, false];
    for (const line of (await readFile(join(FORMS, file), 'utf8')).split('\n')) {
      const { tokens, ruleStack } = (await loaded).tokenizeLine(line, state);
      state = ruleStack;
      const first = line.trim();
      if (/^\p{Lu}/u.test(first)) example = /^(Beispiel|Example) /.test(first);
      // Names of answers stand before a colon in examples; everything else begins with a word of the language.
      if (!first || /^["#|•–-]/.test(first) || example) continue;
      lines += 1;
      const scope = tokens.find(({ startIndex, endIndex }) => line.slice(startIndex, endIndex).trim())?.scopes.at(-1) ?? '';
      if (!/keyword.control|property-name/.test(scope)) missed.push(`${file}: ${first} (${scope})`);
    }
    assert.equal(state.depth, textmate.INITIAL.depth, `${file}: a text stays open`);
  }
  assert.ok(lines > 1500, `${lines} lines`);
  assert.deepEqual(missed, []);
});

test('names only files that are there, and says everything in German too', async () => {
  const manifest = await json('package.json');
  const { languages, grammars } = manifest.contributes;
  for (const file of [...languages.map(({ configuration }) => configuration), ...grammars.map(({ path }) => path), 'extension.js', 'README.md']) {
    await access(join(EXTENSION, file));
  }
  const configuration = await json(languages[0].configuration);
  assert.match('größe_2', new RegExp(`^${configuration.wordPattern.pattern}$`, configuration.wordPattern.flags));
  const [english, german] = [await json('package.nls.json'), await json('package.nls.de.json')];
  const used = [...JSON.stringify(manifest).matchAll(/"%(\w+)%"/g)].map(([, name]) => name).sort();
  assert.deepEqual(Object.keys(english).sort(), [...new Set(used)].sort());
  assert.deepEqual(Object.keys(german).sort(), Object.keys(english).sort());
  // What the code asks for is what the manifest offers.
  const code = await readFile(join(EXTENSION, 'extension.js'), 'utf8');
  for (const name of [manifest.contributes.commands[0].command, 'program', languages[0].id]) assert.ok(code.includes(`'${name}'`), name);
});

test('makes a file to install that holds all it needs', async (t) => {
  await run('npm', ['run', 'package'], { cwd: EXTENSION });
  const folder = await temporaryFolder(t, 'extension');
  await run(process.env.TEST_PYTHON ?? 'python3', ['-m', 'zipfile', '-e', join(EXTENSION, 'amtsweg.vsix'), folder]);
  const inside = join(folder, 'extension');
  const manifest = JSON.parse(await readFile(join(inside, 'package.json'), 'utf8'));
  assert.deepEqual(manifest, await json('package.json'));
  const { languages, grammars } = manifest.contributes;
  const files = ['readme.md', 'package.nls.json', 'package.nls.de.json', manifest.main];
  for (const file of [...files, ...languages.map(({ configuration }) => configuration), ...grammars.map(({ path }) => path)]) {
    await access(join(inside, file));
  }
  // Nothing but what the editor itself gives is needed from elsewhere.
  await mkdir(join(inside, 'node_modules/vscode'), { recursive: true });
  await writeFile(join(inside, 'node_modules/vscode/index.js'), 'module.exports = new Proxy({}, { get: () => class {} });');
  const { activate, deactivate } = createRequire(join(inside, 'package.json'))(manifest.main);
  assert.deepEqual([typeof activate, typeof deactivate], ['function', 'function']);
});
