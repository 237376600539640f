// The form contract: what must hold on every page and what no public tool looks for.
// Each check has the number of its requirement; docs of the requirements: WCAG 2.2 and the GOV.UK Design System.
import { readQuestions } from './questions.mjs';

/** Words of the pages that the checks go by. */
const WORDS = {
  de: { error: 'Fehler: ', problem: 'Es gibt ein Problem', back: 'Zurück', optional: '(freiwillig)', change: 'Ändern' },
  en: { error: 'Error: ', problem: 'There is a problem', back: 'Back', optional: '(optional)', change: 'Change' },
};

const FOOTER = {
  de: [/Erklärung zur Barrierefreiheit/, /Barriere melden/, /Leichte Sprache/, /Gebärdensprache/, /Datenschutz/, /Impressum/],
  en: [/Accessibility statement/, /Report a barrier/, /Easy language/i, /Sign language/i, /Privacy/, /Imprint/],
};

/** Last part of a field's name to the token that browsers fill it in by, where it is about the person themselves. */
export const AUTOCOMPLETE = {
  vorname: 'given-name', vornamen: 'given-name', familienname: 'family-name', nachname: 'family-name',
  email: 'email', e_mail: 'email', telefon: 'tel', plz: 'postal-code', postleitzahl: 'postal-code',
  'geburtsdatum.day': 'bday-day', 'geburtsdatum.month': 'bday-month', 'geburtsdatum.year': 'bday-year',
};

const BANNED = ['ungültig', 'fehlerhaft', 'bitte', 'leider', 'unzulässig', 'Pflichtfeld', 'Dieses Feld ist erforderlich'];

/**
 * All failures on the page as `['A05 …', …]`.
 *
 * `lang`: de or en. `fresh`: the page was opened and nothing entered. `sentEmpty`: it came back after it was sent empty.
 * `procedure`: the page belongs to a procedure. `back`: it has a way back. `script`: JavaScript is on.
 */
export async function contract(page, { lang = 'de', fresh = false, sentEmpty = false, procedure = false, back = false, script = true } = {}) {
  const given = {
    lang, fresh, sentEmpty, procedure, back, script, words: WORDS[lang], banned: BANNED, autocomplete: AUTOCOMPLETE,
    footer: FOOTER[lang].map((pattern) => [pattern.source, pattern.flags]), width: page.viewportSize().width,
  };
  const look = () => page.evaluate(`(${checkPage})(${readQuestions}, ${JSON.stringify(given)})`);
  let failures = await look();
  // Browsers set the first focus with the first picture, which may come after the page is loaded.
  for (let wait = 0; wait < 10 && failures.some((failure) => failure.startsWith('A03')); wait += 1) {
    await new Promise((done) => setTimeout(done, 100));
    failures = await look();
  }
  return [...failures, ...await reflow(page)];
}

