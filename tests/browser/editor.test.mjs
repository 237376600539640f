// The language server, asked by the client library of VS Code.
import test from 'node:test';
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BINARY, ROOT, amtsweg, temporaryFolder } from './lib/app.mjs';
import { Editor, edited } from './lib/editor.mjs';

const run = promisify(execFile);

const HUND = `Sprache: Deutsch
Antrag hund "Hund anmelden"
  Fassung: 1, gültig ab 01.01.2026
  Kategorie: recht
  Rechtsgrundlage: "§ 1 Satzung"
  Frist: keine
  Aufbewahrung: 10 Jahre nach Erledigung
  Wie es weitergeht: "Sie bekommen einen Brief."
  verwendet: person

Abschnitt halter "Wer hält den Hund?"
  Frage person "Angaben zur Person"
    Art: person
  Frage herkunft "Woher haben Sie den Hund?"
    Art: eine von
    - zucht "Von einer Züchterin"
    - tierheim "Aus einem Tierheim"
  Frage heim "Aus welchem Tierheim?"
    Art: Text, höchstens 40 Zeichen
    nur wenn: herkunft = tierheim

Zuständigkeit
  | herkunft || an  |
  | beliebig || amt |

Beispiel eins "Ein Hund"
  herkunft: tierheim
  heim: Kaltenkirchen
  erwartet Zuständigkeit: amt
`;

const FILES = {
  'hund.amt': HUND,
  'hund.en.amt': `Language: English
Translation hund "Register a dog", Version 1, English
  Legal basis: "Section 1 of the bylaw"
  What happens next: "You get a letter."
Section halter "Who keeps the dog?"
  Question person "About you"
  Question herkunft "Where from?"
    - zucht "A breeder"
    - tierheim "A shelter"
  Question heim "Which shelter?"
`,
  'person.amt': `Sprache: Deutsch
Baustein person "Person"
Frage nachname "Nachname"
  Art: Familienname
`,
  'amt.amt': `Sprache: Deutsch
Stelle amt "Das Amt"
  Ebene: Stadt
  Kanal: E-Mail amt@stadt.example
`,
};

async function folder(t, files = FILES) {
  const top = await temporaryFolder(t, 'editor');
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(top, 'forms', file)), { recursive: true });
    await writeFile(join(top, 'forms', file), text);
  }
  return join(top, 'forms');
}

const codes = (diagnostics) => diagnostics.map(({ code, range }) => `${code}:${range.start.line + 1}`).sort().join(' ');
const errors = (diagnostics) => diagnostics.filter(({ severity }) => severity === 1);

/** The actions that an editor offers where something is written. */
const actions = (editor, file, what, only) => {
  const range = editor.range(file, what);
  const inside = ({ range: { start, end } }) => start.line <= range.end.line && range.start.line <= end.line;
  const diagnostics = (editor.diagnostics.get(file)?.diagnostics ?? []).filter(inside);
  return editor.request('textDocument/codeAction', { textDocument: { uri: editor.uri(file) }, range, context: { diagnostics, ...(only && { only }) } });
};

test('says what is wrong while somebody types, and takes it back', async (t) => {
  const editor = await Editor.start(t, await folder(t));
  await editor.open('hund.amt');
  assert.equal(codes(errors(await editor.told('hund.amt'))), '');
  await editor.replace('hund.amt', 'nur wenn: herkunft', 'nur wenn: herkunf');
  const [wrong] = errors(await editor.told('hund.amt', ({ version, diagnostics }) => version === 2 && errors(diagnostics).length));
  assert.equal(editor.diagnostics.get('hund.amt').version, 2);
  assert.deepEqual(wrong.range, editor.range('hund.amt', 'herkunf', 1));
  assert.match(wrong.message, /There is no/);
  assert.equal(wrong.source, 'amtsweg');
  // The page about it is there, without any network.
  const page = await readFile(fileURLToPath(wrong.codeDescription.href), 'utf8');
  assert.match(page, new RegExp(wrong.code));
  const offered = await actions(editor, 'hund.amt', 'herkunf =');
  const fix = offered.find(({ title }) => title.includes('herkunft'));
  await editor.apply(fix.edit);
  assert.equal(editor.documents.get('hund.amt').text, HUND);
  assert.equal(codes(errors(await editor.told('hund.amt', ({ version, diagnostics }) => version === 3 && !errors(diagnostics).length))), '');
  // Something wrong in one file shows in another, and goes with it.
  await editor.open('person.amt');
  await editor.replace('person.amt', 'Baustein person', 'Baustein mensch');
  await editor.told('hund.amt', ({ diagnostics }) => errors(diagnostics).length > 0);
  await editor.replace('person.amt', 'Baustein mensch', 'Baustein person');
  await editor.told('hund.amt', ({ diagnostics }) => errors(diagnostics).length === 0);
  assert.equal(await editor.stop(), 0);
});

