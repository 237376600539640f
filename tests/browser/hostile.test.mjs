// Two hundred requests that nobody sends by mistake, over bare connections: never a 5xx, always a page or a problem
// document, the answers given before are kept, and the process lives.
import test from 'node:test';
import assert from 'node:assert/strict';
import { App } from './lib/app.mjs';
import { Client, formOf, raw } from './lib/client.mjs';
import { FILES } from './lib/form.mjs';

const PROCEDURE = 'wilder_muell';
const KEPT = 'Hinter der Bushaltestelle';

const bytes = (...parts) => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
const encode = (value) => encodeURIComponent(value);
const many = (count, make) => Array.from({ length: count }, (_, i) => make(i)).join('&');

/** Texts that have broken something somewhere. */
const TEXTS = {
  'markup': '<script>alert(1)</script><img src=x onerror=alert(1)>', 'attribute': '" autofocus onfocus="alert(1)', 'entity': '&lt;&#0;&amp;',
  'template': '{{7*7}}${7*7}<%= 7*7 %>{name}', 'SQL': "'; DROP TABLE amtsweg_draft; --", 'formula': '=HYPERLINK("http://example.org")',
  'header': 'a\r\nSet-Cookie: x=1\r\n\r\nBcc: a@example.org', 'dot': '\r\n.\r\nQUIT\r\n', 'path': '../../../../etc/passwd', 'null word': 'null',
  'right to left': '\u202Etxt.exe\u2066', 'zero width': '\u200B\u200C\u200D\uFEFF', 'combining': `Z${'\u0301'.repeat(5000)}`, 'emoji': '👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'lone bidi': '\u2067'.repeat(100), 'number word': 'NaN', 'infinite': '1e999', 'negative': '-0', 'huge number': '9'.repeat(4000), 'decimal comma': '1,5,5',
  'date': '0000-00-00', 'long line': 'a'.repeat(100_000), 'many lines': '\n'.repeat(50_000), 'one megabyte': 'ä'.repeat(480_000), 'control': '\u0001\u0008\u001b[31m',
};

/** Bodies of a form that no form sends. `f`: the form's action, its hidden fields, the names it asks. */
const BODIES = {
  'empty': () => '',
  'only a sign': () => '=&=&&&=;%',
  'broken escapes': (f) => `${f}&lage=%zz%f&fund=%`,
  'invalid UTF-8': (f) => `${f}&lage=%ff%fe%c3%28`,
  'NUL': (f) => `${f}&lage=a%00b`,
  'overlong': (f) => `${f}&lage=%c0%af%e0%80%af`,
  'surrogates': (f) => `${f}&lage=%ed%a0%80%ed%b0%80`,
  'doubled keys': (f) => `${f}&flaeche=wald&flaeche=strasse&lage=a&lage=b`,
  '500 doubled keys': (f) => `${f}&${many(500, () => 'lage=x')}`,
  '10,000 fields': (f) => `${f}&${many(10_000, (i) => `feld${i}=x`)}`,
  '10,000 list entries': (f) => `${f}&${many(10_000, (i) => `arten=${i}`)}`,
  'unknown option': (f) => `${f}&flaeche=mond&lage=x`,
  'deep name': (f) => `${f}&${'a.'.repeat(2000)}b=1`,
  'huge index': (f) => `${f}&hunde.99999999999999999999.rufname=x&hunde.-1.rufname=x&hunde.1e9.rufname=x`,
  'prototype': (f) => `${f}&__proto__.x=1&constructor.prototype=1`,
  'wrong token': () => '_token=falsch&lage=x',
  'token twice': (f) => `${f}&${f}`,
  'unknown action': (f) => `${f}&_action=${encode('remove:99999999999999999999')}`,
  'action of markup': (f) => `${f}&_action=${encode('<b>')}`,
};

const urlencoded = 'application/x-www-form-urlencoded';

/** A multipart body of parts `[head, content]`. */
function multipart(boundary, parts, end = `--${boundary}--\r\n`) {
  return bytes(...parts.flatMap(([head, content]) => [`--${boundary}\r\n${head}\r\n\r\n`, content, '\r\n']), end);
}
const field = (name, value) => [`Content-Disposition: form-data; name="${name}"`, value];
const file = (name, filename, type, content) => [`Content-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: ${type}`, content];

