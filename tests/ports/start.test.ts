import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:https';
import { createServer as createPlainServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../server/platform/config.ts';
import { removeEmbeddedPostgres } from '../../server/platform/embedded-postgres.ts';
import { BuildError } from '../../server/publish/next-build.ts';
import { localCertificate } from '../../server/start/certificate.ts';
import { startDatabase } from '../../server/start/database.ts';
import { demoLoginTable, greeting, terminalQr } from '../../server/start/greeting.ts';
import { assertPortIsFree } from '../../server/start/port.ts';
import { explainStartFault } from '../../server/start/sentences.ts';

const ROOT = join(import.meta.dirname, '../..');
const NODE = join(ROOT, 'node_modules/.bin/node');

async function inFolder(work: (home: string) => Promise<void>): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'festa-start-'));
  try {
    await work(home);
  } finally {
    // As root the data lies elsewhere, because this folder is closed to others.
    await removeEmbeddedPostgres(join(home, 'data'));
    await rm(home, { recursive: true, force: true });
  }
}

describe('a start that fails says what to do', () => {
  const place = {
    host: '127.0.0.1',
    port: 3000,
    home: '/srv/festa',
    databaseUrl: 'postgres://me:secret@db.example:5432/shop',
  };
  const fault = (fields: object) => Object.assign(new Error('fault'), fields);

  test.each([
    [{ code: 'EADDRINUSE' }, /Port 3000 is taken .* --port 3001/],
    [{ code: 'EACCES', syscall: 'listen' }, /only be used by root/],
    [{ code: 'ENOSPC' }, /disk is full/],
    [{ code: '53100' }, /disk is full/],
    [{ code: 'EROFS', path: '/srv/festa/secret' }, /\/srv\/festa\/secret cannot be written/],
    [{ code: 'ECONNREFUSED' }, /Nothing answers at postgres:\/\/me@db.example/],
    [{ code: '28P01' }, /refuses the name or the password/],
    [{ code: '3D000' }, /no such database/],
  ])('%o', (fields, sentence) => {
    expect(explainStartFault(fault(fields), place)).toMatch(sentence);
  });

  test('a full disk is known by its words too, and a build that fails says that nothing was lost', () => {
    expect(explainStartFault(new Error('VipsForeignSave: No space left on device'), null)).toMatch(
      /^The disk is full\./,
    );
    expect(explainStartFault(new BuildError('next build ended with 1'), null)).toMatch(/what was published stays/);
  });

  test('a fault that was wrapped is found, a bug is not explained away, and no password is shown', () => {
    expect(explainStartFault(new Error('outer', { cause: fault({ code: 'ENOSPC' }) }), place)).toMatch(/disk is full/);
    expect(explainStartFault(new TypeError('undefined is not a function'), place)).toBeNull();
    expect(explainStartFault(fault({ code: 'ECONNREFUSED' }), place)).not.toContain('secret');
  });
});

test('a port that another program has is told before anything is made, and one that is free stays free', async () => {
  const other = createPlainServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const error = await assertPortIsFree('127.0.0.1', port).then(
    () => null,
    (fault: unknown) => fault,
  );
  const place = { host: '127.0.0.1', port: port - 1, home: '/srv/festa', databaseUrl: null };
  expect(explainStartFault(error, place)).toMatch(new RegExp(`^Port ${port} is taken .* --port ${port + 1}$`));
  await new Promise((closed) => other.close(closed));
  await assertPortIsFree('127.0.0.1', port);
  await assertPortIsFree('127.0.0.1', port);
});

test('--fresh never empties a database of one’s own', async () => {
  const config = { home: '/nowhere', databaseUrl: 'postgres://db.example/shop', isFresh: true };
  await expect(startDatabase(config, () => {})).rejects.toThrow(ConfigError);
});

test('--fresh removes the embedded database and says which', () =>
  inFolder(async (home) => {
    const said: string[] = [];
    const first = await startDatabase({ home, databaseUrl: null, isFresh: false }, () => {});
    await first.stop();
    const second = await startDatabase({ home, databaseUrl: null, isFresh: true }, (sentence) => said.push(sentence));
    await second.stop();
    expect(said[0]).toMatch(/^Removed the database in .*pg18, with every order in it\.$/);
    await startDatabase({ home, databaseUrl: null, isFresh: true }, () => {}).then(({ stop }) => stop());
  }));

