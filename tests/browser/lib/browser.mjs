// Chromium as the tests use it: Debian's own, with nothing that calls out.
import { chromium } from 'playwright-core';

const EXECUTABLE = process.env.TEST_CHROMIUM ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
];

/** Heights are those of an old phone and of a small laptop. */
export const WIDTHS = { phone: { width: 320, height: 568 }, desktop: { width: 1280, height: 800 } };

export async function launch(t) {
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
  t.after(() => browser.close());
  return browser;
}

/**
 * A page in a context of its own (own cookies).
 *
 * `page.problems` collects what a console shows as an error: refused by the Content-Security-Policy, failed scripts,
 * missing files. A page that was asked for and answered with 4xx on purpose is not among them.
 */
export async function open(browser, { width = 'desktop', javaScript = true, ...media } = {}) {
  const context = await browser.newContext({
    viewport: WIDTHS[width], javaScriptEnabled: javaScript, locale: 'de-DE', timezoneId: 'Europe/Berlin', ...media,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.javaScript = javaScript;
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(`script: ${error.message}`));
  page.on('console', (message) => {
    const own = message.type() === 'error' && message.location().url !== page.url();
    if (own || /Content Security Policy|Refused to/.test(message.text())) {
      page.problems.push(`${message.location().url}: ${message.text()}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 500) page.problems.push(`${response.status()} ${response.url()}`);
  });
  return page;
}
