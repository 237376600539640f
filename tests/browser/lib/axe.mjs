// axe on a page: all rules for WCAG 2.2 AA and the best practices, target-size too, which is off by default.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The violations as `['rule: target', …]`. Needs JavaScript in the page. */
export async function axe(page) {
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    resultTypes: ['violations'],
    rules: { 'target-size': { enabled: true } },
  }));
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `axe ${id}: ${node.target.join(' ')} ${node.failureSummary.split('\n')[1]?.trim() ?? ''}`));
}