/** Uploads. `h`: the hidden fields as parts. */
const UPLOADS = {
  'a PNG by name, markup by content': (h) => multipart('x', [...h, file('fotos', 'foto.png', 'image/png', '<html><script>1</script>')]),
  'a program': (h) => multipart('x', [...h, file('fotos', 'foto.png', 'image/png', [0x4d, 0x5a, 0x90, 0, 0x7f, 0x45, 0x4c, 0x46])]),
  'empty file': (h) => multipart('x', [...h, file('fotos', 'leer.png', 'image/png', '')]),
  'a path as a name': (h) => multipart('x', [...h, file('fotos', '../../../../tmp/x.png', 'image/png', FILES.png.buffer)]),
  'a name of markup': (h) => multipart('x', [...h, file('fotos', '<img src=x>.png', 'image/png', FILES.png.buffer)]),
  'a name of bytes': (h) => multipart('x', [...h, file('fotos', '\u0001\u202Egnp.exe', 'image/png', FILES.png.buffer)]),
  'a long name': (h) => multipart('x', [...h, file('fotos', `${'n'.repeat(9000)}.png`, 'image/png', FILES.png.buffer)]),
  'no end': (h) => multipart('x', [...h, file('fotos', 'foto.png', 'image/png', FILES.png.buffer)], ''),
  'no parts': () => bytes('--x--\r\n'),
  'wrong boundary': (h) => multipart('y', h),
  'no name': (h) => multipart('x', [...h, ['Content-Disposition: form-data', 'x']]),
  'no disposition': (h) => multipart('x', [...h, ['X-Nothing: 1', 'x']]),
  '1,500 parts': (h) => multipart('x', [...h, ...Array.from({ length: 1500 }, (_, i) => field(`f${i}`, 'x'))]),
  '30 files': (h) => multipart('x', [...h, ...Array.from({ length: 30 }, (_, i) => file('fotos', `${i}.png`, 'image/png', FILES.png.buffer))]),
  '20 MB': (h) => multipart('x', [...h, file('fotos', 'gross.png', 'image/png', Buffer.concat([FILES.png.buffer, Buffer.alloc(20 << 20)]))]),
  'a file for a text': (h) => multipart('x', [...h, file('arten', 'x.png', 'image/png', FILES.png.buffer)]),
  'a text for a file': (h) => multipart('x', [...h, field('fotos', 'nur Text')]),
  'a bad charset': (h) => multipart('x', [...h, [`${field('lage', '')[0]}\r\nContent-Type: text/plain; charset=utf-7`, '+ADw-script+AD4-']]),
  'long part head': (h) => multipart('x', [...h, [`Content-Disposition: form-data; name="lage"\r\nX-Long: ${'a'.repeat(100_000)}`, 'x']]),
};

const right = { flaeche: 'container', lage: 'x', arten: ['sperrmuell'], menge: 'tasche', gefahr: 'harmlos', entdeckt: '2026-01-01', gesehen: false, antwort: false };
const deep = (open, close, count) => open.repeat(count) + close.repeat(count);

/** Bodies for the JSON API: text or bytes. */
const JSONS = {
  'nothing': '', 'a text': '"x"', 'a number': '7', 'null': 'null', 'a list': '[]', 'cut off': '{"flaeche": "cont',
  'deep lists': deep('[', ']', 20_000), 'deep objects': `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`, 'deep in an answer': JSON.stringify(right).replace('"x"', deep('[', ']', 3000)),
  'doubled key': '{"flaeche":"wald","flaeche":"container"}', 'unknown keys': JSON.stringify({ ...right, fremd: 1, __proto__: undefined, constructor: {} }),
  'wrong types': JSON.stringify({ flaeche: 1, lage: {}, arten: 'sperrmuell', menge: [], gefahr: true, entdeckt: 5, gesehen: 'ja', antwort: null }),
  'all null': JSON.stringify(Object.fromEntries(Object.keys(right).map((key) => [key, null]))),
  'lone surrogate': '{"lage":"\\ud800"}', 'NUL': '{"lage":"a\\u0000b"}', 'invalid UTF-8': [0x7b, 0x22, 0x6c, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d],
  'huge number': '{"lage":1e400}', 'long digits': `{"lage":${'9'.repeat(10_000)}}`, 'NaN': '{"lage":NaN}', 'comment': '{/* */}', 'byte order mark': '\ufeff{}',
  'many keys': JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, 1]))),
  'many entries': JSON.stringify({ ...right, arten: Array(50_000).fill('sperrmuell') }),
  'one megabyte': JSON.stringify({ ...right, lage: 'a'.repeat(1_000_000) }), 'five megabytes': JSON.stringify({ ...right, lage: 'a'.repeat(5_000_000) }),
  'impossible day': JSON.stringify({ ...right, entdeckt: '2026-02-30' }), 'far day': JSON.stringify({ ...right, entdeckt: '+999999-01-01' }),
  'invented file': JSON.stringify({ ...right, fotos: [{ name: 'x.png', media_type: 'image/png', size: 1, sha256: 'x', id: '../../x' }] }),
  'file of another': JSON.stringify({ ...right, fotos: [{ name: 'x.png', media_type: 'image/png', size: 68, sha256: '0'.repeat(64), id: '018f0000-0000-7000-8000-000000000000' }] }),
};

