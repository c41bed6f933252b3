// Neovim, without a screen, opens the portal, completes, renames and mends.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { portal, server } from './portal.mjs';

test('Neovim completes, renames and mends in lines with é, œ and emoji', () => {
  const site = portal();
  try {
    const script = fileURLToPath(new URL('neovim.lua', import.meta.url));
    const run = spawnSync('nvim', ['--clean', '--headless', '-c', `luafile ${script}`], {
      cwd: site.root,
      encoding: 'utf8',
      env: { ...process.env, FILIERE: server, XDG_STATE_HOME: site.root, XDG_CACHE_HOME: site.root },
      timeout: 120_000,
    });
    assert.equal(run.status, 0, run.stderr + run.stdout);
    assert.ok(existsSync(site.path('content/actors/cer.toml')), 'the file is renamed');
    assert.match(site.read('content/actors/novadip.md'), /Œuvre 🦠 d’été, avec \[\[uliege\]\] et \[\[cer\]\]\./);
    const check = spawnSync(server, ['check', '--root', site.root, '--format', 'short'], { encoding: 'utf8' });
    assert.deepEqual(check.stdout.split('\n').filter((line) => line.includes(': error[')), []);
  } finally {
    site.remove();
  }
});
