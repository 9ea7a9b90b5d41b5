import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { alipayChannel } from '../../server/payment/payment-channel.alipay.ts';
import { openResource, signatureFault } from '../../server/payment/wechat/signed.ts';

/* Messages that the companies themselves have published; ours must take the good ones and refuse the others. */

const folder = join(process.env.FESTA_DATA ?? '../shared/data', 'protocol');
const isThere = existsSync(folder);
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));

describe.skipIf(!isThere)('WeChat Pay v3, the notice that its own library is tested with', () => {
  type Vector = {
    apiv3_key: string;
    platform_certificate_pem: string;
    now_unix: number;
    headers: Record<string, string>;
    body: string;
    expect_plaintext: string;
    must_reject: string[];
  };
  const vector: Vector = isThere ? read('wechatpay-v3-callback.json') : { must_reject: [], headers: {}, body: '{}' };
  const nowMs = vector.now_unix * 1000;
  const headers = Object.fromEntries(
    Object.entries(vector.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const { resource } = JSON.parse(vector.body);
  const keys = () =>
    new Map([[headers['wechatpay-serial'] ?? '', new X509Certificate(vector.platform_certificate_pem).publicKey]]);
  const fault = (change: { headers?: object; body?: string; nowMs?: number }) =>
    signatureFault(keys(), { ...headers, ...change.headers }, change.body ?? vector.body, change.nowMs ?? nowMs);
  const flipped = (base64: string) => {
    const bytes = Buffer.from(base64, 'base64');
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    return bytes.toString('base64');
  };

  test('[R-07] the valid one is accepted and opened', () => {
    expect(fault({})).toBeNull();
    expect(openResource(vector.apiv3_key, resource)).toBe(vector.expect_plaintext);
  });

  /** Each case that the file names; a case that is not here fails. */
  const cases: Record<string, () => void> = {
    'same body with one byte changed': () =>
      expect(fault({ body: vector.body.replace('签约', '签定') })).not.toBeNull(),
    'timestamp more than 5 minutes from now': () => {
      expect(fault({ nowMs: nowMs + 301_000 })).toContain('5 minutes');
      expect(fault({ nowMs: nowMs - 301_000 })).toContain('5 minutes');
      expect(fault({ nowMs: nowMs + 299_000 })).toBeNull();
    },
    'unknown serial': () => expect(fault({ headers: { 'wechatpay-serial': 'D7CE59D1F522D702' } })).toContain('serial'),
    'signature header missing': () =>
      expect(fault({ headers: { 'wechatpay-signature': undefined } })).toContain('missing'),
    'ciphertext with one byte changed': () =>
      expect(() => openResource(vector.apiv3_key, { ...resource, ciphertext: flipped(resource.ciphertext) })).toThrow(),
    'associated_data changed': () =>
      expect(() => openResource(vector.apiv3_key, { ...resource, associated_data: 'payscorf' })).toThrow(),
  };
  test.each(vector.must_reject)('[R-07] refused: %s', (what) => {
    const refused = cases[what];
    if (!refused) throw new Error(`no test for "${what}"`);
    refused();
  });
});

describe.skipIf(!isThere)('Alipay, the notices that its own SDK is tested with', () => {
  type Facts = Record<string, unknown>;
  const vector: { alipay_public_key_pem: string; valid: Facts[]; invalid: Facts[] } = isThere
    ? read('alipay-notify-rsa2.json')
    : { alipay_public_key_pem: '', valid: [], invalid: [] };
  const posted = (facts: Facts) =>
    new URLSearchParams(
      Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    ).toString();
  const channel = async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return alipayChannel({
      account: {
        appId: '2019073166072302',
        appKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        alipayPublicKey: vector.alipay_public_key_pem,
        gateway: 'http://127.0.0.1:9',
      },
      notifyUrl: () => '',
      returnUrl: () => '',
    });
  };

  test.each(vector.valid.map((facts, index) => [index, facts] as const))(
    '[R-07] valid notice %s is accepted with its facts',
    async (_index, facts) => {
      expect((await channel()).parseNotice({}, posted(facts))).toEqual({
        kind: 'paid',
        notice: {
          noticeId: '2019081500222155624068450559358070',
          outTradeNo: '20190815155618536-564-57',
          channelTradeId: '2019081522001468450512505578',
          amountFen: 10,
          currency: 'CNY',
          merchantId: '2019073166072302',
          paidAt: Date.parse('2019-08-15T15:56:24+08:00'),
          payerId: '2088102534368455',
        },
      });
    },
  );

  test.each(vector.invalid.map((facts, index) => [index, facts] as const))(
    '[R-07] invalid notice %s is refused',
    async (_index, facts) => {
      expect((await channel()).parseNotice({}, posted(facts)).kind).toBe('rejected');
    },
  );

  test.each(['total_amount', 'out_trade_no', 'trade_status', 'app_id', 'sign'])(
    '[R-07] a valid notice with %s changed is refused',
    async (name) => {
      const [facts = {}] = vector.valid;
      const changed = { ...facts, [name]: `1${facts[name]}` };
      expect((await channel()).parseNotice({}, posted(changed)).kind).toBe('rejected');
    },
  );
});
