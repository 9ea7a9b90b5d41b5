import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../server/platform/config.ts';

let home: string;
let env: Record<string, string>;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'festa-accounts-'));
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(join(home, 'private.pem'), privateKey.export({ type: 'pkcs1', format: 'pem' }));
  await writeFile(join(home, 'public.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
  env = {
    FESTA_HOME: home,
    WECHAT_PAY_APP_ID: 'wx1',
    WECHAT_PAY_MERCHANT_ID: '19',
    WECHAT_PAY_MERCHANT_SERIAL: 'A1',
    WECHAT_PAY_MERCHANT_KEY: join(home, 'private.pem'),
    WECHAT_PAY_API_V3_KEY: 'abcdefghijklmnopqrstuvwxyz012345',
    WECHAT_PAY_PLATFORM_KEYS: `PUB_KEY_ID_1=${join(home, 'public.pem')},B2=${join(home, 'public.pem')}`,
    ALIPAY_APP_ID: '2021',
    ALIPAY_APP_KEY: join(home, 'private.pem'),
    ALIPAY_PUBLIC_KEY: join(home, 'public.pem'),
  };
});
afterAll(() => rm(home, { recursive: true, force: true }));

test('without settings the sandbox is the one way to pay', () => {
  const { payment } = readConfig({ FESTA_HOME: home }, []);
  expect([payment.wechat, payment.alipay, payment.isSandbox]).toEqual([null, null, true]);
});

test('with all settings both accounts are read, and the sandbox can be taken away', () => {
  const { payment } = readConfig({ ...env, FESTA_SANDBOX_PAYMENT: '0' }, []);
  expect([...(payment.wechat?.platformKeys.keys() ?? [])]).toEqual(['PUB_KEY_ID_1', 'B2']);
  expect(payment.alipay?.appKey).toContain('BEGIN PRIVATE KEY');
  expect(payment.isSandbox).toBe(false);
});

test.each([
  ['half of an account', () => ({ ...env, WECHAT_PAY_API_V3_KEY: '' }), 'WECHAT_PAY_API_V3_KEY'],
  ['a key of the wrong length', () => ({ ...env, WECHAT_PAY_API_V3_KEY: 'short' }), '32 characters'],
  ['a key file that is not there', () => ({ ...env, ALIPAY_APP_KEY: join(home, 'none.pem') }), 'ALIPAY_APP_KEY'],
  ['no way to pay', () => ({ FESTA_HOME: home, FESTA_SANDBOX_PAYMENT: '0' }), 'no way to pay'],
])('%s stops the start with a sentence', (_what, broken, said) => {
  expect(() => readConfig(broken(), [])).toThrow(ConfigError);
  expect(() => readConfig(broken(), [])).toThrow(said);
});
