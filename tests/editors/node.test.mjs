// A client of Microsoft's libraries, which VS Code is made with, opens the portal, completes, renames and mends.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  CodeActionRequest,
  CompletionRequest,
  DefinitionRequest,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializeRequest,
  InitializedNotification,
  PositionEncodingKind,
  PrepareRenameRequest,
  PublishDiagnosticsNotification,
  RenameRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  WillRenameFilesRequest,
  createProtocolConnection,
} from 'vscode-languageserver-protocol/node';
import { portal, server } from './portal.mjs';

const NOVADIP = 'content/actors/novadip.md';
let site;

before(() => {
  site = portal();
});

after(() => site.remove());

/** A client that counts columns in this unit. */
async function client(encoding) {
  const child = spawn(server, ['lsp'], { cwd: site.root, stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const diagnostics = new Map();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics: list }) =>
    diagnostics.set(fileURLToPath(uri), list),
  );
  connection.listen();
  const uri = (file) => pathToFileURL(site.path(file)).href;
  const result = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL(site.root).href,
    locale: 'fr',
    capabilities: {
      general: { positionEncodings: [encoding] },
      workspace: {
        workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
        fileOperations: { willRename: true },
      },
      textDocument: { completion: { completionItem: { snippetSupport: true } } },
    },
  });
  assert.equal(result.capabilities.positionEncoding, encoding);
  await connection.sendNotification(InitializedNotification.type, {});
  const texts = new Map();
  const width = (text) =>
    encoding === 'utf-8' ? Buffer.byteLength(text) : encoding === 'utf-32' ? [...text].length : text.length;
  const at = (text, offset) => {
    const lines = text.slice(0, offset).split('\n');
    return { line: lines.length - 1, character: width(lines.at(-1)) };
  };
  const offset = (text, { line, character }) => {
    let start = 0;
    for (let n = 0; n < line; n++) start = text.indexOf('\n', start) + 1;
    let units = 0;
    for (const char of text.slice(start)) {
      if (units >= character) break;
      units += width(char);
      start += char.length;
    }
    return start;
  };
  const self = {
    connection,
    diagnostics: (file) => diagnostics.get(site.path(file)) ?? [],
    uri,
    texts,
    open(file) {
      texts.set(file, site.read(file));
      const textDocument = { uri: uri(file), languageId: 'markdown', version: 1, text: texts.get(file) };
      return connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    },
    /** The position after a piece of an open text. */
    after(file, piece) {
      const text = texts.get(file);
      assert.ok(text.includes(piece), `${piece} is in ${file}`);
      return { textDocument: { uri: uri(file) }, position: at(text, text.indexOf(piece) + piece.length) };
    },
    /** Types in place of a piece, as an incremental change. */
    type(file, piece, words) {
      const text = texts.get(file);
      const start = text.indexOf(piece);
      const range = { start: at(text, start), end: at(text, start + piece.length) };
      texts.set(file, text.replace(piece, () => words));
      const textDocument = { uri: uri(file), version: Date.now() % 1e6 };
      return connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument,
        contentChanges: [{ range, text: words }],
      });
    },
    covered: (text, range) => text.slice(offset(text, range.start), offset(text, range.end)),
    edited(text, edits) {
      const sorted = edits.toSorted((a, b) => offset(text, b.range.start) - offset(text, a.range.start));
      return sorted.reduce(
        (out, { range, newText }) => out.slice(0, offset(text, range.start)) + newText + out.slice(offset(text, range.end)),
        text,
      );
    },
    /** Makes an edit of the workspace on disk. */
    apply(edit) {
      for (const change of edit.documentChanges) {
        if (change.kind === 'rename') {
          const [from, to] = [fileURLToPath(change.oldUri), fileURLToPath(change.newUri)];
          mkdirSync(dirname(to), { recursive: true });
          renameSync(from, to);
        } else if (change.kind === 'create') {
          site.write(fileURLToPath(change.uri).slice(site.root.length + 1), '');
        } else {
          const file = fileURLToPath(change.textDocument.uri).slice(site.root.length + 1);
          site.write(file, self.edited(site.read(file), change.edits));
        }
      }
    },
    async end() {
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      const status = await new Promise((resolve) => child.on('exit', resolve));
      assert.equal(status, 0);
    },
  };
  return self;
}

const { UTF8, UTF16, UTF32 } = PositionEncodingKind;