test('puts right what is certain, in one place or the whole file', async (t) => {
  const text = HUND.replace('= tierheim', '== tierheim').replace('Art: Text, höchstens', 'Art: Text höchstens');
  const editor = await Editor.start(t, await folder(t, { ...FILES, 'hund.amt': text }), { locale: 'de-DE' });
  await editor.open('hund.amt');
  const told = await editor.told('hund.amt');
  assert.ok(errors(told).length >= 2, codes(told));
  const [fix] = await actions(editor, 'hund.amt', '== tierheim');
  assert.equal(fix.isPreferred, true);
  assert.match(fix.title, /^„==“ durch „=“ ersetzen$/);
  const [all] = await actions(editor, 'hund.amt', 'Sprache', ['source.fixAll']);
  assert.equal(all.kind, 'source.fixAll');
  await editor.apply(all.edit);
  await editor.told('hund.amt', ({ diagnostics, version }) => version === editor.documents.get('hund.amt').version && errors(diagnostics).length === 0);
  assert.equal(editor.documents.get('hund.amt').text, HUND);
});

test('offers what can be written, and writes it', async (t) => {
  const editor = await Editor.start(t, await folder(t), { options: { suggest: 'editor.action.triggerSuggest' } });
  await editor.open('hund.amt');
  const labels = async (what, options) => (await editor.at('textDocument/completion', 'hund.amt', what, options)).items.map(({ label }) => label);
  assert.deepEqual(await labels('nur wenn: herkunft = '), ['zucht', 'tierheim']);
  assert.ok((await labels('| beliebig || ')).includes('amt'));
  assert.ok((await labels('    Art: ')).includes('ganze Zahl'));
  // Accepted as an editor does, a completion leads to a text that compiles.
  await editor.replace('hund.amt', '= tierheim\n', '= \n');
  const { items } = await editor.at('textDocument/completion', 'hund.amt', 'herkunft = ');
  const chosen = items.find(({ label }) => label === 'tierheim');
  await editor.type('hund.amt', chosen.textEdit.range, chosen.textEdit.newText);
  assert.equal(editor.documents.get('hund.amt').text, HUND);
  // Words before a colon come with it, and the editor asks again.
  await editor.replace('hund.amt', '    nur wenn: herkunft = tierheim\n', '    n\n');
  const start = (await editor.at('textDocument/completion', 'hund.amt', '    n')).items.find(({ label }) => label === 'nur wenn');
  assert.equal(start.textEdit.newText, 'nur wenn: ');
  assert.equal(start.command.command, 'editor.action.triggerSuggest');
  assert.ok(start.documentation.length > 10);
  // A building block that is not used yet is added to those that are.
  await editor.replace('hund.amt', '  verwendet: person\n', '');
  const block = (await editor.at('textDocument/completion', 'hund.amt', '    Art: ')).items.find(({ label }) => label === 'person');
  assert.match(block.additionalTextEdits[0].newText, /verwendet: person/);
});

test('fills in nothing for an editor that cannot', async (t) => {
  const editor = await Editor.start(t, await folder(t), { capabilities: {} });
  await editor.open('neu.amt', 'Sprache: Deutsch\n');
  const { items } = await editor.at('textDocument/completion', 'neu.amt', 'Deutsch\n');
  const form = items.find(({ label }) => label === 'Antrag');
  assert.equal(form.insertTextFormat, undefined);
  assert.match(form.textEdit.newText, /^Antrag neu ""\n  Fassung: 1, gültig ab 01\.01\.\d{4}\n/);
});