/** Addresses that lead nowhere. */
const PATHS = [
  '/%00', '/%ff%fe', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fCargo.toml', '//example.org', `/${'a'.repeat(6000)}`, '/wilder_muell/%00', '/wilder_muell/fund/0',
  '/wilder_muell/fund/99999999999999999999', '/wilder_muell/fund/-1', '/s/', '/s/%00', '/s/0000000000', `/s/${'0'.repeat(5000)}`, '/en/en/en', '/k/%f0%9f%92%a9', '/k/', '/?x=%00',
  '/hund_anmelden/hunde/6', '/hund_anmelden/hunde/999', '/api/v1/procedures/..%2f..%2fx/schema', '/api/v1/', '/api/v1/procedures/%00/schema', '/wilder_muell/pruefen', '/leicht', '/wilder_muell?lage=%3Cscript%3E',
];

/** Whole requests that are no HTTP, or barely; here the connection itself is the answer. */
const REQUESTS = {
  'markup in the address': 'GET /?<script> HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  'no HTTP': 'HALLO\r\n\r\n', 'binary': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 'two lengths': 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx',
  'length and chunks': 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 'bad chunks': 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'negative length': 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n', 'no host': 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 'two hosts': 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n',
  'TRACE': 'TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'CONNECT': 'CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'invented method': 'FRESSEN / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  '5,000 headers': `GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${Array.from({ length: 5000 }, (_, i) => `X-${i}: 1\r\n`).join('')}\r\n`,
  'long header': `GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-A: ${'a'.repeat(600_000)}\r\n\r\n`, 'long cookie': `GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: ${'a=b; '.repeat(6000)}\r\n\r\n`,
};

