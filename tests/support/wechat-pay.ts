import {
  createCipheriv,
  createSign,
  createVerify,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { WechatBridge } from '../../lib/contracts/payment.ts';
import { wechatChannel } from '../../server/payment/payment-channel.wechat.ts';
import type { WechatAccount } from '../../server/platform/payment-accounts.ts';
import {
  type ChannelBench,
  type ChannelCall,
  openMishaps,
  PAYER,
  type Posted,
  type TheirTrade,
  takeRefund,
} from './channel-bench.ts';

const MERCHANT = '1900000001';
const APP = 'wx0000000000000001';
const API_V3_KEY = 'abcdefghijklmnopqrstuvwxyz012345';
const PLATFORM_SERIAL = 'PUB_KEY_ID_0000000000000001';

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece;
  return text;
}

/** Checks a merchant's request as WeChat Pay does: scheme, account, age, signature, and that no nonce comes twice. */
function merchantFault(request: IncomingMessage, body: string, key: KeyObject, nonces: Set<string>): string | null {
  const { authorization = '' } = request.headers;
  if (!authorization.startsWith('WECHATPAY2-SHA256-RSA2048 ')) return 'scheme';
  const facts = Object.fromEntries(
    [...authorization.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
  if (facts.mchid !== MERCHANT || facts.serial_no !== 'MERCHANT01') return 'account';
  if (Math.abs(Date.now() / 1000 - Number(facts.timestamp)) > 300) return 'timestamp';
  if (nonces.has(facts.nonce_str ?? '')) return 'nonce';
  nonces.add(facts.nonce_str ?? '');
  const message = `${request.method}\n${request.url}\n${facts.timestamp}\n${facts.nonce_str}\n${body}\n`;
  const isGood = createVerify('RSA-SHA256')
    .update(message)
    .verify(key, facts.signature ?? '', 'base64');
  return isGood ? null : 'signature';
}

/** WeChat Pay's own form of a signed message. */
export function signedBy(key: KeyObject, serial: string, body: string, nowMs = Date.now()): Record<string, string> {
  const timestamp = `${Math.floor(nowMs / 1000)}`;
  const nonce = randomBytes(16).toString('hex');
  return {
    'wechatpay-serial': serial,
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-signature': createSign('RSA-SHA256').update(`${timestamp}\n${nonce}\n${body}\n`).sign(key, 'base64'),
  };
}

/** What a notice holds, sealed under the API v3 key. */
export function sealed(plain: string, key = API_V3_KEY) {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key), Buffer.from(nonce)).setAAD(Buffer.from('transaction'));
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64');
  return {
    original_type: 'transaction',
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext,
    associated_data: 'transaction',
    nonce,
  };
}

/** A WeChat Pay of our own on loopback, which signs and verifies as the real one does, and our adapter before it. */
export async function openWechatPay(): Promise<
  ChannelBench & {
    account: WechatAccount;
    payInside(bridge: WechatBridge, openid: string): string;
    env(folder: string): Promise<Record<string, string>>;
  }