test('tells what a word is, where it stands and where it is used', async (t) => {
  const editor = await Editor.start(t, await folder(t));
  await editor.open('hund.amt');
  const about = await editor.at('textDocument/hover', 'hund.amt', 'nur wenn: herkun');
  assert.match(about.contents.value, /Question \*\*herkunft\*\*[^]*Always asked\.[^]*Legal basis: § 1 Satzung[^]*Used \d times/);
  assert.deepEqual(about.range, editor.range('hund.amt', 'herkunft', 1));
  const word = await editor.at('textDocument/hover', 'hund.amt', 'nur we');
  const [, page] = word.contents.value.match(/\]\((file:[^)]+)\)/);
  assert.match(await readFile(fileURLToPath(page), 'utf8'), /^# Conditions/);
  const places = (found) => found.map(({ uri, range }) => `${editor.name(uri)}:${range.start.line + 1}`);
  assert.deepEqual(places(await editor.at('textDocument/definition', 'hund.amt', 'Art: per')), ['person.amt:2']);
  assert.deepEqual(places(await editor.at('textDocument/definition', 'hund.amt', '|| am')), ['amt.amt:2']);
  const uses = await editor.at('textDocument/references', 'hund.amt', 'Frage herkun', { context: { includeDeclaration: true } });
  assert.deepEqual(places(uses), ['hund.amt:14', 'hund.amt:20', 'hund.amt:23', 'hund.amt:27', 'hund.en.amt:7']);
  const lit = await editor.at('textDocument/documentHighlight', 'hund.amt', 'Frage herkun');
  assert.equal(lit.length, 4);
  const [form] = await editor.request('textDocument/documentSymbol', { textDocument: { uri: editor.uri('hund.amt') } });
  assert.equal(form.name, 'Antrag hund');
  assert.deepEqual(form.children.map(({ name }) => name), ['Abschnitt halter', 'Zuständigkeit', 'Beispiel eins']);
  const found = await editor.request('workspace/symbol', { query: 'tierheim' });
  assert.ok(found.some(({ name }) => name.startsWith('heim')), JSON.stringify(found));
  const folds = await editor.request('textDocument/foldingRange', { textDocument: { uri: editor.uri('hund.amt') } });
  assert.ok(folds.some(({ startLine, endLine }) => startLine === 10 && endLine === 19), JSON.stringify(folds));
});

test('renames in all files, and the file itself', async (t) => {
  const forms = await folder(t);
  const editor = await Editor.start(t, forms);
  await editor.open('hund.amt');
  const prepared = await editor.at('textDocument/prepareRename', 'hund.amt', 'Frage herkun');
  assert.equal(prepared.placeholder, 'herkunft');
  await editor.apply(await editor.at('textDocument/rename', 'hund.amt', 'Frage herkun', { newName: 'woher' }));
  await editor.apply(await editor.at('textDocument/rename', 'hund.amt', '- tierhei', { newName: 'asyl' }));
  await writeFile(join(forms, 'hund.amt'), editor.documents.get('hund.amt').text);
  const translation = await readFile(join(forms, 'hund.en.amt'), 'utf8');
  assert.match(translation, /Question woher "Where from\?"\n    - zucht "A breeder"\n    - asyl "A shelter"/);
  assert.equal((await amtsweg(['check', forms])).code, 0);
  await assert.rejects(editor.at('textDocument/rename', 'hund.amt', 'Frage wohe', { newName: 'heim' }), /The name “heim” is taken/);
  // The file of a building block is called as it is.
  await editor.apply(await editor.at('textDocument/rename', 'hund.amt', 'Art: per', { newName: 'mensch' }));
  await writeFile(join(forms, 'hund.amt'), editor.documents.get('hund.amt').text);
  assert.match(await readFile(join(forms, 'mensch.amt'), 'utf8'), /^Sprache: Deutsch\nBaustein mensch /);
  assert.equal((await amtsweg(['check', forms])).code, 0);
});

