// Collects the pages that the tests saw and has them all checked by the Nu HTML checker in one go.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, writeFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const JAR = join(dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');

export class Pages {
  constructor(folder) {
    this.folder = folder;
    this.names = new Map();
  }

  /** Keeps what the server sent, once for each text; `name` says where it came from. */
  async keep(name, html) {
    // A token differs on every page and says nothing about the markup.
    const key = createHash('sha256').update(html.replace(/name="_[a-z]+"[^>]*>/g, '')).digest('hex').slice(0, 16);
    if (this.names.has(key)) return;
    this.names.set(key, name);
    await mkdir(this.folder, { recursive: true });
    await writeFile(join(this.folder, `${key}.html`), html);
  }

  /** What the checker says of all of them: `['page: line: message', …]`, empty when all is well. */
  async check() {
    if ((await readdir(this.folder)).length === 0) throw new Error('no pages were kept');
    const report = await run('java', ['-jar', JAR, '--format', 'json', '--skip-non-html', this.folder], { maxBuffer: 1 << 26 })
      .then(({ stderr }) => stderr, ({ stderr }) => stderr);
    return JSON.parse(report).messages.filter(({ type }) => type !== 'info')
      .map(({ url, lastLine, message, extract }) => `vnu ${this.names.get(/([0-9a-f]{16})\.html$/.exec(url)?.[1]) ?? url}: line ${lastLine}: ${message} ${extract ?? ''}`);
  }
}
