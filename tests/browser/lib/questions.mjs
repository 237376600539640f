// What a page asks, read from its markup the way a person reads it: the questions with their labels, hints and errors.
// Runs inside the page, so it stands alone: no imports, no closures.

/**
 * The questions of a page in order: `{ kind, name, label, groups, options, hint, error, optional, value }`.
 *
 * `kind`: text, textarea, select, radio, checkbox, date, file. `name`: the field's name, of a date without its part.
 * `groups`: the legends around it, outermost first. `error`: without the hidden "Fehler: ".
 */
export function readQuestions() {
  const clean = (text) => text.replace(/[\s\u00a0]+/g, ' ').trim();
  const text = (element) => (element ? clean(element.textContent) : '');
  const form = [...document.querySelectorAll('main form')].filter((f) => f.method === 'post');
  const controls = form.flatMap((f) => [...f.elements])
    .filter((e) => e.matches('input, select, textarea') && !['hidden', 'submit', 'button', 'image'].includes(e.type));
  const seen = new Map();
  for (const control of controls) {
    const part = /^(.*)\.(day|month|year)$/.exec(control.name);
    const kind = part ? 'date' : control.matches('textarea') ? 'textarea' : control.matches('select') ? 'select'
      : ['radio', 'checkbox', 'file'].includes(control.type) ? control.type : 'text';
    const name = part ? part[1] : control.name;
    if (/(^|\.)_/.test(name)) continue; // Aids beside a question, such as a field for another place.
    if (!seen.has(name)) seen.set(name, { kind, name, controls: [] });
    seen.get(name).controls.push(control);
  }
  const labelOf = (control) => text(document.querySelector(`label[for="${CSS.escape(control.id)}"]`) ?? control.closest('label'));
  const legendOf = (fieldset) => text(fieldset.querySelector(':scope > legend'));
  const prefix = /^(Fehler|Error): ?/;
  const mark = / ?\((freiwillig|optional|kann nachgereicht werden|can be sent later)\)$/;
  return [...seen.values()].map(({ kind, name, controls }) => {
    const single = !['radio', 'date'].includes(kind) && !(kind === 'checkbox' && controls.length > 1);
    const around = [];
    for (let f = controls[0].closest('fieldset'); f; f = f.parentElement.closest('fieldset')) around.unshift(f);
    // The innermost fieldset of a choice or a date is the question itself, the others are groups around it.
    const own = kind === 'radio' || kind === 'date' || kind === 'checkbox' ? around.pop() : undefined;
    const others = own ? [...own.querySelectorAll('input, select, textarea')].filter((e) => e.name !== name && !e.name.startsWith(`${name}.`)) : [];
    const whole = own && (!single || others.length === 0) ? own : undefined;
    if (own && !whole) around.push(own);
    const label = whole && legendOf(whole) ? legendOf(whole) : labelOf(controls[0]);
    const described = [whole, ...controls].filter(Boolean)
      .flatMap((e) => (e.getAttribute('aria-describedby') ?? '').split(/\s+/)).filter(Boolean);
    const notes = [...new Set(described)].map((id) => text(document.getElementById(id)));
    const error = notes.find((note) => prefix.test(note));
    return {
      kind, name,
      label: label.replace(mark, ''),
      optional: mark.test(label),
      groups: around.map((f) => legendOf(f).replace(mark, '')).filter(Boolean),
      options: kind === 'select' ? [...controls[0].options].filter((o) => o.value !== '').map((o) => ({ value: o.value, label: text(o) }))
        : ['radio', 'checkbox'].includes(kind) ? controls.map((c) => ({ value: c.value, label: labelOf(c) })) : [],
      hint: notes.filter((note) => !prefix.test(note)).join(' '),
      error: error?.replace(prefix, ''),
      accept: controls[0].accept ?? '',
      autocomplete: controls[0].getAttribute('autocomplete') ?? '',
      inputMode: controls[0].inputMode ?? '',
      // Of a file what was handed over before: a browser shows nothing in the field itself.
      value: kind === 'file' ? [...controls[0].parentElement.querySelectorAll('.files li span')].map(text).join(', ')
        : kind === 'radio' || kind === 'checkbox' ? controls.filter((c) => c.checked).map((c) => labelOf(c)).join(', ')
        : controls.map((c) => c.value).join('.'),
    };
  });
}