> {
  const [merchant, platform, somebody] = [pair(), pair(), pair()];
  const trades = new Map<string, TheirTrade>();
  const nonces = new Set<string>();
  /** Trades inside WeChat: who may pay them, and by which number its browser is asked. */
  const payers = new Map<string, string>();
  const prepaid = new Map<string, string>();
  const mishaps = openMishaps();

  function transaction(trade: TheirTrade, change: { amountFen?: number; merchant?: string } = {}) {
    const isPaid = trade.state === 'paid';
    return {
      appid: APP,
      mchid: change.merchant ?? MERCHANT,
      out_trade_no: trade.id,
      trade_state: isPaid
        ? trade.refunds.size > 0
          ? 'REFUND'
          : 'SUCCESS'
        : trade.state === 'closed'
          ? 'CLOSED'
          : 'NOTPAY',
      ...(isPaid
        ? {
            transaction_id: trade.tradeNo,
            success_time: '2026-11-11T00:00:05+08:00',
            payer: { openid: payers.get(trade.id) ?? PAYER },
          }
        : {}),
      amount: { total: change.amountFen ?? trade.amountFen, currency: 'CNY' },
    };
  }

  /** Does what was asked; answers status and body. */
  function act(path: string, body: string): [ChannelCall, () => [number, object | null]] {
    const content = body === '' ? {} : JSON.parse(body);
    const number = /out-trade-no\/([^/?]+)/.exec(path)?.[1] ?? content.out_trade_no;
    const trade = trades.get(number);
    if (path.startsWith('/v3/refund/')) {
      return [
        'refund',
        () =>
          takeRefund(trade, content.out_refund_no, content.amount.refund) && content.amount.total === trade?.amountFen
            ? [200, { out_refund_no: content.out_refund_no, status: 'SUCCESS' }]
            : [400, { code: 'NOT_ENOUGH', message: '退款金额超过可退金额' }],
      ];
    }
    if (path.endsWith('/close')) {
      return [
        'close',
        () => {
          if (!trade) return [404, { code: 'ORDER_NOT_EXIST', message: '订单不存在' }];
          if (trade.state === 'paid') return [400, { code: 'ORDERPAID', message: '订单已支付' }];
          trade.state = 'closed';
          return [204, null];
        },
      ];
    }
    if (path.includes('/out-trade-no/')) {
      return [
        'query',
        () => (trade ? [200, transaction(trade)] : [404, { code: 'ORDER_NOT_EXIST', message: '订单不存在' }]),
      ];
    }
    return [
      'create',
      () => {
        if (content.appid !== APP || !/^\w{6,32}$/.test(number)) return [400, { code: 'PARAM_ERROR', message: 'no' }];
        const payer: unknown = content.payer?.openid;
        const isInside = path.endsWith('/jsapi');
        if (isInside && (typeof payer !== 'string' || !/^[\w-]{6,128}$/.test(payer))) {
          return [400, { code: 'PARAM_ERROR', message: 'payer.openid' }];
        }
        if (trade && payers.get(number) !== (isInside ? payer : undefined)) {
          return [400, { code: 'OUT_TRADE_NO_USED', message: '商户订单号重复' }];
        }
        const expiresAt = Date.parse(content.time_expire);
        if (expiresAt < Date.now() + 60_000) return [400, { code: 'PARAM_ERROR', message: 'time_expire' }];
        if (!trade) {
          const tradeNo = `42000${randomBytes(8).toString('hex')}`;
          trades.set(number, {
            id: number,
            amountFen: content.amount.total,
            state: 'open',
            expiresAt,
            tradeNo,
            refunds: new Map(),
          });
        } else if (trade.amountFen !== content.amount.total)
          return [400, { code: 'OUT_TRADE_NO_USED', message: 'other' }];
        if (isInside) {
          const prepayId = `wx${randomBytes(16).toString('hex')}`;
          payers.set(number, payer as string);
          prepaid.set(prepayId, number);
          return [200, { prepay_id: prepayId }];
        }
        if (path.endsWith('/native')) return [200, { code_url: `weixin://wxpay/bizpayurl?pr=${number.slice(-9)}` }];
        if (!content.scene_info?.payer_client_ip) return [400, { code: 'PARAM_ERROR', message: 'payer_client_ip' }];
        return [
          200,
          { h5_url: `https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx${number.slice(-9)}&package=1` },
        ];
      },
    ];
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const fault = merchantFault(request, body, merchant.publicKey, nonces);
    const [call, run] = act(request.url ?? '', body);
    if (fault === null && mishaps.take('fail', call)) return void response.writeHead(500).end();
    const [status, content] = fault ? [401, { code: 'SIGN_ERROR', message: fault }] : run();
    if (mishaps.take('lose', call)) return void request.socket.destroy();
    const text = content === null ? '' : JSON.stringify(content);
    const key = mishaps.take('forge', call) ? somebody.privateKey : platform.privateKey;
    response
      .writeHead(status, { 'content-type': 'application/json', ...signedBy(key, PLATFORM_SERIAL, text) })
      .end(text);
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const account: WechatAccount = {
    appId: APP,
    merchantId: MERCHANT,
    merchantSerial: 'MERCHANT01',
    merchantKey: merchant.privateKey,
    apiV3Key: API_V3_KEY,
    platformKeys: new Map([[PLATFORM_SERIAL, platform.publicKey]]),
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };

  function noticeBody(
    paymentId: string,
    change: { number?: number; amountFen?: number; merchant?: string } = {},
  ): string {
    const trade = trades.get(paymentId);
    if (!trade) throw new Error('no such trade');
    return JSON.stringify({
      id: `EV-${paymentId}-${change.number ?? 0}`,
      create_time: '2026-11-11T00:00:05+08:00',
      resource_type: 'encrypt-resource',
      event_type: 'TRANSACTION.SUCCESS',
      summary: '支付成功',
      resource: sealed(JSON.stringify(transaction(trade, change))),
    });
  }
  const signed = (body: string): Posted => ({ headers: signedBy(platform.privateKey, PLATFORM_SERIAL, body), body });

  return {
    account,
    trades,
    channel: wechatChannel({
      account,
      notifyUrl: () => 'https://shop.example/notice',
      returnUrl: () => 'https://shop.example/paid',
    }),
    async pay(paymentId, payUrl, isForced = false) {
      const trade = trades.get(paymentId);
      if (!trade || !/^(https:\/\/wx\.tenpay\.com|weixin:)/.test(payUrl)) throw new Error('nothing to pay');
      if (trade.state === 'open' || isForced) trade.state = 'paid';
    },
    /** WeChat's browser asks its owner for the money, with what the page gave it; it checks what the real one checks. */
    payInside(bridge, openid) {
      const message = `${bridge.appId}\n${bridge.timeStamp}\n${bridge.nonceStr}\n${bridge.package}\n`;
      const isSigned = createVerify('RSA-SHA256').update(message).verify(merchant.publicKey, bridge.paySign, 'base64');
      if (bridge.appId !== APP || bridge.signType !== 'RSA' || !isSigned) return 'get_brand_wcpay_request:fail';
      const trade = trades.get(prepaid.get(/^prepay_id=(\w+)$/.exec(bridge.package)?.[1] ?? '') ?? '');
      if (trade?.state !== 'open' || payers.get(trade.id) !== openid) return 'get_brand_wcpay_request:fail';
      trade.state = 'paid';
      return 'get_brand_wcpay_request:ok';
    },
    /** The settings of an edge with this account; keys are files. */
    async env(folder) {
      const [key, platformKey] = [join(folder, 'merchant.pem'), join(folder, 'platform.pem')];
      await writeFile(key, merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }));
      await writeFile(platformKey, platform.publicKey.export({ type: 'spki', format: 'pem' }));
      return {
        WECHAT_PAY_APP_ID: APP,
        WECHAT_PAY_MERCHANT_ID: MERCHANT,
        WECHAT_PAY_MERCHANT_SERIAL: account.merchantSerial,
        WECHAT_PAY_MERCHANT_KEY: key,
        WECHAT_PAY_API_V3_KEY: API_V3_KEY,
        WECHAT_PAY_PLATFORM_KEYS: `${PLATFORM_SERIAL}=${platformKey}`,
        WECHAT_PAY_ORIGIN: account.origin,
      };
    },
    notice: (paymentId, change) => signed(noticeBody(paymentId, change)),
    forgeries(paymentId) {
      const body = noticeBody(paymentId);
      const honest = signed(body);
      const { 'wechatpay-signature': _left, ...unsigned } = honest.headers;
      return {
        'signed by somebody else': { headers: signedBy(somebody.privateKey, PLATFORM_SERIAL, body), body },
        'one byte changed': { headers: honest.headers, body: body.replace('支付成功', '支付成公') },
        'without a signature': { headers: unsigned, body },
        'an unknown serial': { headers: signedBy(platform.privateKey, 'PUB_KEY_ID_2', body), body },
        'six minutes old': {
          headers: signedBy(platform.privateKey, PLATFORM_SERIAL, body, Date.now() - 360_000),
          body,
        },
        'six minutes ahead': {
          headers: signedBy(platform.privateKey, PLATFORM_SERIAL, body, Date.now() + 360_000),
          body,
        },
        'a probe signature': { headers: { ...honest.headers, 'wechatpay-signature': 'WECHATPAY/SIGNTEST/x' }, body },
      };
    },
    loseAnswer: (call) => void mishaps.add('lose', call),
    fail: (call) => void mishaps.add('fail', call),
    forgeAnswer: (call) => void mishaps.add('forge', call),
    close: () => new Promise((done) => server.close(() => done())),
  };
}
