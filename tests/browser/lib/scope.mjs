// What several tests of a file share: started once, ended with the last of them.
import { after } from 'node:test';

/** Stands in for a test where a helper wants one to clean up after; call it inside `describe`. */
export function scope() {
  const endings = [];
  after(async () => {
    for (const end of endings.reverse()) await end();
  });
  return { after: (end) => endings.push(end) };
}
