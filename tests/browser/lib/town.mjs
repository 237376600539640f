// A site in service mode with offices that can be reached, and a small report to send to them.
import { App } from './app.mjs';
import { Receiver } from './receiver.mjs';
import { MailServer, mailSettings } from './smtp.mjs';
import { day } from './walk.mjs';

/** The offices that reports of wild waste go to: a procedure is offered only when all of its offices can be reached. */
const AUTHORITIES = ['stadt/norderstedt/betriebsamt', 'stadt/norderstedt/ordnungsamt'];
export const OFFICE = 'betriebsamt@norderstedt.example';

/** Answers of a report without files; `mark` tells one from another. */
export const report = (mark) => ({
  flaeche: 'container', lage: mark, arten: ['sperrmuell'], menge: 'tasche', gefahr: 'harmlos',
  entdeckt: day(-1).iso, gesehen: false, antwort: false,
});

/** The same as a form's fields. */
export function reportFields(mark) {
  const { text } = day(-1);
  const [date, month, year] = text.split('.');
  return {
    flaeche: 'container', lage: mark, arten: ['sperrmuell'], menge: 'tasche', gefahr: 'harmlos',
    'entdeckt.day': date, 'entdeckt.month': month, 'entdeckt.year': year, gesehen: 'nein', antwort: 'nein',
  };
}

/** The same channel for each of these offices. */
export const channels = (channel) => Object.fromEntries(AUTHORITIES.map((authority) => [authority, channel]));

/** A site whose office gets reports `by` mail or by call; `script` is how the office's end answers. */
export async function town(t, { by, script, mail: mailOptions = {}, settings = {}, within }) {
  const office = by === 'mail' ? await MailServer.start(t, { script, ...mailOptions.server }) : await Receiver.start(t, { script });
  const app = await App.start(t, {
    service: true, within,
    settings: {
      ...(by === 'mail' ? { mail: mailSettings(office, mailOptions.settings) } : { deliver: { allow: [office.host] } }),
      authorities: channels(by === 'mail' ? { email: OFFICE } : { webhook: office.url, secret_file: office.secretFile }),
      ...settings,
    },
  });
  return { app, office };
}

/** Sends a report through the API; gives its reference. */
export async function send(app, mark, token) {
  const { status, body } = await app.submit('wilder_muell', report(mark), { token });
  if (status !== 201 && status !== 200) throw new Error(`refused: ${status} ${JSON.stringify(body)}`);
  return body.reference;
}

/** All that the operator's pages say, the first one and those that it links to. */
export async function operatorText(app) {
  const first = await app.operatorPage('/');
  const links = [...first.text.matchAll(/<a[^>]*href="(\/[^"#]*)"/g)].map(([, href]) => href);
  const more = await Promise.all([...new Set(links)].slice(0, 20).map((href) => app.operatorPage(href)));
  return [first, ...more].map(({ text }) => text.replace(/<[^>]+>/g, ' ').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&').replace(/\s+/g, ' ')).join('\n');
}
