// Looks at one page in every light: widths, colours, axe, the form contract, the keyboard, the markup.
import assert from 'node:assert/strict';
import { WIDTHS } from './browser.mjs';
import { axe } from './axe.mjs';
import { contract, keyboard } from './contract.mjs';

/**
 * In which light and width a page is looked at. All rules of axe run on both widths and in both lights once; where only
 * the colours or only the width differ from that, the rules about colours and sizes do.
 */
const VIEWS = [
  { width: 'phone', colorScheme: 'light' },
  { width: 'desktop', colorScheme: 'dark' },
  { width: 'phone', colorScheme: 'dark', looks: true },
  { width: 'desktop', colorScheme: 'light', looks: true },
  // The browser chooses the colours: what is left to see is whether everything is still there.
  { width: 'phone', forcedColors: 'active', axe: false },
  { width: 'desktop', forcedColors: 'active', axe: false },
];
/** For a page whose twin in another language was looked at in every view: only its words can differ. */
const BRIEF = [VIEWS[0], { ...VIEWS[1], axe: false }];

/**
 * All that is wrong with the page as it stands: `[{ where, failure }]`. `pages` keeps its markup for the HTML checker.
 * `state`: see `contract`. `depth`: 'full' for every light and width, the keyboard and paper; 'brief' for a twin in another
 * language; 'markup' for the page as it stands.
 */
export async function inspect(page, name, { pages, depth = 'full', ...state }) {
  const failures = [];
  const note = (where, found) => failures.push(...found.map((failure) => ({ where: `${name} (${where})`, failure })));
  // Before anything moves the focus: how the page greets.
  note('contract', await contract(page, { ...state, script: page.javaScript }));
  await pages.keep(name, `<!DOCTYPE html>\n${await page.evaluate(() => document.documentElement.outerHTML)}`);
  if (depth === 'full') note('keyboard', await keyboard(page, state));
  const before = page.viewportSize();
  for (const { width, colorScheme = 'light', forcedColors = 'none', ...view } of { full: VIEWS, brief: BRIEF, markup: [] }[depth]) {
    await page.setViewportSize(WIDTHS[width]);
    await page.emulateMedia({ colorScheme, forcedColors });
    const where = `${width}, ${forcedColors === 'active' ? 'forced colours' : colorScheme}`;
    const sized = await contract(page, { ...state, script: page.javaScript });
    note(where, sized.filter((failure) => /^A(30|33|34)/.test(failure)));
    if (page.javaScript && view.axe !== false) note(where, await axe(page, view));
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null });
  if (depth === 'full') note('on paper', await paper(page));
  await page.setViewportSize(before);
  note('console', page.problems.splice(0));
  return failures;
}

/** Fails with each failure once, with the places where it was seen. */
export function assertNone(failures) {
  const places = new Map();
  for (const { where, failure } of failures) places.set(failure, [...(places.get(failure) ?? []), where]);
  const lines = [...places].map(([failure, where]) => `${failure}\n    at ${where[0]}${where.length > 1 ? ` and ${where.length - 1} more` : ''}`);
  if (lines.length > 0) assert.fail(`${lines.length} kinds of failures:\n${lines.join('\n')}`);
}

/** A35: on paper no buttons, but everything that was answered; and nothing moves for those who asked for that. */
async function paper(page) {
  const failures = [];
  const shown = (selector) => page.locator(selector).evaluateAll((all) => all.filter((e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility === 'visible').map((e) => e.textContent.trim()));
  const rows = await shown('main dd');
  await page.emulateMedia({ media: 'print' });
  const buttons = await shown('main button');
  if (buttons.length > 0) failures.push(`A35 buttons on paper: ${buttons.join(', ')}`);
  const kept = await shown('main dd:not(.acts)');
  if (rows.length > 0 && kept.length === 0) failures.push('A35 no answers on paper');
  await page.emulateMedia({ media: 'screen', reducedMotion: 'reduce' });
  const moving = await page.evaluate(() => document.getAnimations().length);
  if (moving > 0) failures.push(`A35 ${moving} animations for somebody who wants none`);
  await page.emulateMedia({ media: null, reducedMotion: null });
  return failures;
}