/** The errors of `filiere check`. */
function errors() {
  const { stdout } = spawnSync(server, ['check', '--root', site.root, '--format', 'short'], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes(': error['));
}

for (const encoding of [UTF16, UTF8, UTF32]) {
  test(`completes and goes to definitions behind é, œ and emoji, in ${encoding}`, async () => {
    const editor = await client(encoding);
    await editor.open(NOVADIP);
    await editor.type(NOVADIP, 'avec [[uliege]] et', 'avec [[Liège');
    const list = await editor.connection.sendRequest(CompletionRequest.type, editor.after(NOVADIP, 'avec [[Liège'));
    const item = list.items.find(({ label }) => label === 'uliege');
    assert.ok(item, JSON.stringify(list.items.map(({ label }) => label)));
    const text = editor.texts.get(NOVADIP);
    assert.equal(editor.covered(text, item.textEdit.range), 'Liège');
    assert.match(editor.edited(text, [item.textEdit]), /Œuvre 🦠 d’été, avec \[\[uliege\]\]/);
    await editor.type(NOVADIP, 'avec [[Liège', 'avec [[uliege]] et');
    const definition = await editor.connection.sendRequest(DefinitionRequest.type, editor.after(NOVADIP, 'été, avec [[ul'));
    assert.equal(definition.uri, editor.uri('content/actors/uliege.md'));
    await editor.end();
  });
}

test('offers keys as snippets', async () => {
  const editor = await client(UTF16);
  await editor.open(NOVADIP);
  await editor.type(NOVADIP, 'updated = 2026', 'verif\nupdated = 2026');
  const list = await editor.connection.sendRequest(CompletionRequest.type, editor.after(NOVADIP, '\nverif'));
  const item = list.items.find(({ label }) => label === 'verified');
  assert.equal(item.textEdit.newText, 'verified = $1');
  assert.equal(item.insertTextFormat, 2);
  await editor.end();
});

test('shows a broken link and mends it', async () => {
  const editor = await client(UTF16);
  await editor.open(NOVADIP);
  const { textDocument, position } = editor.after(NOVADIP, 'et [[cer-gr');
  const range = { start: position, end: position };
  const actions = await editor.connection.sendRequest(CodeActionRequest.type, { textDocument, range, context: { diagnostics: [] } });
  const broken = editor.diagnostics(NOVADIP).find(({ code }) => code === 'broken-link');
  assert.equal(editor.covered(editor.texts.get(NOVADIP), broken.range), '[[cer-group]]');
  const write = actions.find(({ title }) => title === 'Write "cer-groupe"');
  editor.apply(write.edit);
  assert.match(site.read(NOVADIP), /Œuvre 🦠 d’été, avec \[\[uliege\]\] et \[\[cer-groupe\]\]\./);
  assert.deepEqual(errors(), []);
  await editor.end();
});

test('renames an entity, and back', async () => {
  const editor = await client(UTF16);
  await editor.open(NOVADIP);
  const at = editor.after(NOVADIP, 'été, avec [[ul');
  const prepared = await editor.connection.sendRequest(PrepareRenameRequest.type, at);
  assert.equal(prepared.placeholder, 'uliege');
  assert.equal(editor.covered(editor.texts.get(NOVADIP), prepared.range), 'uliege');
  const edit = await editor.connection.sendRequest(RenameRequest.type, { ...at, newName: 'liege-university' });
  assert.ok(edit.documentChanges.length > 5, 'many files name it');
  editor.apply(edit);
  await editor.end();
  assert.deepEqual(errors(), []);
  assert.ok(existsSync(site.path('content/actors/liege-university.md')));
  assert.match(site.read(NOVADIP), /Œuvre 🦠 d’été, avec \[\[liege-university\]\]/);
  const again = await client(UTF16);
  const [oldUri, newUri] = ['liege-university', 'uliege'].map((id) => again.uri(`content/actors/${id}.md`));
  const back = await again.connection.sendRequest(WillRenameFilesRequest.type, { files: [{ oldUri, newUri }] });
  again.apply(back);
  renameSync(fileURLToPath(oldUri), fileURLToPath(newUri));
  await again.end();
  assert.deepEqual(errors(), []);
  assert.match(site.read(NOVADIP), /Œuvre 🦠 d’été, avec \[\[uliege\]\]/);
});
