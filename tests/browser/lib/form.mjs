// Fills in pages by what a person sees: labels, options, buttons. The same with and without JavaScript.
import { readQuestions } from './questions.mjs';

/** Files that are what they say: the smallest of their kind. */
export const FILES = {
  pdf: {
    name: 'nachweis.pdf', mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n'
      + '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n'
      + '0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n'),
  },
  jpeg: {
    name: 'foto.jpg', mimeType: 'image/jpeg',
    buffer: Buffer.from('/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////'
      + '////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=', 'base64'),
  },
  png: {
    name: 'foto.png', mimeType: 'image/png',
    buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
  },
};

export const questions = (page) => page.evaluate(readQuestions);

/** The messages in the error summary and beside the questions: `[{ label, error }]`. */
export async function errors(page) {
  return (await questions(page)).filter(({ error }) => error).map(({ label, error }) => ({ label, error }));
}

/** `{ a: { b: 1 } }` as `{ 'a › b': 1 }`; files, lists and single values stay whole. */
function flatten(answers, before = []) {
  return Object.entries(answers).flatMap(([label, value]) => {
    const path = [...before, label];
    const nested = value !== null && typeof value === 'object' && !Array.isArray(value) && !value.buffer;
    return nested ? flatten(value, path) : [[path, value]];
  });
}

/** Does the path of labels (outer ones may be left out) name this question? */
function names(path, { label, groups, name }) {
  if (path.length === 1 && path[0] === `[${name}]`) return true;
  const whole = [...groups, label];
  if (path.at(-1) !== label) return false;
  let from = 0;
  return path.every((part) => {
    const found = whole.indexOf(part, from);
    from = found + 1;
    return found >= 0;
  });
}

/** Enters one answer: a text, "TT.MM.JJJJ", an option's label, a list of them, a file, true for a declaration. */
export async function enter(page, question, value) {
  const { kind, name, options, label } = question;
  const field = (suffix = '') => page.locator(`main [name="${name}${suffix}"]`);
  const option = (wanted) => {
    const found = options.find((o) => o.label === wanted) ?? options.find((o) => o.label.startsWith(wanted));
    if (!found) throw new Error(`"${label}" has no option "${wanted}", but: ${options.map((o) => o.label).join(' | ')}`);
    return found;
  };
  switch (kind) {
    case 'radio':
      return page.locator(`main [name="${name}"][value="${option(value).value}"]`).check();
    case 'checkbox': {
      const wanted = value === true ? options : [value].flat().filter((v) => v !== false).map(option);
      for (const { value: key } of options) {
        await page.locator(`main [name="${name}"][value="${key}"]`).setChecked(wanted.some((w) => w.value === key));
      }
      return undefined;
    }
    case 'date': {
      const [day, month, year] = value === '' ? ['', '', ''] : value.split('.');
      await field('.day').fill(day);
      await field('.month').fill(month);
      return field('.year').fill(year);
    }
    case 'select':
      return field().selectOption(option(value).value);
    case 'file':
      return field().setInputFiles(value);
    default:
      return field().fill(value);
  }
}

/** Enters whatever this page asks of `answers`; gives the labels it entered. */
export async function fill(page, answers) {
  const table = flatten(answers);
  const entered = [];
  for (const question of await questions(page)) {
    const found = table.findLast(([path]) => names(path, question));
    if (!found) continue;
    await enter(page, question, found[1]);
    entered.push(question.label);
  }
  return entered;
}

/** The button that leads on: the last one of the form that is none of the small ones. */
export const mainButton = (page) => page.locator('main form[method=post] button[type=submit]').last();

/** Presses a button or follows a link by its text and waits for the page after it. */
export async function press(page, text) {
  const target = typeof text === 'string'
    ? page.locator('main').getByRole('button', { name: text }).or(page.locator('main').getByRole('link', { name: text })).first()
    : text;
  await settled(page, () => target.click());
}

/**
 * Waits until the page that follows an action is there: a new document, or the swapped main part where a script does
 * that. A mark on the old main part tells both from the old page.
 */
export async function settled(page, action) {
  await page.evaluate(() => {
    for (const child of document.querySelector('main').children) child.setAttribute('data-test-old', '');
  });
  await action();
  await page.waitForFunction(() => document.readyState === 'complete' && !document.querySelector('main > [data-test-old]'),
    undefined, { polling: 50 });
}
