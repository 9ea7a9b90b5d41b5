import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  AccountError,
  type AlipayAccount,
  alipayAccount,
  type Env,
  type WechatAccount,
  wechatAccount,
} from './payment-accounts.ts';
import { type WechatApp, wechatApp } from './wechat-app.ts';

/** What one process needs to know to start. Nothing else reads `process.env`. */
export type Config = {
  /** `.festa`: published shop, embedded database, certificate, secret. */
  readonly home: string;
  readonly role: 'edge' | 'worker' | 'all';
  readonly host: string;
  readonly port: number;
  readonly isHttps: boolean;
  readonly isDev: boolean;
  readonly isFresh: boolean;
  readonly isProduction: boolean;
  /** A browser test drives this process: demo logins are left in a file for it. */
  readonly isTest: boolean;
  /** One's own Postgres; null: the embedded one is started. */
  readonly databaseUrl: string | null;
  /** The address that people type, without a slash at the end. */
  readonly publicUrl: string;
  /** Signs quotes, tickets, sessions and sandbox notices; made at the first start and kept in `home`. */
  readonly secret: string;
  /** Load identities are refused in production unless this is set. */
  readonly allowLoadIdentity: boolean;
  /** Addresses of proxies whose X-Forwarded-For is believed: a list of addresses or CIDRs, or `loopback`. */
  readonly trustProxy: string;
  readonly logLevel: string;
  /** Stores of the demo, when it is loaded. */
  readonly demoStores: number;
  readonly payment: PaymentSettings;
  readonly push: PushSettings;
  /** Null: nothing of WeChat's own browser is on. */
  readonly wechat: WechatApp | null;
};

/** Notices on devices. */
export type PushSettings = {
  /** Whom push services may write to about them. */
  readonly contact: string;
  /** Origins of push services besides those of the known browsers. */
  readonly services: readonly string[];
};

/** The ways to pay, in the order in which they are offered; one that is null is off. */
export type PaymentSettings = {
  readonly wechat: WechatAccount | null;
  readonly alipay: AlipayAccount | null;
  readonly isSandbox: boolean;
};

/** A start option that makes no sense; the message is for the person who typed it. */
export class ConfigError extends Error {}

function wholeNumber(text: string, name: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) {
    throw new ConfigError(`${name} must be a port from 0 to 65535, not "${text}".`);
  }
  return value;
}

const DEMO_STORES = 240;
const DEMO_STORES_MAX = 30_000;

function demoStores(text: string | undefined): number {
  if (text === undefined || text === '') return DEMO_STORES;
  const count = Number(text);
  if (Number.isInteger(count) && count >= 0 && count <= DEMO_STORES_MAX) return count;
  throw new ConfigError(`FESTA_DEMO_STORES is a number from 0 to ${DEMO_STORES_MAX}, not "${text}".`);
}

const SECRET_CHARACTERS_MIN = 32;

/** @throws ConfigError for a secret that could be guessed, such as the empty one that a full disk leaves. */
function strongEnough(secret: string, what: string): string {
  if (secret.length >= SECRET_CHARACTERS_MIN) return secret;
  throw new ConfigError(`${what} has fewer than ${SECRET_CHARACTERS_MIN} characters. Give a longer one, or remove it.`);
}

