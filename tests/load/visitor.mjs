// A visitor who keeps a connection open: cookies, hidden fields, as little work as possible.
import http from 'node:http';

const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });

export class Visitor {
  constructor(port) {
    this.port = port;
    this.cookies = new Map();
  }

  get cookie() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  request(method, path, body) {
    return new Promise((done, failed) => {
      const headers = { host: `127.0.0.1:${this.port}` };
      if (this.cookies.size) headers.cookie = this.cookie;
      if (body !== undefined) {
        headers['content-type'] = 'application/x-www-form-urlencoded';
        headers['content-length'] = Buffer.byteLength(body);
      }
      const request = http.request({ host: '127.0.0.1', port: this.port, method, path, headers, agent }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', failed);
        response.on('end', () => {
          for (const line of response.headers['set-cookie'] ?? []) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
            this.cookies.set(name, value);
          }
          done({ status: response.statusCode, location: response.headers.location, text: Buffer.concat(chunks).toString() });
        });
      });
      request.on('error', failed);
      request.end(body);
    });
  }

  /** Opens a page and gives the body that sends its form: its hidden fields and these answers. */
  async form(path, answers) {
    const page = await this.request('GET', path);
    if (page.status !== 200) throw new Error(`GET ${path}: ${page.status} ${page.location ?? ''}`);
    const body = new URLSearchParams();
    for (const [tag] of page.text.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
      body.append(/name="([^"]*)"/.exec(tag)[1], /value="([^"]*)"/.exec(tag)?.[1] ?? '');
    }
    for (const [name, value] of Object.entries(answers)) body.append(name, value);
    return body.toString();
  }

  /** Opens a page, sends its form; a refused one is an error. Gives where it leads. */
  async send(path, answers) {
    const sent = await this.request('POST', path, await this.form(path, answers));
    if (sent.status !== 302 && sent.status !== 303) throw new Error(`POST ${path}: ${sent.status}\n${sent.text.slice(0, 3000)}`);
    return sent.location.replace(/^https?:\/\/[^/]+/, '');
  }
}
