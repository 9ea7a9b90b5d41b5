import { createSign, generateKeyPairSync } from 'node:crypto';
import { sandboxChannel } from '../../server/payment/payment-channel.sandbox.ts';
import { gatewayKeys, type SandboxGateway, sandboxGateway } from '../../server/payment/sandbox/gateway.ts';
import {
  type ChannelBench,
  type ChannelCall,
  openMishaps,
  PAYER,
  type Posted,
  type TheirTrade,
} from './channel-bench.ts';
import { testDatabase } from './postgres.ts';

/** The sandbox and its gateway as one more company; its books are mirrored after each call, so that tests read them. */
export async function openSandbox(): Promise<ChannelBench> {
  const { db, drop } = await testDatabase();
  const keys = await gatewayKeys(db);
  const inner = sandboxGateway(db, keys.privateKey);
  const trades = new Map<string, TheirTrade>();
  const mishaps = openMishaps();
  const somebody = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

  async function mirror(): Promise<void> {
    const rows = await db.query<{
      id: string;
      out: string;
      fen: number;
      state: string;
      at: Date;
      refunds: object | null;
    }>(
      `select id, out_trade_no as out, amount_fen as fen, state, expires_at as at,
         (select jsonb_object_agg(out_refund_no, r.amount_fen) from sandbox_refund r where r.trade_id = t.id) as refunds
       from sandbox_trade t`,
    );
    for (const { id, out, fen, state, at, refunds } of rows) {
      trades.set(out, {
        id: out,
        tradeNo: id,
        amountFen: fen,
        state: state === 'refunded' ? 'paid' : (state as TheirTrade['state']),
        expiresAt: at.getTime(),
        refunds: new Map(Object.entries(refunds ?? {})),
      });
    }
  }

  async function around<T>(call: ChannelCall, work: () => Promise<T>): Promise<T> {
    if (mishaps.take('fail', call)) throw new Error('500');
    const answer = await work();
    await mirror();
    if (mishaps.take('lose', call)) throw new Error('no answer');
    return answer;
  }

  const gateway: SandboxGateway = {
    ...inner,
    create: (wanted) => around('create', () => inner.create(wanted)),
    queryByOutTradeNo: (id) => around('query', () => inner.queryByOutTradeNo(id)),
    close: (id) => around('close', () => inner.close(id)),
    refund: (refund) => around('refund', () => inner.refund(refund)),
  };

  function body(paymentId: string, change: { number?: number; amountFen?: number; merchant?: string } = {}): string {
    const trade = trades.get(paymentId);
    if (!trade) throw new Error('no such trade');
    return JSON.stringify({
      noticeId: `ntc_${paymentId}_${change.number ?? 0}`,
      tradeId: trade.tradeNo,
      outTradeNo: paymentId,
      amountFen: change.amountFen ?? trade.amountFen,
      currency: 'CNY',
      merchantId: change.merchant ?? 'festa-demo',
      paidAt: Date.parse('2026-11-11T00:00:05+08:00'),
      payerId: PAYER,
    });
  }
  const signed = (text: string, key = keys.privateKey): Posted => ({
    headers: { 'x-sandbox-signature': createSign('RSA-SHA256').update(text).sign(key, 'base64') },
    body: text,
  });

  return {
    trades,
    channel: sandboxChannel({ gateway, publicKey: keys.publicKey, notifyUrl: () => 'http://127.0.0.1:9/notice' }),
    async pay(paymentId, payUrl, isForced = false) {
      await inner.pay(payUrl.split('=')[1] ?? '', { isForced, payerId: PAYER });
      await mirror();
      if (trades.get(paymentId)?.state !== 'paid' && isForced) throw new Error('not paid');
    },
    notice: (paymentId, change) => signed(body(paymentId, change)),
    forgeries(paymentId) {
      const text = body(paymentId);
      return {
        'signed by somebody else': signed(text, somebody.privateKey),
        'one byte changed': { ...signed(text), body: `${text} ` },
        'without a signature': { headers: {}, body: text },
      };
    },
    loseAnswer: (call) => void mishaps.add('lose', call),
    fail: (call) => void mishaps.add('fail', call),
    // It answers in this very process: there is no answer that somebody else could sign.
    forgeAnswer: (call) => void mishaps.add('fail', call),
    close: drop,
  };
}
