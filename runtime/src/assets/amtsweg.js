// Posts pages and swaps in what the server renders. Everything works without it.
(() => {
  'use strict';
  const main = () => document.querySelector('main');
  let busy = false;

  function show(page, address, push) {
    const fresh = new DOMParser().parseFromString(page, 'text/html');
    if (!fresh.querySelector('main') || fresh.querySelector('script[src]')?.getAttribute('src') !== document.querySelector('script[src]')?.getAttribute('src')) {
      return false;
    }
    document.documentElement.lang = fresh.documentElement.lang;
    document.title = fresh.title;
    for (const part of ['header', 'main', 'footer']) {
      document.querySelector(part).replaceWith(fresh.querySelector(part));
    }
    if (push) history.pushState({}, '', address); else history.replaceState({}, '', address);
    ready();
    aim(new URL(address, location.href).hash);
    return true;
  }

  // The error summary, else the place that the address names, else the top of the page.
  function aim(hash) {
    const found = document.getElementById('fehler') ?? document.getElementById('hinweis')
      ?? (hash && document.getElementById(decodeURIComponent(hash.slice(1))));
    const target = found || main().querySelector('h1') || main();
    if (!target.matches('input, select, textarea, button, a[href]') && !target.hasAttribute('tabindex')) target.tabIndex = -1;
    if (!found) scrollTo(0, 0);
    target.focus();
    if (found) target.scrollIntoView({ block: 'nearest' });
  }

  async function send(form, button) {
    const data = new FormData(form, button);
    const files = form.enctype === 'multipart/form-data';
    const answer = await fetch(form.action, {
      method: 'POST', body: files ? data : new URLSearchParams(data), headers: { Accept: 'text/html' },
    });
    const kind = answer.headers.get('content-type') ?? '';
    if (!kind.startsWith('text/html')) throw new Error('not a page');
    // fetch does not tell the fragment of a redirect: the button says where it leads.
    const address = answer.url + (button?.dataset.aim ? `#${button.dataset.aim}` : '');
    if (!show(await answer.text(), address, answer.url !== location.href.split('#')[0])) location.assign(address);
  }

  addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post' || event.defaultPrevented || !main().contains(form)) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    main().setAttribute('aria-busy', 'true');
    send(form, event.submitter).catch(() => {
      // The network or the server did not answer as expected: as without a script.
      const button = event.submitter;
      if (button?.name) {
        const field = document.createElement('input');
        Object.assign(field, { type: 'hidden', name: button.name, value: button.value });
        form.append(field);
      }
      form.submit();
    }).finally(() => {
      busy = false;
      main().removeAttribute('aria-busy');
    });
  });

  addEventListener('popstate', (event) => {
    if (event.state) location.reload();
  });

  // Links of the error summary: the control itself gets the focus, its label stays in sight.
  addEventListener('click', (event) => {
    const link = event.target.closest?.('.summary a[href^="#"]');
    const control = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!control) return;
    event.preventDefault();
    (control.closest('fieldset, .q') ?? control).scrollIntoView();
    control.focus({ preventScroll: true });
  });

  function ready() {
    for (const button of document.querySelectorAll('button.print')) {
      button.hidden = false;
      button.onclick = () => print();
    }
  }

  history.replaceState({}, '', location.href);
  ready();
  document.getElementById('fehler')?.focus();
})();
