// axe on a page: all rules for WCAG 2.2 AA and the best practices, target-size too, which is off by default.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules whose outcome hangs on colours and sizes: all that another light or another width can change. */
const LOOKS = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'];

/** The violations as `['rule: target', …]`. Needs JavaScript in the page. `looks`: only the rules about colours and sizes. */
export async function axe(page, { looks = false } = {}) {
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(source);
  const { violations } = await page.evaluate((only) => globalThis.axe.run(document, {
    resultTypes: ['violations'],
    ...(only ? { runOnly: only } : { rules: { 'target-size': { enabled: true } } }),
  }), looks ? LOOKS : undefined);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `axe ${id}: ${node.target.join(' ')} ${node.failureSummary.split('\n')[1]?.trim() ?? ''}`));
}
