import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressSave, sendCode, verifyCode } from '../../lib/contracts/identity.ts';
import { readConfig } from '../../server/platform/config.ts';
import { type Database, openDatabase } from '../../server/platform/database.ts';
import { openLog } from '../../server/platform/log.ts';
import { wireFesta } from '../../server/wire.ts';
import { accepted, Browser } from './browser.ts';
import { testDatabase } from './postgres.ts';

/** A second process's hold on a database that another edge owns. */
function besideDatabase({ db: { url } }: { db: Database }) {
  const db = openDatabase(url);
  return { db, url, drop: () => db.close() };
}

/** A whole edge, listening on a free port of loopback, on a database of its own or on that of the edge `beside` it. */
export async function openEdge(
  options: { jobs?: boolean; beside?: { db: Database }; env?: Readonly<Record<string, string>> } = {},
) {
  const { db, url, drop } = options.beside ? besideDatabase(options.beside) : await testDatabase();
  const home = await mkdtemp(join(tmpdir(), 'festa-edge-'));
  const config = readConfig(
    { FESTA_HOME: home, PORT: '0', FESTA_SECRET: 'a secret of the tests, thirty-two bytes', ...options.env },
    [],
  );
  const festa = await wireFesta({ config: { ...config, databaseUrl: url }, db, log: openLog('silent') });
  const { port } = await festa.listen();
  if (options.jobs) festa.startJobs();
  return {
    ...festa,
    db,
    origin: `http://127.0.0.1:${port}`,
    browser: (headers?: Record<string, string>) => new Browser(festa.app, headers),
    async close() {
      await festa.drain();
      await drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

export type Edge = Awaited<ReturnType<typeof openEdge>>;

/** Proves a phone in a browser; whoever was nobody in it becomes that person. */
export async function signIn(browser: Browser, phone: string): Promise<void> {
  const { sandboxCode } = accepted(await browser.call(sendCode, { phone }));
  accepted(await browser.call(verifyCode, { phone, code: sandboxCode }));
}

/** A verified shopper with an address: what a phone has after login and its first address. */
export async function shopperAt(edge: Edge, phone: string) {
  const browser = edge.browser();
  await signIn(browser, phone);
  const addressId = randomUUID();
  accepted(
    await browser.call(addressSave, {
      id: addressId,
      name: '小明',
      phone,
      provinceCode: '31',
      cityCode: '3101',
      areaCode: '310101',
      region: '上海市 市辖区 黄浦区',
      street: '南京东路 1 号',
      isDefault: true,
    }),
  );
  return { browser, addressId };
}
