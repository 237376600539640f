// A host for DEFRA's forms engine after its "Getting started" page, as kind to it as can be: sessions in memory instead
// of Redis, nothing is stored and nothing sent when a form is submitted, no log.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { form } from './form.mjs';

// The packages lie outside the repository: in the folder that is named first.
const require = createRequire(join(process.argv[2], 'package.json'));
const load = async (name) => import(require.resolve(name));
const hapi = (await load('@hapi/hapi')).default;
const { Engine: Memory } = await load('@hapi/catbox-memory');
const engine = (await load('@defra/forms-engine-plugin')).default;
const { FileFormService } = await load('@defra/forms-engine-plugin/file-form-service.js');
const port = Number(process.argv[3]);
const folder = join(process.argv[2], 'node_modules/@defra/forms-engine-plugin');

const server = hapi.server({
  port, host: '127.0.0.1', router: { stripTrailingSlash: true }, routes: { validate: { options: { abortEarly: false } } },
  cache: [{ name: 'session', engine: new Memory({ maxByteSize: 2_000_000_000 }) }],
});
await server.register({ plugin: (await load('hapi-pino')).default, options: { enabled: false, level: 'warn' } });
await server.register((await load('@hapi/inert')).default);
await server.register({ plugin: (await load('@hapi/crumb')).default, options: { cookieOptions: { isSecure: false }, enforce: true } });
await server.register({
  plugin: (await load('@hapi/yar')).default,
  options: {
    maxCookieSize: 0, cache: { cache: 'session', segment: 'session', expiresIn: 3_600_000 },
    cookieOptions: { password: 'x'.repeat(40), isSecure: false },
  },
});
const forms = new FileFormService();
const user = { id: 'user', displayName: 'User' };
const author = { createdAt: new Date(), createdBy: user, updatedAt: new Date(), updatedBy: user };
const file = join(tmpdir(), `amtsweg-load-${process.pid}.json`);
writeFileSync(file, JSON.stringify(form));
await forms.addForm(file, {
  id: '95e92559-968d-44ae-8666-2b1ad3dffd31', title: form.name, slug: 'bench', organisation: 'X', teamName: 'X',
  teamEmail: 'a@b.example', submissionGuidance: 'x', notificationEmail: 'a@b.example', ...author, live: author,
});
const manifest = JSON.parse(readFileSync(join(folder, '.public/assets-manifest.json'), 'utf8'));
let submitted = 0;
await server.register({
  plugin: engine,
  options: {
    cache: 'session', baseUrl: `http://127.0.0.1:${port}`,
    nunjucks: { baseLayoutPath: 'dxt-devtool-baselayout.html', paths: [join(folder, 'src/server/devserver')] },
    services: {
      formsService: forms.toFormsService(),
      formSubmissionService: {
        persistFiles: async () => ({}),
        submit: async () => {
          submitted += 1;
          return { message: 'ok', result: { files: { main: '00000000-0000-0000-0000-000000000000', repeaters: {} } } };
        },
      },
      outputService: { submit: async () => {} },
    },
    viewContext: () => ({
      // With `local` every page would carry a debugging panel.
      config: { cdpEnvironment: 'prod', phaseTag: 'beta', serviceName: 'Bench', serviceVersion: '1', feedbackLink: '', designerUrl: '' },
      assetPath: '/assets', getDxtAssetPath: (name = '') => `/${manifest[name] ?? name}`,
    }),
  },
});
for (const name of ['assets', 'javascripts', 'stylesheets']) {
  server.route({ method: 'GET', path: `/${name}/{file*}`, handler: { directory: { path: join(folder, '.public', name) } } });
}
server.route({ method: 'GET', path: '/health', handler: () => `ok ${submitted}` });
await server.start();
console.log('listening');