test('hostile requests get a page or a problem document', async (t) => {
  const app = await App.start(t);
  const client = new Client(app.url);
  // A draft with an answer, so that there is something to lose.
  let page = await client.get(`/${PROCEDURE}`);
  for (let step = 0; step < 5 && !page.url.endsWith('/fund'); step += 1) {
    if (formOf(page.text, page.url)) {
      const sent = await client.send(page, { flaeche: 'container', lage: KEPT });
      assert.equal(sent.status, 303, sent.text.slice(0, 2000));
      page = await client.get(new URL(sent.location, page.url));
    } else {
      page = await client.get(/href="([^"]*wilder_muell\/[^"]*)"/.exec(page.text)[1]);
    }
  }
  const first = await client.get(`/${PROCEDURE}/fundstelle`);
  assert.ok(first.text.includes(KEPT), 'the draft does not hold the answer');
  const form = formOf(first.text, first.url);
  const second = formOf(page.text, page.url);
  const hidden = ({ fields }) => Object.entries(fields).map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');

  const { host } = new URL(app.url);
  const request = (method, path, type, body, headers = '') => bytes(
    `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nOrigin: ${app.url}\r\nCookie: ${client.cookie}\r\n${headers}`,
    type ? `Content-Type: ${type}\r\n` : '', body === undefined ? '\r\n' : `Content-Length: ${Buffer.from(body).length}\r\n\r\n`, body ?? '',
  );
  const formPath = new URL(form.action).pathname;
  const uploadPath = new URL(second.action).pathname;
  const cases = [];
  const add = (name, sent, options = {}) => cases.push({ name, sent, ...options });

  for (const [name, text] of Object.entries(TEXTS)) {
    add(`text: ${name}`, request('POST', formPath, urlencoded, `${hidden(form)}&flaeche=wald&lage=${encode(text)}`), { echo: text });
    add(`choice: ${name}`, request('POST', formPath, urlencoded, `${hidden(form)}&flaeche=${encode(text)}&lage=x`));
    add(`date: ${name}`, request('POST', uploadPath, urlencoded, `${hidden(second)}&entdeckt.day=${encode(text)}&entdeckt.month=1&entdeckt.year=${encode(text)}`));
    add(`API: ${name}`, request('POST', `/api/v1/procedures/${PROCEDURE}/submissions`, 'application/json', JSON.stringify({ ...right, lage: text, menge: text })), { api: true });
  }
  for (const [name, make] of Object.entries(BODIES)) add(`form: ${name}`, request('POST', formPath, urlencoded, make(hidden(form))));
  for (const type of ['text/plain', 'application/json', 'application/xml', 'multipart/form-data', 'x'.repeat(3000), '']) {
    add(`form as ${type.slice(0, 30)}`, request('POST', formPath, type, `${hidden(form)}&lage=x`));
  }
  const parts = Object.entries(second.fields).map(([name, value]) => field(name, value));
  for (const [name, make] of Object.entries(UPLOADS)) add(`upload: ${name}`, request('POST', uploadPath, 'multipart/form-data; boundary=x', make(parts)));
  for (const [name, body] of Object.entries(JSONS)) {
    add(`JSON: ${name}`, request('POST', `/api/v1/procedures/${PROCEDURE}/submissions`, 'application/json', body), { api: true });
  }
  for (const path of PATHS) add(`address: ${path.slice(0, 40)}`, request('GET', path));
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) add(`${method} on a page`, request(method, formPath, urlencoded, 'x=1'));
  for (const [name, text] of Object.entries(REQUESTS)) add(`request: ${name}`, Buffer.from(text, 'latin1'), { wire: true });
  assert.ok(cases.length >= 200, `only ${cases.length} cases`);

  const wrong = [];
  for (const { name, sent, api, wire, echo } of cases) {
    const { status, headers, body } = await raw(app.url, sent);
    const says = (problem) => wrong.push(`${name}: ${status} ${problem}`);
    if (!app.alive) {
      says('the process is gone');
      break;
    }
    if (status >= 500) says(body.slice(0, 200));
    if (wire) continue; // The HTTP library may answer these itself, or hang up.
    if (status === 0) says('hung up without an answer');
    if (status >= 300 && status < 400) continue;
    if (api && status >= 400 && !/content-type: application\/problem\+json/.test(headers)) says(`no problem document: ${headers}`);
    if (!api && status >= 400 && !/content-type: (text\/html|application\/problem\+json)/.test(headers)) says(`neither a page nor a problem document: ${headers}`);
    if (/content-type: text\/html/.test(headers) && !body.includes('<main')) says('a page without content');
    if (api && status < 300) says('was taken');
    if (echo && /content-type: text\/html/.test(headers) && /<script>alert|<img src=x|" autofocus onfocus/.test(body)) says('markup comes back as markup');
  }
  assert.deepEqual(wrong, []);
  assert.equal((await client.get('/')).status, 200);
  const after = await client.get(`/${PROCEDURE}/fundstelle`);
  assert.equal(after.status, 200);
  assert.deepEqual(app.log.filter((line) => /panick/i.test(line)), []);
  // What was given before the attacks is still a draft that can be finished.
  assert.ok(formOf(after.text, after.url).names.includes('lage'));
});

test('answers are kept when a page comes back', async (t) => {
  const app = await App.start(t);
  const client = new Client(app.url);
  let page = await client.get(`/${PROCEDURE}/fundstelle`);
  if (!formOf(page.text, page.url)?.names.includes('lage')) {
    const start = await client.get(`/${PROCEDURE}`);
    if (formOf(start.text, start.url)) await client.send(start, {});
    page = await client.get(`/${PROCEDURE}/fundstelle`);
  }
  for (const text of ['<b>fett</b> & "Zitat"', 'x'.repeat(600), '👩‍👧 Straße, Zaun', "O'Brien; -- {{x}}"]) {
    const answer = await client.send(page, { flaeche: 'mond', lage: text });
    assert.equal(answer.status, 422, text);
    const shown = answer.text.replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
    assert.ok(shown.includes(text), `"${text.slice(0, 40)}" was lost`);
    assert.ok(!answer.text.includes('<b>fett'), 'markup comes back as markup');
    page = answer;
  }
});