test('deletes only what nothing uses', async (t) => {
  const forms = await folder(t);
  const editor = await Editor.start(t, forms, { locale: 'de' });
  await editor.open('hund.amt');
  const used = (await actions(editor, 'hund.amt', 'Frage heim', ['refactor'])).find(({ title }) => title === 'Frage heim löschen');
  assert.match(used.disabled.reason, /^Wird verwendet: hund\.amt, Zeile/);
  await editor.replace('hund.amt', '  heim: Kaltenkirchen\n', '');
  const free = (await actions(editor, 'hund.amt', 'Frage heim', ['refactor'])).find(({ title }) => title === 'Frage heim löschen');
  await editor.apply(free.edit);
  assert.doesNotMatch(editor.documents.get('hund.amt').text, /Tierheim\?/);
  assert.doesNotMatch(await readFile(join(forms, 'hund.en.amt'), 'utf8'), /shelter\?/);
});

test('brings a text into shape, line by line', async (t) => {
  const editor = await Editor.start(t, await folder(t));
  const untidy = HUND.replace('    Art: person', 'Art:person  # wer').replace('  | herkunft || an  |\n  | beliebig || amt |', '|herkunft||an|\n|beliebig|| amt|').replaceAll('\n', '\r\n');
  await editor.open('hund.amt', untidy);
  const format = () => editor.request('textDocument/formatting', { textDocument: { uri: editor.uri('hund.amt') }, options: { tabSize: 2, insertSpaces: true } });
  const edits = await format();
  // What is right already is not touched.
  assert.ok(edits.length <= 4, JSON.stringify(edits));
  const tidy = edited(untidy, edits);
  assert.equal(tidy, HUND.replace('    Art: person', '    Art: person  # wer').replace(/person {2}# wer/, tidy.match(/person +# wer/)[0]).replaceAll('\n', '\r\n'));
  for (const { range, newText } of [...edits].reverse()) await editor.type('hund.amt', range, newText);
  assert.deepEqual(await format(), []);
});

test('colours words at their places', async (t) => {
  const editor = await Editor.start(t, await folder(t));
  await editor.open('hund.amt');
  const { legend } = editor.server.capabilities.semanticTokensProvider;
  const { data } = await editor.request('textDocument/semanticTokens/full', { textDocument: { uri: editor.uri('hund.amt') } });
  const lines = HUND.split('\n');
  let [line, character] = [0, 0];
  const words = [];
  for (let at = 0; at < data.length; at += 5) {
    const [down, right, length, kind] = data.slice(at, at + 4);
    [line, character] = [line + down, down ? right : character + right];
    words.push(`${legend.tokenTypes[kind]} ${lines[line].slice(character, character + length)}`);
  }
  for (const word of ['property Sprache', 'keyword Antrag', 'class hund', 'string "Hund anmelden"', 'variable herkunft', 'enumMember tierheim', 'type eine von', 'operator =', 'number 40', 'property nur wenn']) {
    assert.ok(words.includes(word), `${word} is not among ${words.join(', ')}`);
  }
});

test('knows places in texts that come from Word: marks, line ends of Windows, letters of two units', async (t) => {
  const text = `\ufeff${HUND.replace('"Wer hält', '"🐶 „Wer“ ha\u0308lt').replaceAll('    Art: ', '\u00a0\u00a0\u00a0\u00a0Art:\u00a0').replaceAll('\n', '\r\n')}`;
  const editor = await Editor.start(t, await folder(t, { ...FILES, 'hund.amt': text }));
  await editor.open('hund.amt');
  await editor.told('hund.amt');
  await editor.replace('hund.amt', 'nur wenn: herkunft', 'nur wenn: herkunf');
  const [wrong] = errors(await editor.told('hund.amt', ({ version, diagnostics }) => version === 2 && errors(diagnostics).length));
  assert.deepEqual(wrong.range, editor.range('hund.amt', 'herkunf', 1));
  const [fix] = await actions(editor, 'hund.amt', 'herkunf =');
  await editor.apply(fix.edit);
  assert.equal(editor.documents.get('hund.amt').text, text);
  const hover = await editor.at('textDocument/hover', 'hund.amt', 'Art:\u00a0per');
  assert.deepEqual(hover.range, editor.range('hund.amt', 'person', 2));
  await editor.apply(await editor.at('textDocument/rename', 'hund.amt', 'Abschnitt halt', { newName: 'hundehalter' }));
  assert.equal(editor.documents.get('hund.amt').text, text.replace('Abschnitt halter', 'Abschnitt hundehalter'));
});

test('sees what happens on the disk', async (t) => {
  const forms = await folder(t);
  const editor = await Editor.start(t, forms);
  await editor.open('hund.amt');
  await editor.told('hund.amt');
  assert.equal(editor.registered[0]?.method, 'workspace/didChangeWatchedFiles');
  await writeFile(join(forms, 'person.amt'), FILES['person.amt'].replace('Frage nachname', 'Frag nachname'));
  await editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: editor.uri('person.amt'), type: 2 }] });
  assert.equal(errors(await editor.told('person.amt', ({ diagnostics }) => diagnostics.length)).length, 1);
  await writeFile(join(forms, 'person.amt'), FILES['person.amt']);
  await editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: editor.uri('person.amt'), type: 2 }] });
  await editor.told('person.amt', ({ diagnostics }) => diagnostics.length === 0);
  // A file that is closed without saving is as it is on the disk.
  await editor.open('person.amt', 'Unsinn');
  await editor.told('person.amt', ({ diagnostics }) => diagnostics.length);
  await editor.notify('textDocument/didClose', { textDocument: { uri: editor.uri('person.amt') } });
  await editor.told('person.amt', ({ diagnostics }) => diagnostics.length === 0);
});