test('the local certificate is made once, names every address of the machine, and serves https', () =>
  inFolder(async (home) => {
    const made = await localCertificate(home);
    expect((await localCertificate(home)).cert).toBe(made.cert);
    expect((await stat(join(home, 'festa-local.key'))).mode & 0o077).toBe(0);
    const parsed = new X509Certificate(made.cert);
    expect(parsed.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(parsed.checkHost('localhost')).toBe('localhost');
    const days = (Date.parse(parsed.validTo) - Date.parse(parsed.validFrom)) / 86_400_000;
    expect(days).toBeLessThanOrEqual(398);
    const server = createServer({ cert: made.cert, key: made.key }, (_, response) => response.end('open')).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const asked = spawn(NODE, ['-e', `fetch('https://localhost:${port}').then(r => r.text()).then(console.log)`], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: made.file },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface(asked.stdout), 'line');
    expect(line).toBe('open');
    server.close();
  }));

describe('the greeting', () => {
  const base = { port: 3000, certificateFile: null, isEmbedded: true };
  test('says the address and how to stop, and shows no QR code on loopback', () => {
    const text = greeting({ ...base, host: '127.0.0.1', isHttps: false });
    expect(text).toContain('http://127.0.0.1:3000');
    expect(text).toContain('Ctrl-C');
    expect(text).not.toContain('█');
  });

  test('says what a phone lacks on plain http', ({ skip }) => {
    const text = greeting({ ...base, host: '0.0.0.0', isHttps: false });
    if (!text.includes('local network')) skip('this machine has no address but loopback');
    expect(text).toMatch(/Without --https a phone lacks: .*offline/);
    expect(text).not.toContain('█');
  });

  test('a QR code is a square of modules with a quiet border', () => {
    const rows = terminalQr('https://192.168.1.7:3000')
      .split('\n')
      .map((row) => row.replace('\x1b[30;107m', '').replace('\x1b[0m', ''));
    const width = rows[0]?.length ?? 0;
    expect(rows[0]?.trim()).toBe('');
    expect(rows.every((row) => row.length === width && row.startsWith('  ') && row.endsWith('  '))).toBe(true);
    expect(rows.length).toBe(Math.ceil(width / 2));
  });

  test('demo logins stand in columns', () => {
    const table = demoLoginTable([
      { role: 'operator', email: 'o@festa.example', password: 'aaaa' },
      { role: 'clerk', email: 'clerk@festa.example', password: 'bbbb' },
    ]);
    expect(table).toContain('  operator  o@festa.example      aaaa\n  clerk     clerk@festa.example  bbbb');
  });
});

/** A process that drains for as long as it is told, as server/main.ts does. */
async function draining(drainMs: number) {
  const program = `
    import { stopOnSignals } from ${JSON.stringify(join(ROOT, 'server/start/stop.ts'))};
    const drain = () => new Promise((done) => setTimeout(done, ${drainMs}));
    stopOnSignals({ drain, say: (sentence) => console.log(sentence) });
    setInterval(() => {}, 1 << 30);
    console.log('ready');`;
  const child = spawn(NODE, ['--input-type=module-typescript', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const lines: string[] = [];
  createInterface(child.stdout as Readable).on('line', (line) => lines.push(line));
  const until = async (pattern: RegExp) => {
    while (!lines.some((line) => pattern.test(line))) await pause(5);
  };
  await until(/ready/);
  return { child, lines, until, exit: once(child, 'exit').then(([code]) => code as number) };
}

describe('stopping', () => {
  test('one Ctrl-C drains and ends with 0, though terminal and npm both pass it on', async () => {
    const { child, exit, lines } = await draining(150);
    child.kill('SIGINT');
    child.kill('SIGINT');
    expect(await exit).toBe(0);
    expect(lines.at(-1)).toMatch(/^Stopped/);
  });

  test('a second Ctrl-C is firm and ends with 130', async () => {
    const { child, exit, until } = await draining(60_000);
    child.kill('SIGINT');
    await until(/Stopping:/);
    // Signals within half a second count as one; ask until it is a second wish.
    const again = setInterval(() => child.kill('SIGINT'), 100);
    expect(await exit).toBe(130);
    clearInterval(again);
  });

  test('it drains when the process that started it is killed', async () => {
    const { child, exit } = await draining(10);
    child.disconnect();
    expect(await exit).toBe(0);
  });
});