/** Runs inside the page: no imports, no closures. */
function checkPage(readQuestions, given) {
  const failures = [];
  const clean = (string) => string.replace(/[\s\u00a0]+/g, ' ').trim();
  const text = (element) => (element ? clean(element.textContent) : '');
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const show = (element) => (element.name ? `${element.type ?? element.localName} ${element.name}` : `${element.localName} "${text(element).slice(0, 40)}"`);
  const demand = (id, holds, message) => { if (!holds) failures.push(`${id} ${message}`); };
  const before = (a, b) => Boolean(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING);
  const refs = (element, attribute) => (element.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean);
  const visible = (element) => {
    const { width, height } = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return width > 1 && height > 1 && style.visibility === 'visible' && style.opacity !== '0';
  };

  const { words } = given;
  const main = document.querySelector('main') ?? document.body;
  const h1 = document.querySelector('h1');
  const forms = all('form', main).filter((form) => form.method === 'post');
  const inputs = forms.flatMap((form) => [...form.elements])
    .filter((e) => e.matches('input, select, textarea') && !['hidden', 'submit', 'button'].includes(e.type));
  const choice = (e) => ['radio', 'checkbox'].includes(e.type);
  const questions = readQuestions();

  // The messages beside the questions: the innermost elements with an id that begin with the word for an error.
  const word = words.error.trim();
  const marked = all('[id]', main).filter((e) => text(e).startsWith(word) && !e.querySelector('input, select, textarea') && !e.matches('label, legend, h1'));
  const inline = marked.filter((e) => !marked.some((other) => other !== e && e.contains(other)));
  const message = (e) => text(e).slice(word.length).trim();
  const heading = all('h2, h3', main).find((e) => text(e) === words.problem);
  const anchor = heading?.closest('[id="fehler"], [id$="error-summary"], [tabindex="-1"], [role="alert"], section, div');
  const summary = anchor ?? heading?.parentElement;
  const links = summary ? all('a', summary) : [];
  const faulty = inline.length > 0 || links.length > 0;
  const group = (control) => control.closest('fieldset');

  // A01 to A07: errors.
  demand('A01', document.title.startsWith(words.error) === faulty, faulty ? `title without "${words.error}": ${document.title}` : `title says error without one: ${document.title}`);
  if (given.procedure) demand('A01', document.title.split(' – ').length >= (given.back ? 3 : 2), `title is not question – procedure – authority: ${document.title}`);
  demand('A02', faulty === Boolean(summary), 'errors and summary do not go together');
  if (summary) {
    demand('A02', h1 && before(summary, h1), 'summary does not stand above h1');
    const early = all('main p, main form, main input, main button, main ul').find((e) => !summary.contains(e) && before(e, summary)
      && !e.closest('nav') && !text(e).startsWith(words.back) && !e.contains(summary));
    demand('A02', !early, `something stands before the summary: ${early && show(early)}`);
    demand('A02', !/^(alert|status)$/.test(summary.getAttribute('role') ?? '') , 'summary has a live role and the focus: it is read twice');
    demand('A02', links.length > 0, 'summary without links');
    const active = document.activeElement;
    const fragment = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const focused = active && active !== document.body && (summary === active || summary.contains(active) || active.contains(summary));
    const aimed = fragment && (summary === fragment || summary.contains(fragment) || fragment.contains(summary));
    demand('A03', focused || (!given.script && aimed), 'focus is not on the summary');
  }
  const linked = [];
  for (const link of links) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const href = link.getAttribute('href') ?? '';
    demand('A04', href.startsWith('#') && target, `summary link leads nowhere: ${href}`);
    if (!target) continue;
    linked.push(target);
    demand('A04', target.matches('input:not([type=hidden]), select, textarea, button, a[href]'), `summary link ${href} leads to ${target.localName}, not to a control`);
    if (choice(target)) demand('A04', all(`input[name="${CSS.escape(target.name)}"]`)[0] === target, `summary link ${href} does not lead to the first option`);
    const part = /^(.*)\.(day|month|year)$/.exec(target.name ?? '');
    if (part) {
      const parts = inputs.filter((e) => e.name.startsWith(`${part[1]}.`) && /\.(day|month|year)$/.test(e.name));
      const wrong = parts.filter((e) => e.getAttribute('aria-invalid') === 'true');
      demand('A04', (wrong[0] ?? parts[0]) === target, `summary link ${href} does not lead to the first part that is wrong`);
    }
  }
  demand('A05', JSON.stringify(links.map(text).sort()) === JSON.stringify(inline.map(message).sort()),
    `summary says ${JSON.stringify(links.map(text))}, the questions say ${JSON.stringify(inline.map(message))}`);
  for (const element of inline) {
    const users = all(`[aria-describedby~="${CSS.escape(element.id)}"]`, main);
    demand('A06', users.length > 0, `no control is described by the message "${text(element)}"`);
    demand('A05', message(element).length > 0, 'a message without words');
    demand('A05', visible(element), `message is not visible: ${text(element)}`);
    demand('A05', users.every((user) => user.matches('fieldset') || before(element, user)), `message stands after its control: ${text(element)}`);
    for (const user of users.filter((e) => e.matches('fieldset'))) {
      const first = user.querySelector('input, select, textarea');
      demand('A05', first && before(element, first), `message stands after the options: ${text(element)}`);
    }
    for (const bad of given.banned) {
      demand('A39', !new RegExp(`(^|[^\\p{L}])${bad}([^\\p{L}]|$)`, 'iu').test(message(element)), `"${bad}" in a message: ${text(element)}`);
    }
  }
  const messages = new Set(inline.map((e) => e.id));
  for (const element of all('[aria-describedby], [aria-labelledby], [for]', document)) {
    for (const attribute of ['aria-describedby', 'aria-labelledby', 'for']) {
      for (const id of refs(element, attribute)) demand('A06', document.getElementById(id), `${attribute}="${id}" of ${show(element)} names nothing`);
    }
  }
  for (const control of inputs) {
    const own = [control, group(control)].filter(Boolean);
    const holder = choice(control) || /\.(day|month|year)$/.test(control.name) ? own : [control];
    const has = holder.some((e) => refs(e, 'aria-describedby').some((id) => messages.has(id)));
    const invalid = control.getAttribute('aria-invalid') === 'true';
    if (invalid) demand('A06', has, `${show(control)} is marked wrong and has no message`);
    if (has && !choice(control) && !/\.(day|month|year)$/.test(control.name)) demand('A06', invalid, `${show(control)} has a message and is not marked wrong`);
  }
  for (const question of questions.filter(({ error }) => error)) {
    const own = inputs.filter((e) => e.name === question.name || (question.kind === 'date' && e.name.startsWith(`${question.name}.`)));
    const fieldset = group(own[0]);
    const wrong = own.some((e) => e.getAttribute('aria-invalid') === 'true') || fieldset?.getAttribute('aria-invalid') === 'true';
    demand('A06', wrong, `${question.name} has a message and nothing of it is marked wrong`);
    demand('A04', own.some((e) => linked.includes(e)), `no link of the summary leads to ${question.name}`);
  }

  // A08 to A18: questions.
  for (const form of forms) {
    demand('A08', form.noValidate, `form ${form.getAttribute('action')} without novalidate`);
    demand('A20', all('button', form).some((b) => b.type === 'submit'), `form ${form.getAttribute('action')} without a submit button`);
  }
  for (const control of inputs) {
    const labels = control.id ? all(`label[for="${CSS.escape(control.id)}"]`) : [];
    const who = show(control);
    demand('A08', !control.required && !control.hasAttribute('pattern') && !control.hasAttribute('min') && !control.hasAttribute('max'), `${who} is checked by the browser`);
    demand('A09', labels.length === 1, `${who} has ${labels.length} labels`);
    demand('A09', labels[0] && visible(labels[0]) && text(labels[0]).length > 0, `${who} has no visible label`);
    demand('A09', !control.placeholder, `${who} has a placeholder`);
    demand('A13', control.type !== 'number', `${who} is of type number`);
    if (['numeric', 'decimal'].includes(control.inputMode)) demand('A13', control.type === 'text', `${who} has a keyboard of digits and type ${control.type}`);
    if (control.type === 'email' || control.autocomplete === 'email') {
      demand('A13', control.type === 'email' && control.spellcheck === false && (control.maxLength < 0 || control.maxLength >= 254), `${who} is no proper e-mail field`);
    }
    if (control.autocomplete === 'tel') demand('A13', control.type === 'tel', `${who} is no telephone field`);
    if (choice(control) || /\.(day|month|year)$/.test(control.name)) {
      const alone = control.type === 'checkbox' && all(`input[name="${CSS.escape(control.name)}"]`).length === 1;
      const first = group(control)?.firstElementChild;
      demand('A10', alone || (first?.localName === 'legend' && text(first).length > 0), `${who} is not in a group that begins with its legend`);
    }
    if (choice(control)) {
      if (given.fresh) demand('A11', !control.checked, `${who} is chosen from the start`);
      const [label] = labels;
      if (label) demand('A11', control.getBoundingClientRect().left <= label.getBoundingClientRect().left, `${who} stands right of its label`);
    }
    const token = given.autocomplete[control.name.replace(/^(?:.*\.)?([^.]+(?:\.(?:day|month|year))?)$/, '$1')];
    if (token) demand('A12', ['off', token].includes(control.getAttribute('autocomplete')), `${who} has autocomplete="${control.getAttribute('autocomplete')}", not "${token}"`);
    demand('A29', !control.hasAttribute('onpaste'), `${who} refuses pasting`);
  }
  for (const fieldset of all('fieldset', main)) {
    demand('A10', fieldset.firstElementChild?.localName === 'legend', `a group does not begin with its legend: ${show(fieldset)}`);
  }
  for (const { kind, name } of questions.filter((q) => q.kind === 'date')) {
    const parts = inputs.filter((e) => e.name.startsWith(`${name}.`) && /\.(day|month|year)$/.test(e.name)).map((e) => e.name.split('.').at(-1));
    demand('A14', parts.join() === 'day,month,year', `${kind} ${name} has the parts ${parts}`);
  }
  if (questions.length === 1 && h1 && given.procedure) {
    demand('A10', h1.closest('legend, label') || text(h1) !== questions[0].label, 'the only question repeats the heading instead of being it');
  }
  // Words between a label and its control belong to the control: they must be tied to it.
  for (const control of inputs) {
    const label = control.id && document.querySelector(`label[for="${CSS.escape(control.id)}"]`);
    if (!label || choice(control) || label.contains(control)) continue;
    for (let e = label.nextElementSibling; e && e !== control && before(e, control) && !e.contains(control); e = e.nextElementSibling) {
      if (!text(e) || e.matches('label, input, fieldset, button') || e.querySelector('input, button, ul, a')) continue;
      const within = [e, ...all('[id]', e)].map(({ id }) => id);
      demand('A06', refs(control, 'aria-describedby').some((id) => within.includes(id)), `${show(control)} is not described by "${text(e).slice(0, 60)}"`);
    }
  }
  for (const fieldset of all('fieldset', main)) {
    const legend = fieldset.querySelector(':scope > legend');
    for (let e = legend?.nextElementSibling; e && !e.querySelector('input, select, textarea') && !e.matches('input, select, textarea, fieldset'); e = e.nextElementSibling) {
      if (!text(e) || !e.matches('p')) continue;
      const within = [e, ...all('[id]', e)].map(({ id }) => id);
      demand('A06', refs(fieldset, 'aria-describedby').some((id) => within.includes(id)), `the group "${text(legend)}" is not described by "${text(e).slice(0, 60)}"`);
    }
  }
  for (const element of new Set(inputs.flatMap((c) => [c, group(c)]).filter(Boolean).flatMap((e) => refs(e, 'aria-describedby')).map((id) => document.getElementById(id)).filter(Boolean))) {
    if (messages.has(element.id)) continue;
    demand('A16', !element.querySelector('a'), `a hint with a link: ${text(element)}`);
    demand('A16', !/\p{L}{4,}[.!?] \p{Lu}/u.test(text(element)), `a hint of more than one sentence: ${text(element)}`);
  }
  for (const label of all('label, legend', main)) demand('A17', !/\*/.test(text(label)), `a star in a label: ${text(label)}`);
  if (given.sentEmpty) {
    for (const question of questions) {
      demand('A17', question.error || question.optional || question.groups.length > 0 || question.value.replace(/\./g, '') !== '',
        `"${question.label}" may stay empty and does not say so`);
    }
  }

  // A19 to A23: ways on and back.
  if (given.back) {
    demand('A19', all('a', document).some((a) => text(a).startsWith(words.back) && a.getAttribute('href')), 'no link back');
  }
  for (const fake of all('[role=button], [onclick], a[href="#"], a:not([href])')) demand('A20', fake.localName === 'button', `not a real button or link: ${show(fake)}`);
  const rows = all('dl a, dl button', main);
  const rowNames = rows.map((e) => `${text(e)} ${e.getAttribute('aria-label') ?? ''}`);
  demand('A22', new Set(rowNames).size === rowNames.length, `links of the same name: ${rowNames.filter((n, i) => rowNames.indexOf(n) !== i)}`);
  for (const name of rowNames.filter((n) => n.startsWith(words.change))) demand('A22', name.trim() !== words.change, 'a link to change does not say what');

  // A30 to A43: the page.
  for (const control of [...inputs, ...all('button', main)]) {
    if (!visible(control) && !choice(control)) continue;
    const box = control.getBoundingClientRect();
    const [label] = control.id ? all(`label[for="${CSS.escape(control.id)}"]`) : [];
    demand('A30', box.width >= 23.5 && box.height >= 23.5, `${show(control)} is ${Math.round(box.width)} × ${Math.round(box.height)} px`);
    const whole = label && choice(control) ? label.getBoundingClientRect() : box;
    demand('A30', Math.max(box.bottom, whole.bottom) - Math.min(box.top, whole.top) >= 43.5 && Math.max(box.right, whole.right) - Math.min(box.left, whole.left) >= 43.5,
      `${show(control)} cannot be hit on 44 × 44 px`);
  }
  const luminance = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return { rgb: [r, g, b], alpha: a / 255 };
  };
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const { rgb, alpha } = rgba(getComputedStyle(e).backgroundColor);
      if (alpha > 0.99) return rgb;
    }
    return rgba('Canvas').rgb;
  };
  const contrast = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  if (!matchMedia('(forced-colors: active)').matches) {
    for (const control of inputs.filter((e) => visible(e) && e.type !== 'file')) {
      const style = getComputedStyle(control);
      if (style.appearance === 'auto' && choice(control)) continue; // drawn by the browser
      const paper = behind(control.parentElement);
      const edge = parseFloat(style.borderTopWidth) || parseFloat(style.borderBottomWidth) ? rgba(style.borderBottomColor) : rgba(style.backgroundColor);
      const seen = edge.rgb.map((c, i) => c * edge.alpha + paper[i] * (1 - edge.alpha));
      demand('A34', contrast(seen, paper) >= 3, `the border of ${show(control)} has a contrast of ${contrast(seen, paper).toFixed(1)}`);
    }
  }
  demand('A36', document.documentElement.lang === given.lang, `the page is in "${document.documentElement.lang}", not "${given.lang}"`);
  const footer = document.querySelector('footer');
  for (const [source, flags] of given.footer) {
    demand('A41', footer && all('a[href]', footer).some((a) => new RegExp(source, flags).test(text(a))), `no link in the footer for ${source}`);
  }
  const first = document.querySelector('a[href], button, input, select, textarea');
  const skip = first?.getAttribute('href')?.startsWith('#') ? document.getElementById(first.hash.slice(1)) : undefined;
  demand('A42', skip && (skip.matches('main') || main.contains(skip)), 'the first link does not skip to the content');
  demand('A42', all('h1').length === 1, `${all('h1').length} headings of the first level`);
  for (const landmark of ['header', 'main', 'footer']) demand('A42', all(`body > ${landmark}, body > div > ${landmark}`).length === 1, `no single ${landmark}`);
  const ids = all('[id]').map(({ id }) => id);
  demand('A43', new Set(ids).size === ids.length, `an id twice: ${ids.filter((id, i) => ids.indexOf(id) !== i)}`);
  const inlined = all('*').filter((e) => e.getAttributeNames().some((a) => a === 'style' || /^on/.test(a)) || (e.matches('style, script:not([src])')));
  demand('A43', inlined.length === 0, `style or script in the page: ${inlined.map(show)}`);
  demand('A43', all('meta[http-equiv=refresh]').length === 0, 'the page reloads by itself');
  return failures;
}

