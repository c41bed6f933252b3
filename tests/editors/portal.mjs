// A copy of the portal in a temporary folder, with lines that have é, œ and an emoji.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = resolve(fileURLToPath(import.meta.url), '../../..');

export const server = process.env.FILIERE ?? join(repository, 'target/debug/filiere');

/** Makes the copy. `read` and `write` take paths of the site; `remove` deletes all of it. */
export function portal() {
  const root = mkdtempSync(join(tmpdir(), 'filiere-editors-'));
  for (const part of ['site.toml', 'content']) cpSync(join(repository, part), join(root, part), { recursive: true });
  const path = (file) => join(root, file);
  const site = {
    root,
    path,
    read: (file) => readFileSync(path(file), 'utf8'),
    write: (file, text) => writeFileSync(path(file), text),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
  const novadip = site.read('content/actors/novadip.md');
  site.write('content/actors/novadip.md', `${novadip}\nŒuvre 🦠 d’été, avec [[uliege]] et [[cer-group]].\n`);
  return site;
}