test('speaks the language of the editor, else that of the command line, else that of the file', async (t) => {
  const said = async (options) => {
    const editor = await Editor.start(t, await folder(t), options);
    await editor.open('hund.amt', HUND.replace(/  Wie es .*\n/, ''));
    await editor.open('hund.en.amt', FILES['hund.en.amt'].replace('Question heim', 'Question heimm'));
    const found = [(await editor.told('hund.amt'))[0], (await editor.told('hund.en.amt', ({ diagnostics }) => diagnostics.length))[0]];
    await editor.stop();
    return found.map(({ message }) => (/ist|gibt|nicht|kein|fehl/.test(message) ? 'de' : 'en')).join(' ');
  };
  assert.equal(await said({ locale: 'de-DE' }), 'de de');
  assert.equal(await said({ locale: 'en-GB' }), 'en en');
  assert.equal(await said({ locale: null }), 'de en');
  assert.equal(await said({ locale: 'en', args: ['--stdio', '--lang', 'de'] }), 'de de');
});

test('keeps going on requests that make no sense, and ends as the protocol says', async (t) => {
  const editor = await Editor.start(t, await folder(t));
  await editor.open('hund.amt');
  await assert.rejects(editor.request('textDocument/inlayHint', {}), /not answered/);
  await assert.rejects(editor.request('textDocument/hover', { nonsense: true }));
  await editor.notify('textDocument/didChange', { nonsense: true });
  const far = { line: 1_000_000, character: 4_000_000_000 };
  assert.equal(await editor.request('textDocument/hover', { textDocument: { uri: editor.uri('hund.amt') }, position: far }), null);
  await editor.type('hund.amt', { start: far, end: far }, '# Ende');
  assert.equal(await editor.request('textDocument/hover', { textDocument: { uri: 'untitled:1' }, position: far }), null);
  await editor.told('hund.amt');
  assert.equal(await editor.stop(), 0);
  // Without a word before it is an error.
  const other = await Editor.start(t, await folder(t));
  await other.notify('exit');
  assert.equal(await other.ended, 1);
});