/** A33: nothing sticks out sideways, at the width of an old phone and with more space between letters, words and lines. */
async function reflow(page) {
  const failures = [];
  const measure = () => page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const out = [...document.querySelectorAll('body *')].filter((e) => {
      const box = e.getBoundingClientRect();
      return box.right > clientWidth + 1 && box.width > 1 && getComputedStyle(e).position !== 'absolute';
    });
    return scrollWidth > clientWidth ? `${scrollWidth} px of ${clientWidth}: ${out.slice(0, 3).map((e) => `${e.localName}.${e.className}`)}` : '';
  });
  const plain = await measure();
  if (plain) failures.push(`A33 scrolls sideways: ${plain}`);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });
  const spaced = await measure();
  if (spaced && !plain) failures.push(`A33 scrolls sideways with more spacing: ${spaced}`);
  await page.evaluate(() => { document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1); });
  return failures;
}

/**
 * A31, A32, A42 by keyboard: every control is reached by Tab in the order of the page, its focus is seen, and nothing
 * lies over it. With errors the first Tab leads to the first link of the summary (A03).
 */
export async function keyboard(page, { lang = 'de' } = {}) {
  const failures = [];
  const visited = [];
  const summary = await page.evaluate((problem) => {
    const heading = [...document.querySelectorAll('main h2, main h3')].find((e) => e.textContent.trim() === problem);
    return heading ? heading.parentElement.querySelector('a')?.getAttribute('href') ?? heading.parentElement.parentElement.querySelector('a')?.getAttribute('href') : undefined;
  }, WORDS[lang].problem);
  if (summary) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => document.activeElement.getAttribute('href'));
    if (at !== summary) failures.push(`A03 the first Tab leads to ${at}, not to the summary's first link ${summary}`);
  }
  // From the top of the document, whatever has the focus now.
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
  const states = await page.evaluate(`(${focusable})()`);
  for (let i = 0; i < states.length + 5; i += 1) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(`(${focused})()`);
    if (now === null || visited.some(({ index }) => index === now.index)) break;
    visited.push(now);
    const rest = states.find(({ index }) => index === now.index);
    if (rest && now.look === rest.look) failures.push(`A31 the focus on ${now.what} is not seen`);
    if (now.covered) failures.push(`A31 ${now.what} is covered by ${now.covered} when it has the focus`);
  }
  const order = visited.map(({ index }) => index);
  if (order.some((index, i) => i > 0 && index < order[i - 1])) failures.push('A32 Tab does not follow the order of the page');
  const missed = states.filter(({ index, group }) => !order.includes(index) && !(group && visited.some((v) => v.group === group)));
  if (missed.length > 0) failures.push(`A32 not reached by Tab: ${missed.map(({ what }) => what).join(', ')}`);
  return failures;
}

