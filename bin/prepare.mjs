// What both commands need before anything of ours can run: the packages of package-lock.json and Node 24.
// Plain JavaScript without dependencies: it runs on any Node from 20 on, before the first install.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A sentence for the person at the terminal instead of a stack. */
export class PrepareError extends Error {}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8'));
  } catch {
    return null;
  }
}

const stampPath = join(root, 'node_modules', '.festa-installed');

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/**
 * Whether node_modules is what package-lock.json says: by the stamp of our own install (npm ci removes it first, so an
 * interrupted install has none), or, after somebody else's, by npm's own copy of the lock, which it writes last.
 */
function isInstalled() {
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === lockHash()) return true;
  const wanted = readJson('package-lock.json')?.packages ?? {};
  const present = readJson('node_modules/.package-lock.json')?.packages;
  if (!present) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
  );
}

/** npm as it was called, or the one on the PATH. */
function npm(...args) {
  const path = process.env.npm_execpath;
  return path?.endsWith('.js') ? [process.execPath, [path, ...args]] : ['npm', args];
}

function run(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.once('error', fail);
    child.once('close', (code, signal) => done(code ?? (signal ? 1 : 0)));
  });
}

const nodePath = join(root, 'node_modules', 'node', 'bin', 'node');

function answersWithVersion(version) {
  return spawnSync(nodePath, ['--version'], { encoding: 'utf8' }).stdout?.trim() === `v${version}`;
}

/**
 * The npm package `node` fetches its binary by an install script. npm 11 asks before it runs one and other set-ups
 * never do, so what the script would have done is finished here.
 */
async function finishNode() {
  const version = readJson('node_modules/node/package.json')?.version;
  if (!version)
    throw new PrepareError('The package "node" is missing from node_modules. Remove that folder and start again.');
  if (!answersWithVersion(version)) {
    console.log(`Fetching Node ${version} (an install script was skipped) …`);
    mkdirSync(dirname(nodePath), { recursive: true });
    const [, args] = npm();
    const env = { ...process.env, npm_config_ignore_scripts: 'true' };
    // npm hands its settings down as environment; those of the outer call would send the inner install elsewhere.
    for (const name of Object.keys(env))
      if (/^npm_config_(prefix|local_prefix|dir|global)$/i.test(name)) delete env[name];
    const code = await run(process.execPath, ['installArchSpecificPackage.js'], {
      cwd: join(root, 'node_modules', 'node'),
      env,
    });
    if (code !== 0 || !answersWithVersion(version)) {
      throw new PrepareError(
        `Node ${version} could not be installed for ${process.platform} ${process.arch} (${args.length ? 'npm ' : ''}exit code ${code}). ` +
          'Is the npm registry reachable? Remove node_modules and start again.',
      );
    }
  }
  const link = join(root, 'node_modules', '.bin', 'node');
  if (!existsSync(link) && !lstatSync(link, { throwIfNoEntry: false })) symlinkSync('../node/bin/node', link);
}

/**
 * Installs what is missing.
 * @returns the path of Node 24 and an environment whose PATH finds it first.
 * @throws PrepareError with a sentence that says what to do.
 */
export async function prepare() {
  if (!isInstalled()) {
    console.log('Installing packages (npm ci), about a minute the first time …');
    const [command, args] = npm('ci', '--include=dev', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error');
    const code = await run(command, args).catch((error) => {
      throw new PrepareError(`npm could not be started (${error.message}). Festa needs npm 10 or newer on the PATH.`);
    });
    if (code !== 0) {
      throw new PrepareError(
        'npm ci failed; its own message is above. Most often the registry cannot be reached or the disk is full. Mend that and start again.',
      );
    }
    writeFileSync(stampPath, lockHash());
  }
  await finishNode();
  const bin = join(root, 'node_modules', '.bin');
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`, NEXT_TELEMETRY_DISABLED: '1' };
  return { node: nodePath, env };
}