/** Reads the secret of this installation, or makes it. */
function secretOf(home: string): string {
  const file = join(home, 'secret');
  try {
    return strongEnough(readFileSync(file, 'utf8').trim(), `the secret in ${file}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(home, { recursive: true });
  const secret = randomBytes(32).toString('base64url');
  writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  return secret;
}

function paymentOf(env: Env): PaymentSettings {
  const payment = {
    wechat: wechatAccount(env),
    alipay: alipayAccount(env),
    isSandbox: env.FESTA_SANDBOX_PAYMENT !== '0',
  };
  if (!payment.wechat && !payment.alipay && !payment.isSandbox) {
    throw new AccountError('FESTA_SANDBOX_PAYMENT=0 leaves no way to pay: set WeChat Pay or Alipay.');
  }
  return payment;
}

/** Who drives a browser test stands in for the push service, on this machine. */
const TEST_SERVICES = ['http://127.0.0.1'];

function pushOf(env: Env, publicUrl: string): PushSettings {
  const given = (env.FESTA_PUSH_SERVICES ?? '').split(',').map((one) => one.trim().replace(/\/$/, ''));
  const services = given.filter((one) => one !== '');
  const wrong = services.find((one) => !URL.canParse(one) || new URL(one).origin !== one);
  if (wrong !== undefined)
    throw new ConfigError(`FESTA_PUSH_SERVICES has origins like https://push.example.com, not "${wrong}".`);
  return {
    contact: env.FESTA_PUSH_CONTACT ?? (publicUrl.startsWith('https:') ? publicUrl : 'mailto:shop@festa.example'),
    services: env.FESTA_TEST === '1' ? [...services, ...TEST_SERVICES] : services,
  };
}

/** Reads accounts at other companies. @throws ConfigError where one is half there. */
function accounts<T>(read: (env: Env) => T, env: Env): T {
  try {
    return read(env);
  } catch (error) {
    if (error instanceof AccountError) throw new ConfigError(error.message);
    throw error;
  }
}

function options(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        role: { type: 'string' },
        https: { type: 'boolean' },
        fresh: { type: 'boolean' },
        dev: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new ConfigError(
      `${(error as Error).message} Known: --port N, --host ADDRESS, --https, --fresh, --dev, --role edge|worker|all.`,
    );
  }
}

/**
 * Options win over the environment, the environment over the defaults.
 * @throws ConfigError with a sentence for the person at the terminal.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, argv: readonly string[]): Config {
  const { values } = options(argv);
  const home = resolve(env.FESTA_HOME ?? '.festa');
  const host = values.host ?? env.HOST ?? '127.0.0.1';
  const port = wholeNumber(values.port ?? env.PORT ?? '3000', '--port');
  const isHttps = values.https === true;
  const role = values.role ?? env.FESTA_ROLE ?? 'all';
  if (role !== 'edge' && role !== 'worker' && role !== 'all') {
    throw new ConfigError(`--role must be edge, worker or all, not "${role}".`);
  }
  const payment = accounts(paymentOf, env);
  const wechat = accounts(wechatApp, env);
  if (payment.wechat && wechat && payment.wechat.appId !== wechat.appId) {
    throw new ConfigError(
      'WECHAT_PAY_APP_ID and WECHAT_APP_ID name different accounts: WeChat Pay knows a payer by the account that he signed in to.',
    );
  }
  const isProduction = env.NODE_ENV === 'production';
  if (isProduction && env.FESTA_SANDBOX !== '1') {
    throw new ConfigError(
      'In production only sandbox messages exist so far, and sandbox payment unless FESTA_SANDBOX_PAYMENT=0: anybody could read codes on the page and pay without money. Set FESTA_SANDBOX=1 to run it so all the same.',
    );
  }
  const publicUrl = (env.PUBLIC_URL ?? `${isHttps ? 'https' : 'http'}://${host}:${port}`).replace(/\/$/, '');
  return {
    home,
    role,
    host,
    port,
    isHttps,
    isDev: values.dev === true,
    isFresh: values.fresh === true,
    isProduction,
    isTest: env.FESTA_TEST === '1',
    databaseUrl: env.DATABASE_URL ?? null,
    publicUrl,
    secret: env.FESTA_SECRET === undefined ? secretOf(home) : strongEnough(env.FESTA_SECRET, 'FESTA_SECRET'),
    allowLoadIdentity: !isProduction || env.FESTA_ALLOW_LOAD === '1',
    trustProxy: env.TRUST_PROXY ?? 'loopback',
    logLevel: env.LOG_LEVEL ?? 'info',
    demoStores: demoStores(env.FESTA_DEMO_STORES),
    payment,
    push: pushOf(env, publicUrl),
    wechat,
  };
}