test('knows files that are not saved yet as if they lay in the folder that is open', async (t) => {
  const editor = await Editor.start(t, await folder(t), { locale: 'de' });
  const text = (name) => `Sprache: Deutsch
Antrag ${name} "Katze anmelden"
  Fassung: 1, gültig ab 01.01.2026
  Kategorie: recht
  Rechtsgrundlage: "§ 1 Satzung"
  Frist: keine
  Aufbewahrung: 10 Jahre nach Erledigung
  Wie es weitergeht: "Sie bekommen einen Brief."
  verwendet: person

Abschnitt halter "Wer hält die Katze?"
  Frage person "Angaben zur Person"
    Art: persona

Zuständigkeit
  | person.nachname || an |
  | sonst           || amt |
`;
  for (const uri of ['untitled:Untitled-1', pathToFileURL(join(editor.folder, 'katze.amt')).href.replace('file://', 'untitled:')]) {
    const textDocument = { uri };
    const told = () => new Promise((resolve) => { editor.heard = (said) => said.uri === uri && resolve(said); });
    let said = told();
    await editor.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'amtsweg', version: 1, text: '' } });
    assert.equal((await said).version, 1);
    const { items } = await editor.request('textDocument/completion', { textDocument, position: { line: 0, character: 0 } });
    assert.ok(items.some(({ label }) => label === 'Sprache: Deutsch'));
    // It is called as what it describes, whatever its editor calls it.
    said = told();
    await editor.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: text('katze') }] });
    const codes = (await said).diagnostics.map(({ range, code }) => `${range.start.line}: ${code}`);
    assert.ok(codes.some((code) => code.startsWith('12: ')), `${codes}`);
    const { items: kinds } = await editor.request('textDocument/completion', { textDocument, position: { line: 12, character: 9 } });
    assert.ok(kinds.some(({ label }) => label === 'person'), 'a building block of the folder');
    said = told();
    await editor.notify('textDocument/didChange', { textDocument: { uri, version: 3 }, contentChanges: [{ text: text('katze').replace('persona', 'person') }] });
    assert.deepEqual((await said).diagnostics.map(({ severity, code, message }) => severity === 1 && `${code} ${message}`).filter(Boolean), []);
    // Nothing of it is left behind.
    said = told();
    await editor.notify('textDocument/didClose', { textDocument });
    assert.deepEqual((await said).diagnostics, []);
  }
  assert.equal(await editor.stop(), 0);
});

/** The folders of forms of the repository, each as the command line and an editor look at it. */
async function foldersOfForms() {
  const { stdout } = await run('git', ['ls-files', '-z', '*.amt'], { cwd: ROOT, maxBuffer: 1 << 26 });
  const folders = new Map();
  for (const file of stdout.split('\0').filter(Boolean)) {
    const parts = file.split('/').slice(0, -1);
    const forms = parts.indexOf('forms');
    const examples = file.startsWith('dsl/tests/examples/') ? 4 : undefined;
    const top = parts.slice(0, forms >= 0 ? forms + 1 : examples ?? 3).join('/');
    folders.set(top, [...(folders.get(top) ?? []), file.slice(top.length + 1)]);
  }
  return folders;
}

test('says on every file of the repository what the command line says', async (t) => {
  const folders = await foldersOfForms();
  let [files, messages] = [0, 0];
  for (const [top, names] of folders) {
    const whole = join(ROOT, top);
    const { stdout } = await amtsweg(['check', whole, '--format', 'json', '--lang', 'en']);
    const checked = JSON.parse(stdout);
    assert.equal(checked.folder, whole);
    const byFile = (all) => all.sort((one, other) => (one < other ? -1 : 1));
    const expected = byFile(checked.diagnostics.map(({ file, start, severity, code, message }) => `${file}:${start.line} ${severity} ${code} ${message}`));
    const editor = await Editor.start(t, whole, { args: ['--stdio', '--lang', 'en'] });
    for (const name of names) await editor.open(name);
    for (const name of names) await editor.told(name);
    const weights = ['', 'error', 'warning', 'hint'];
    const told = [...editor.diagnostics].flatMap(([file, { diagnostics }]) => diagnostics.map(({ range, severity, code, message }) => `${file}:${range.start.line + 1} ${weights[severity]} ${code} ${message.split('\n')[0]}`));
    assert.deepEqual(byFile(told).filter((said) => !expected.includes(said)), [], `${top}: the editor alone`);
    assert.deepEqual(expected.filter((said) => !told.includes(said)), [], `${top}: the command line alone`);
    assert.equal(told.length, expected.length, top);
    assert.equal(await editor.stop(), 0);
    files += names.length;
    messages += told.length;
  }
  t.diagnostic(`${files} files in ${folders.size} folders, ${messages} messages`);
  assert.ok(files > 300 && messages > 500, `${files} files, ${messages} messages`);
});
