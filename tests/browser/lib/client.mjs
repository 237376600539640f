// A visitor without a browser: cookies, forms, nothing else. For load, and for what no browser would send.
import { connect } from 'node:net';
import { once } from 'node:events';

const decode = (text) => text.replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
const attribute = (tag, name) => decode(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

/** The first form of a page that sends something: `{ action, fields, names }`; `fields` are its hidden ones. */
export function formOf(html, url) {
  const main = html.slice(Math.max(html.indexOf('<main'), 0));
  const form = [...main.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([text]) => text).filter((text) => /^<form[^>]*method="post"/i.test(text)).at(-1);
  if (!form) return undefined;
  const tags = [...form.matchAll(/<(?:input|textarea|select|button)\b[^>]*>/g)].map(([tag]) => tag);
  const hidden = tags.filter((tag) => attribute(tag, 'type') === 'hidden');
  const last = tags.filter((tag) => tag.startsWith('<button')).at(-1); // The one that leads on.
  const button = last && attribute(last, 'name') ? last : undefined;
  return {
    action: new URL(attribute(form.slice(0, form.indexOf('>') + 1), 'action') || url, url).href,
    multipart: /enctype="multipart\/form-data"/.test(form.slice(0, form.indexOf('>'))),
    fields: Object.fromEntries([...hidden, ...(button ? [button] : [])].map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')])),
    names: [...new Set(tags.map((tag) => attribute(tag, 'name')).filter((name) => name && !name.startsWith('_')))],
  };
}

export class Client {
  constructor(url) {
    this.url = url;
    this.cookies = new Map();
  }

  get cookie() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** One request; redirects are not followed. */
  async request(path, options = {}) {
    const url = new URL(path, this.url);
    const response = await fetch(url, {
      redirect: 'manual', ...options,
      headers: { ...(this.cookies.size ? { cookie: this.cookie } : {}), ...options.headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      this.cookies.set(name, value);
    }
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, url: url.href, location: response.headers.get('location') };
  }

  /** A page, redirects followed. */
  async get(path) {
    let page = await this.request(path);
    for (let i = 0; i < 10 && page.location && page.status < 400; i += 1) page = await this.request(new URL(page.location, page.url));
    return page;
  }

  /** Sends a page's form with answers by name; those that the page does not ask are left out. */
  async send(page, answers) {
    const form = formOf(page.text, page.url);
    if (!form) throw new Error(`no form on ${page.url} (${page.status}):\n${page.text.slice(0, 500)}`);
    const body = form.multipart ? new FormData() : new URLSearchParams();
    for (const [name, value] of Object.entries(form.fields)) body.append(name, value);
    for (const name of form.names) for (const value of [answers[name] ?? []].flat()) body.append(name, value);
    return this.request(form.action, { method: 'POST', body, headers: { origin: this.url } });
  }

  /** Goes through a procedure with answers by name; gives the confirmation's address, or the page whose address ends so. */
  async travel(procedure, answers, until) {
    let page = await this.get(`/${procedure}`);
    for (let step = 0; step < 40; step += 1) {
      if (until && new URL(page.url).pathname.endsWith(until)) return page;
      if (formOf(page.text, page.url) === undefined) {
        const link = new RegExp(`<a[^>]*href="([^"]*/${procedure}/[^"]+)"`).exec(page.text);
        if (!link) throw new Error(`no way on from ${page.url}`);
        page = await this.get(new URL(decode(link[1]), page.url));
        continue;
      }
      const sent = await this.send(page, answers);
      if (sent.status !== 303) throw new Error(`${page.url} answered ${sent.status}:\n${/<main[\s\S]*<\/main>/.exec(sent.text)?.[0].replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').slice(0, 800)}`);
      const to = new URL(sent.location, page.url);
      if (/\/s\/[^/]+$/.test(to.pathname)) return to.pathname;
      page = await this.get(to);
    }
    throw new Error(`not at the end: ${page.url}`);
  }
}

/**
 * Bytes over a bare connection; gives what came back as `{ status, headers, body }`, or `status: 0` where the other side
 * hung up without a word.
 */
export async function raw(url, bytes, seconds = 20) {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const chunks = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => {});
  socket.setTimeout(seconds * 1000, () => socket.destroy(new Error('too slow')));
  await once(socket, 'connect');
  const gone = new Promise((done) => socket.once('close', done));
  socket.write(bytes);
  await gone;
  const answer = Buffer.concat(chunks).toString('latin1');
  const [, status] = /^HTTP\/1\.[01] (\d{3})/.exec(answer) ?? [undefined, '0'];
  const split = answer.indexOf('\r\n\r\n');
  return { status: Number(status), headers: answer.slice(0, split).toLowerCase(), body: answer.slice(split + 4) };
}
