import { createSign, createVerify, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { alipayChannel } from '../../server/payment/payment-channel.alipay.ts';
import {
  type ChannelBench,
  type ChannelCall,
  openMishaps,
  PAYER,
  type Posted,
  type TheirTrade,
  takeRefund,
} from './channel-bench.ts';

const APP = '2026000000000001';
const SELLER = '2088000000000001';

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const yuan = (fen: number) => (fen / 100).toFixed(2);
const sorted = (facts: Record<string, string>, leave: string[]) =>
  Object.keys(facts)
    .filter((name) => !leave.includes(name) && facts[name] !== '')
    .sort()
    .map((name) => `${name}=${facts[name]}`)
    .join('&');
const signature = (key: KeyObject, text: string, algorithm = 'RSA-SHA256') =>
  createSign(algorithm).update(text, 'utf8').sign(key, 'base64');

/** An Alipay of our own on loopback: RSA2 over the sorted facts both ways, and our adapter before it. */
export async function openAlipay(): Promise<ChannelBench> {
  const [app, alipay, somebody] = [pair(), pair(), pair()];
  const trades = new Map<string, TheirTrade>();
  const mishaps = openMishaps();

  function requestFault(facts: Record<string, string>): string | null {
    if (facts.app_id !== APP) return 'isv.invalid-app-id';
    const beijing = Date.parse(`${facts.timestamp}+08:00`);
    if (!(Math.abs(Date.now() - beijing) < 10 * 60_000)) return 'isv.invalid-timestamp';
    const text = sorted(facts, ['sign']);
    const isGood = createVerify('RSA-SHA256')
      .update(text, 'utf8')
      .verify(app.publicKey, facts.sign ?? '', 'base64');
    return isGood ? null : 'isv.invalid-signature';
  }

  const failed = (subCode: string) => ({ code: '40004', msg: 'Business Failed', sub_code: subCode, sub_msg: '…' });
  const well = (facts: object) => ({ code: '10000', msg: 'Success', ...facts });

  const METHODS: Record<string, [ChannelCall, (biz: Record<string, string>) => object]> = {
    'alipay.trade.query': [
      'query',
      ({ out_trade_no: id = '' }) => {
        const trade = trades.get(id);
        if (!trade) return failed('ACQ.TRADE_NOT_EXIST');
        const status = { open: 'WAIT_BUYER_PAY', paid: 'TRADE_SUCCESS', closed: 'TRADE_CLOSED' }[trade.state];
        return well({
          out_trade_no: id,
          trade_no: trade.tradeNo,
          trade_status: status,
          total_amount: yuan(trade.amountFen),
          ...(trade.state === 'paid' ? { send_pay_date: '2026-11-11 00:00:05', buyer_user_id: PAYER } : {}),
        });
      },
    ],
    'alipay.trade.close': [
      'close',
      ({ out_trade_no: id = '' }) => {
        const trade = trades.get(id);
        if (!trade) return failed('ACQ.TRADE_NOT_EXIST');
        if (trade.state !== 'open') return failed('ACQ.TRADE_STATUS_ERROR');
        trade.state = 'closed';
        return well({ out_trade_no: id, trade_no: trade.tradeNo });
      },
    ],
    'alipay.trade.refund': [
      'refund',
      ({ out_trade_no: id = '', out_request_no: number = '', refund_amount: amount = '' }) => {
        const trade = trades.get(id);
        const isKnown = trade?.refunds.has(number) ?? false;
        const isTaken = takeRefund(trade, number, Math.round(Number(amount) * 100));
        if (!isTaken) return failed('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL');
        return well({ out_trade_no: id, trade_no: trade?.tradeNo, fund_change: isKnown ? 'N' : 'Y' });
      },
    ],
    'alipay.trade.fastpay.refund.query': [
      'query',
      ({ out_trade_no: id = '', out_request_no: number = '' }) =>
        trades.get(id)?.refunds.has(number)
          ? well({ out_trade_no: id, out_request_no: number, refund_status: 'REFUND_SUCCESS' })
          : well({}),
    ],
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += piece;
    const url = new URL(request.url ?? '', 'http://localhost');
    const facts = Object.fromEntries([...url.searchParams, ...new URLSearchParams(body)]);
    const fault = requestFault(facts);
    const biz = JSON.parse(facts.biz_content ?? '{}');
    if (facts.method === 'alipay.trade.wap.pay') {
      // The buyer's browser: the trade begins to exist.
      const expiresAt = Date.parse(`${biz.time_expire}+08:00`);
      if (fault || biz.product_code !== 'QUICK_WAP_WAY') return void response.writeHead(400).end(fault);
      if (!trades.has(biz.out_trade_no)) {
        const amountFen = Math.round(Number(biz.total_amount) * 100);
        const tradeNo = `20261111${randomBytes(10).toString('hex')}`;
        trades.set(biz.out_trade_no, {
          id: biz.out_trade_no,
          amountFen,
          state: 'open',
          expiresAt,
          tradeNo,
          refunds: new Map(),
        });
      }
      return void response.writeHead(200).end('cashier');
    }
    const [call, run] = METHODS[facts.method ?? ''] ?? ['query', () => failed('isv.invalid-method')];
    if (mishaps.take('fail', call)) return void response.writeHead(500).end();
    const answer = fault ? failed(fault) : run(biz);
    if (mishaps.take('lose', call)) return void request.socket.destroy();
    const text = JSON.stringify(answer);
    const key = mishaps.take('forge', call) ? somebody.privateKey : alipay.privateKey;
    const name = `${(facts.method ?? '').replaceAll('.', '_')}_response`;
    response.writeHead(200, { 'content-type': 'text/html;charset=utf-8' });
    response.end(`{"${name}":${text},"sign":"${signature(key, text)}"}`);
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const gateway = `http://127.0.0.1:${(server.address() as AddressInfo).port}/gateway.do`;
  const pem = (key: KeyObject, type: 'pkcs8' | 'spki') => key.export({ type, format: 'pem' } as never).toString();

  function noticeFacts(paymentId: string, change: { number?: number; amountFen?: number; merchant?: string } = {}) {
    const trade = trades.get(paymentId);
    if (!trade) throw new Error('no such trade');
    return {
      notify_id: `ntf${paymentId}${change.number ?? 0}`,
      notify_type: 'trade_status_sync',
      app_id: change.merchant ?? APP,
      seller_id: SELLER,
      charset: 'utf-8',
      version: '1.0',
      out_trade_no: paymentId,
      trade_no: trade.tradeNo,
      trade_status: 'TRADE_SUCCESS',
      total_amount: yuan(change.amountFen ?? trade.amountFen),
      subject: 'Festa 100% 你好',
      gmt_payment: '2026-11-11 00:00:05',
      buyer_id: PAYER,
      fund_bill_list: '[{"amount":"1.00","fundChannel":"ALIPAYACCOUNT"}]',
      sign_type: 'RSA2',
    };
  }
  const post = (facts: Record<string, string>): Posted => ({
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams(facts).toString(),
  });
  const signed = (facts: Record<string, string>, key = alipay.privateKey, algorithm = 'RSA-SHA256') => ({
    ...facts,
    sign: signature(key, sorted(facts, ['sign', 'sign_type']), algorithm),
  });

  return {
    trades,
    channel: await alipayChannel({
      account: {
        appId: APP,
        appKey: pem(app.privateKey, 'pkcs8'),
        alipayPublicKey: pem(alipay.publicKey, 'spki'),
        gateway,
      },
      notifyUrl: () => 'https://shop.example/notice',
      returnUrl: () => 'https://shop.example/paid',
    }),
    async pay(paymentId, payUrl, isForced = false) {
      const opened = await fetch(payUrl);
      if (!opened.ok) throw new Error(`Alipay does not open the address: ${await opened.text()}`);
      const trade = trades.get(paymentId);
      if (trade && (trade.state === 'open' || isForced)) trade.state = 'paid';
    },
    notice: (paymentId, change) => post(signed(noticeFacts(paymentId, change))),
    forgeries(paymentId) {
      const facts = noticeFacts(paymentId);
      const honest = signed(facts);
      return {
        'signed by somebody else': post(signed(facts, somebody.privateKey)),
        'another amount under the same signature': post({ ...honest, total_amount: '0.01' }),
        'without a signature': post(facts),
        'a fact added': post({ ...honest, refund_fee: '1.00' }),
        'signed with SHA-1': post(signed({ ...facts, sign_type: 'RSA' }, alipay.privateKey, 'RSA-SHA1')),
      };
    },
    loseAnswer(call) {
      // The SDK's HTTP client asks once more by itself when a connection breaks.
      mishaps.add('lose', call);
      mishaps.add('lose', call);
    },
    fail: (call) => void mishaps.add('fail', call),
    forgeAnswer: (call) => void mishaps.add('forge', call),
    close: () => new Promise((done) => server.close(() => done())),
  };
}
