// README and docs: every page is in the summary, every link leads somewhere, samples of data and of Rust are true.
// Samples of the language are compiled in tests/tests/book/samples.rs.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readFile, readdir, stat } from 'node:fs/promises';
import { dirname, join, normalize, relative } from 'node:path';
import MarkdownIt from 'markdown-it';
import { parse as parseToml } from 'smol-toml';
import { ROOT } from './lib/app.mjs';

const markdown = new MarkdownIt({ html: true });
const SOURCE = join(ROOT, 'docs/src');

async function list(folder, ending) {
  const found = await readdir(folder, { recursive: true });
  return found.filter((name) => name.endsWith(ending) && !/(^|\/)(target|node_modules)\//.test(name)).map((name) => join(folder, name)).sort();
}

/** An anchor as mdBook makes it from a heading's text. */
export function anchor(text) {
  return [...text.trim()].map((c) => (/[\p{L}\p{N}_-]/u.test(c) ? c.replace(/[A-Z]/, (u) => u.toLowerCase()) : /\s/.test(c) ? '-' : '')).join('');
}

/** A page: its tokens, the anchors of its headings, its links with their lines, its code blocks. */
async function read(path) {
  const text = await readFile(path, 'utf8');
  const page = { path, text, name: relative(ROOT, path), anchors: new Set(), links: [], blocks: [] };
  const count = new Map();
  let heading;
  const inline = (token, line) => {
    for (const child of token.children ?? []) {
      const target = child.attrGet?.('href') ?? child.attrGet?.('src');
      if (target) page.links.push({ target: decodeURI(target), line });
      if (child.type === 'html_inline') html(child.content, line);
    }
  };
  const html = (content, line) => {
    for (const [, kind, target] of content.matchAll(/\b(href|src|srcset|id)="([^"]+)"/g)) {
      if (kind === 'id') page.anchors.add(target);
      else page.links.push({ target, line });
    }
  };
  for (const token of markdown.parse(text, {})) {
    const line = (token.map?.[0] ?? 0) + 1;
    if (token.type === 'heading_open') heading = true;
    if (token.type === 'inline') {
      if (heading) {
        const words = token.children.filter(({ type }) => ['text', 'code_inline'].includes(type)).map(({ content }) => content).join('');
        const base = anchor(words);
        const before = count.get(base) ?? 0;
        count.set(base, before + 1);
        page.anchors.add(before ? `${base}-${before}` : base);
      }
      inline(token, line);
    }
    if (token.type === 'heading_close') heading = false;
    if (token.type === 'html_block') html(token.content, line);
    if (token.type === 'fence') {
      const [language = '', ...marks] = token.info.trim().split(/[\s,]+/);
      page.blocks.push({ language, marks, content: token.content, line, where: `${page.name}:${line}` });
    }
  }
  return page;
}

const pages = await Promise.all([join(ROOT, 'README.md'), ...await list(SOURCE, '.md')].map(read));
const blocks = (language) => pages.flatMap((page) => page.blocks).filter((block) => block.language === language);

test('SUMMARY.md lists every page, and nothing else', () => {
  const summary = pages.find(({ path }) => path === join(SOURCE, 'SUMMARY.md'));
  assert.ok(summary, 'docs/src/SUMMARY.md is missing');
  const listed = summary.links.map(({ target }) => normalize(target.split('#')[0]));
  const there = pages.map(({ path }) => relative(SOURCE, path)).filter((name) => !name.startsWith('..') && name !== 'SUMMARY.md');
  assert.deepEqual(there.filter((name) => !listed.includes(name)), [], 'pages that nobody finds');
  assert.deepEqual(listed.filter((name) => !there.includes(name)), [], 'entries without a page');
  assert.equal(new Set(listed).size, listed.length, 'a page is listed twice');
});

test('every link and every picture leads somewhere', async () => {
  const broken = [];
  let followed = 0;
  for (const { path, name, links } of pages) {
    for (const { target, line } of links) {
      if (/^(https?|mailto):/.test(target)) continue;
      followed += 1;
      const [file, fragment] = target.split('#');
      const aim = file ? join(dirname(path), file) : path;
      const exists = await stat(aim).then(() => true, () => false);
      if (!exists) broken.push(`${name}:${line}: ${target}`);
      if (exists && fragment && aim.endsWith('.md')) {
        const page = pages.find((other) => other.path === aim) ?? await read(aim);
        if (!page.anchors.has(fragment)) broken.push(`${name}:${line}: ${target} (no such heading)`);
      }
    }
  }
  assert.deepEqual(broken, []);
  assert.ok(followed > 0, 'no link was found');
});

test('TOML and JSON samples parse', () => {
  for (const { content, where } of blocks('toml')) assert.doesNotThrow(() => parseToml(content), where);
  for (const { content, where } of blocks('json')) assert.doesNotThrow(() => JSON.parse(content), where);
});

test('Rust samples are code that is built', async () => {
  const sources = [];
  for (const folder of ['dsl', 'runtime', 'examples', 'tests']) {
    for (const path of await list(join(ROOT, folder), '.rs')) sources.push(await readFile(path, 'utf8'));
  }
  const lean = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean).join('\n');
  const built = sources.map(lean);
  for (const page of pages) {
    // A page that a crate takes in as its documentation is compiled by the doc tests.
    const included = sources.some((source) => source.includes('include_str!') && source.includes(relative(ROOT, page.path)));
    for (const { content, where } of page.blocks.filter(({ language, marks }) => language === 'rust' && !marks.includes('text'))) {
      assert.ok(included || built.some((source) => source.includes(lean(content))), `${where}: this Rust stands in no file that is built`);
    }
  }
});

test('anchors are made as mdBook makes them', () => {
  for (const [heading, expected] of [
    ['What it means', 'what-it-means'], ['`nur wenn:` and `only if:`', 'nur-wenn-and-only-if'],
    ['Gebühr & Zuständigkeit', 'gebühr--zuständigkeit'], ['AW0123', 'aw0123'],
  ]) assert.equal(anchor(heading.replace(/`/g, '')), expected);
});
