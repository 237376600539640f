// An editor, as far as the Language Server Protocol goes: the client library of VS Code, and files on the disk.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import protocol from 'vscode-languageserver-protocol/node';
import { BINARY, temporaryFolder } from './app.mjs';

const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } = protocol;

/** What the editor can do. */
const CAPABILITIES = {
  workspace: {
    applyEdit: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceFolders: true,
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
    completion: { completionItem: { snippetSupport: true, insertTextModeSupport: { valueSet: [1, 2] } } },
    codeAction: { disabledSupport: true, isPreferredSupport: true, codeActionLiteralSupport: { codeActionKind: { valueSet: [''] } } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    rename: { prepareSupport: true },
  },
};

/** Byte for UTF-16 unit: where a position is in a text. */
export function offset(text, { line, character }) {
  const lines = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((end) => end.index + end[0].length)];
  return lines[line] + character;
}

/** A text with changes. */
export function edited(text, edits) {
  const sorted = [...edits].sort((one, other) => offset(text, other.range.start) - offset(text, one.range.start));
  return sorted.reduce((now, { range, newText }) => now.slice(0, offset(text, range.start)) + newText + now.slice(offset(text, range.end)), text);
}

export class Editor {
  /** Starts the server for a folder. */
  static async start(t, folder, { locale = 'en', capabilities = CAPABILITIES, options, args = ['--stdio'] } = {}) {
    const editor = new Editor();
    editor.folder = folder;
    // The pages of the book are written for this editor alone.
    const cache = await temporaryFolder(t, 'editor-cache');
    editor.process = spawn(BINARY, ['lsp', ...args], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, XDG_CACHE_HOME: cache } });
    editor.errors = '';
    editor.process.stderr.on('data', (data) => { editor.errors += data; });
    editor.ended = once(editor.process, 'exit').then(([code]) => code);
    editor.connection = createProtocolConnection(new StreamMessageReader(editor.process.stdout), new StreamMessageWriter(editor.process.stdin));
    editor.registered = [];
    editor.connection.onRequest('client/registerCapability', ({ registrations }) => { editor.registered.push(...registrations); });
    editor.diagnostics = new Map();
    editor.waiting = [];
    editor.connection.onNotification('textDocument/publishDiagnostics', (told) => {
      editor.heard?.(told);
      if (!told.uri.startsWith('file:')) return;
      editor.diagnostics.set(editor.name(told.uri), told);
      editor.waiting = editor.waiting.filter((wait) => !wait());
    });
    editor.connection.listen();
    t.after(() => editor.process.kill());
    editor.server = await editor.request('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(folder).href,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'forms' }],
      locale,
      capabilities,
      initializationOptions: options,
    });
    await editor.notify('initialized', {});
    editor.documents = new Map();
    return editor;
  }

  request(method, params) { return this.connection.sendRequest(method, params); }
  notify(method, params) { return this.connection.sendNotification(method, params); }

  uri(file) { return pathToFileURL(join(this.folder, file)).href; }
  name(uri) { return fileURLToPath(uri).slice(this.folder.length + 1); }

  /** Opens a file with the text on the disk, or another one. */
  async open(file, text) {
    const document = { text: text ?? await readFile(join(this.folder, file), 'utf8'), version: 1 };
    this.documents.set(file, document);
    await this.notify('textDocument/didOpen', { textDocument: { uri: this.uri(file), languageId: 'amtsweg', version: 1, text: document.text } });
  }

  /** Types over a range of an open file. */
  async type(file, range, text) {
    const document = this.documents.get(file);
    document.text = edited(document.text, [{ range, newText: text }]);
    document.version += 1;
    await this.notify('textDocument/didChange', { textDocument: { uri: this.uri(file), version: document.version }, contentChanges: [{ range, text }] });
  }

  /** Types over the first place where something is written. */
  replace(file, what, text) { return this.type(file, this.range(file, what), text); }

  /** The range of something that is written in an open file. */
  range(file, what, nth = 0) {
    const { text } = this.documents.get(file);
    let at = -1;
    for (let count = 0; count <= nth; count += 1) at = text.indexOf(what, at + 1);
    if (at < 0) throw new Error(`${file} does not hold ${what}`);
    const position = (index) => {
      const before = text.slice(0, index).split(/\r\n|\n|\r/);
      return { line: before.length - 1, character: before.at(-1).length };
    };
    return { start: position(at), end: position(at + what.length) };
  }

  /** Asks about the place at which something that is written ends (or, with `start`, begins). */
  at(method, file, what, { nth = 0, start = false, ...more } = {}) {
    const range = this.range(file, what, nth);
    return this.request(method, { textDocument: { uri: this.uri(file) }, position: start ? range.start : range.end, ...more });
  }

  /** Waits until what is told of a file fits. */
  async told(file, fits = ({ version }) => version === this.documents.get(file)?.version) {
    const found = () => this.diagnostics.has(file) && fits(this.diagnostics.get(file));
    if (!found()) {
      await new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`nothing fitting was told of ${file}: ${JSON.stringify(this.diagnostics.get(file))} ${this.errors}`)), 60_000);
        this.waiting.push(() => found() && (clearTimeout(late), resolve(), true));
      });
    }
    return this.diagnostics.get(file).diagnostics;
  }

  /** Does what an action or a renaming says, in open files and on the disk. */
  async apply(edit) {
    for (const change of edit.documentChanges) {
      if (change.kind === 'rename') {
        await rename(fileURLToPath(change.oldUri), fileURLToPath(change.newUri));
        await this.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: change.oldUri, type: 3 }, { uri: change.newUri, type: 1 }] });
        continue;
      }
      const file = this.name(change.textDocument.uri);
      const open = this.documents.get(file);
      if (!open) {
        await writeFile(join(this.folder, file), edited(await readFile(join(this.folder, file), 'utf8'), change.edits));
        await this.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: change.textDocument.uri, type: 2 }] });
        continue;
      }
      if (change.textDocument.version !== open.version) throw new Error(`${file}: version ${change.textDocument.version} is not ${open.version}`);
      const sorted = [...change.edits].sort((one, other) => offset(open.text, other.range.start) - offset(open.text, one.range.start));
      for (const { range, newText } of sorted) await this.type(file, range, newText);
    }
  }

  /** Ends the server as the protocol says; its exit code. */
  async stop() {
    await this.request('shutdown');
    await this.notify('exit');
    return this.ended;
  }
}
