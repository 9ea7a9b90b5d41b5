import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root } from './prepare.mjs';

/** The servers under the browser tests that run now, in the order of their start: `{ port, home, server, ended }`. */
export const shops = [];

async function freePort() {
  const probe = createServer();
  await new Promise((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

async function isOpen(address) {
  const answer = await fetch(address, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  return answer?.ok === true;
}

/** Empties a home but for what was once drawn; one that has drawn nothing takes the first shop's pictures. */
function cleanHome(home) {
  for (const name of existsSync(home) ? readdirSync(home) : []) {
    if (name !== 'cache') rmSync(join(home, name), { recursive: true, force: true });
  }
  const drawn = shops[0] && join(shops[0].home, 'cache');
  if (!drawn || !existsSync(drawn) || existsSync(join(home, 'cache'))) return;
  mkdirSync(home, { recursive: true });
  cpSync(drawn, join(home, 'cache'), { recursive: true });
}

/**
 * Starts a shop as a stranger does, on a new database with nothing published, and waits for its first page.
 * @returns whether it opened within `ms`.
 */
export async function openShop({ node, env, name, ms }) {
  const home = join(root, '.festa', name);
  cleanHome(home);
  const port = await freePort();
  const server = spawn(node, ['server/main.ts', '--fresh', '--port', String(port)], {
    cwd: root,
    env: { ...env, FESTA_HOME: home, FESTA_TEST: '1', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise((done) => server.once('close', done));
  shops.push({ port, home, server, ended });
  for (const until = Date.now() + ms; Date.now() < until && server.exitCode === null; ) {
    if (await isOpen(`http://127.0.0.1:${port}/readyz`)) return isOpen(`http://127.0.0.1:${port}/`);
    await new Promise((done) => setTimeout(done, 250));
  }
  return false;
}

/** Ends a server as Ctrl-C does; it must drain and end with 0. */
async function closeShop({ server, ended }) {
  if (server.exitCode !== null) return false;
  server.kill('SIGINT');
  const firm = setTimeout(() => server.kill('SIGKILL'), 45_000);
  const code = await ended;
  clearTimeout(firm);
  return code === 0;
}

/** Ends all. @returns whether each ended cleanly. */
export async function closeShops() {
  const clean = await Promise.all(shops.splice(0).map(closeShop));
  return clean.every(Boolean);
}