function focusable() {
  const everything = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')];
  const describe = (e) => `${e.localName} ${e.name || e.textContent.trim().slice(0, 30)}`;
  const look = (e) => {
    const all = [e, e.labels?.[0], e.parentElement].filter(Boolean);
    return JSON.stringify(all.map((x) => [undefined, '::before', '::after'].map((pseudo) => {
      const s = getComputedStyle(x, pseudo);
      return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderColor, s.borderWidth];
    })));
  };
  // A hidden first button only says what the Enter key does: it is no stop.
  const spare = (e) => e.tabIndex < 0 && e.getAttribute('aria-hidden') === 'true';
  return everything.filter((e) => !e.disabled && !spare(e) && e.getClientRects().length > 0 && getComputedStyle(e).visibility === 'visible')
    .map((e) => ({ index: everything.indexOf(e), what: describe(e), look: look(e), group: e.type === 'radio' ? e.name : undefined }));
}

function focused() {
  const everything = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')];
  const e = document.activeElement;
  if (!e || e === document.body || !everything.includes(e)) return null;
  const look = () => {
    const all = [e, e.labels?.[0], e.parentElement].filter(Boolean);
    return JSON.stringify(all.map((x) => [undefined, '::before', '::after'].map((pseudo) => {
      const s = getComputedStyle(x, pseudo);
      return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderColor, s.borderWidth];
    })));
  };
  const box = e.getClientRects()[0];
  const x = box.left + Math.min(box.width / 2, 5);
  const y = box.top + box.height / 2;
  const top = document.elementFromPoint(x, y);
  const own = top === null || e.contains(top) || top.contains(e) || [...(e.labels ?? [])].some((l) => l.contains(top));
  return {
    index: everything.indexOf(e), what: `${e.localName} ${e.name || e.textContent.trim().slice(0, 30)}`, look: look(),
    group: e.type === 'radio' ? e.name : undefined, covered: own ? '' : `${top.localName}.${top.className}`,
  };
}
