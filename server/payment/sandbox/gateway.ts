import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { SandboxNotice } from '../../../lib/contracts/payment.ts';
import type { Database, Queryable } from '../../platform/database.ts';
import { type NoticePlan, noticePlans } from './whims.ts';

/*
 * The sandbox gateway: another company in all but address. It has its own books, its own cashier page and its own
 * key, and tells the shop of a payment only by signed notices over HTTP.
 */

export type Trade = {
  id: string;
  merchantId: string;
  outTradeNo: string;
  orderId: string;
  subject: string;
  amountFen: number;
  state: 'open' | 'paid' | 'closed' | 'refunded';
  expiresAt: number;
  paidAt: number | null;
  payerId: string | null;
};

type TradeRow = {
  id: string;
  merchant_id: string;
  out_trade_no: string;
  order_id: string;
  subject: string;
  amount_fen: number;
  state: Trade['state'];
  expires_at: Date;
  paid_at: Date | null;
  payer_id: string | null;
};

const toTrade = (row: TradeRow): Trade => ({
  id: row.id,
  merchantId: row.merchant_id,
  outTradeNo: row.out_trade_no,
  orderId: row.order_id,
  subject: row.subject,
  amountFen: row.amount_fen,
  state: row.state,
  expiresAt: row.expires_at.getTime(),
  paidAt: row.paid_at?.getTime() ?? null,
  payerId: row.payer_id,
});

const KEY_SETTING = 'sandbox-gateway-key';

function makeKeys(): { privateKey: string; publicKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** The key of somebody else, for notices that only look like the gateway's. */
let forgedKey: string | undefined;

/** The gateway's RSA key pair, made once per installation. */
export async function gatewayKeys(db: Database): Promise<{ privateKey: string; publicKey: string }> {
  const made = makeKeys();
  await db.query('insert into setting (name, value) values ($1, $2) on conflict (name) do nothing', [
    KEY_SETTING,
    JSON.stringify(made),
  ]);
  const [row] = await db.query<{ value: { privateKey: string; publicKey: string } }>(
    'select value from setting where name = $1',
    [KEY_SETTING],
  );
  return row?.value ?? made;
}

export function sandboxGateway(db: Database, privateKey: string) {
  const byOutTradeNo = async (tx: Queryable, outTradeNo: string) => {
    const [row] = await tx.query<TradeRow>('select * from sandbox_trade where out_trade_no = $1', [outTradeNo]);
    return row ? toTrade(row) : null;
  };

  /** Puts the notices of a paid trade into the post. */
  async function post(tx: Queryable, trade: Trade, plans: readonly NoticePlan[]): Promise<void> {
    const stem = `ntc_${randomBytes(12).toString('hex')}`;
    for (const [copy, plan] of plans.entries()) {
      const notice: SandboxNotice = {
        noticeId: plan.number === 0 ? stem : `${stem}_${plan.number}`,
        tradeId: trade.id,
        outTradeNo: trade.outTradeNo,
        amountFen: trade.amountFen,
        currency: 'CNY',
        merchantId: trade.merchantId,
        paidAt: trade.paidAt ?? 0,
        ...(trade.payerId === null ? {} : { payerId: trade.payerId }),
        ...plan.says,
      };
      const body = JSON.stringify(notice);
      if (plan.signedBy === 'somebody') forgedKey ??= makeKeys().privateKey;
      const key = plan.signedBy === 'somebody' && forgedKey ? forgedKey : privateKey;
      const signature = createSign('RSA-SHA256').update(body).sign(key, 'base64');
      await tx.query(
        `insert into sandbox_notice (id, trade_id, body, signature, next_try_at)
         values ($1, $2, $3, $4, now() + $5 * interval '1 millisecond')`,
        [`${stem}.${copy}`, trade.id, plan.isAltered ? `${body} ` : body, signature, plan.delayMs],
      );
    }
  }

  return {
    async create(trade: {
      merchantId: string;
      outTradeNo: string;
      orderId: string;
      subject: string;
      amountFen: number;
      expiresAt: number;
      notifyUrl: string;
    }): Promise<Trade> {
      await db.query(
        `insert into sandbox_trade (id, merchant_id, out_trade_no, order_id, subject, amount_fen, expires_at, notify_url)
         values ($1, $2, $3, $4, $5, $6, to_timestamp($7 / 1000.0), $8) on conflict (out_trade_no) do nothing`,
        [
          `sbx_${randomBytes(12).toString('hex')}`,
          trade.merchantId,
          trade.outTradeNo,
          trade.orderId,
          trade.subject,
          trade.amountFen,
          trade.expiresAt,
          trade.notifyUrl,
        ],
      );
      const made = await byOutTradeNo(db, trade.outTradeNo);
      if (!made) throw new Error('the sandbox lost a trade');
      return made;
    },

    async trade(id: string): Promise<Trade | null> {
      const [row] = await db.query<TradeRow>('select * from sandbox_trade where id = $1', [id]);
      return row ? toTrade(row) : null;
    },

    queryByOutTradeNo: (outTradeNo: string) => byOutTradeNo(db, outTradeNo),

    /**
     * The buyer pays. Paying again changes nothing; a closed or expired trade cannot be paid, unless the gateway
     * misbehaves (`isForced`). `plans` are the notices that go out: one, unless it misbehaves.
     */
    pay(
      id: string,
      {
        isForced = false,
        plans = (amountFen) => noticePlans([], amountFen),
        payerId,
      }: {
        isForced?: boolean;
        plans?: (amountFen: number) => readonly NoticePlan[];
        payerId?: string | undefined;
      } = {},
    ): Promise<Trade['state'] | 'missing'> {
      return db.transaction(async (tx) => {
        const [row] = await tx.query<TradeRow>(
          `update sandbox_trade set state = 'paid', paid_at = now(), payer_id = $3
           where id = $1 and ((state = 'open' and expires_at > now()) or ($2 and state in ('open', 'closed')))
           returning *`,
          [id, isForced, payerId ?? null],
        );
        if (!row) {
          const [known] = await tx.query<TradeRow>('select * from sandbox_trade where id = $1', [id]);
          if (!known) return 'missing';
          return known.state === 'open' ? 'closed' : known.state;
        }
        await post(tx, toTrade(row), plans(row.amount_fen));
        return 'paid';
      });
    },

    /** The merchant closes a trade; `paid` when the buyer was faster. */
    async close(outTradeNo: string): Promise<'closed' | 'paid'> {
      await db.query(`update sandbox_trade set state = 'closed' where out_trade_no = $1 and state = 'open'`, [
        outTradeNo,
      ]);
      const trade = await byOutTradeNo(db, outTradeNo);
      return trade && trade.state === 'paid' ? 'paid' : 'closed';
    },

    /** Returns money of a paid trade; the same number returns it once, and never more than was paid. */
    refund(refund: {
      outRefundNo: string;
      outTradeNo: string;
      amountFen: number;
    }): Promise<'done' | 'pending' | 'refused'> {
      return db.transaction(async (tx) => {
        const [row] = await tx.query<TradeRow>('select * from sandbox_trade where out_trade_no = $1 for update', [
          refund.outTradeNo,
        ]);
        if (!row || (row.state !== 'paid' && row.state !== 'refunded')) return 'refused';
        const [sum] = await tx.query<{ other: number; known: number }>(
          `select coalesce(sum(amount_fen) filter (where out_refund_no <> $2), 0)::bigint as other,
                  count(*) filter (where out_refund_no = $2) as known
           from sandbox_refund where trade_id = $1`,
          [row.id, refund.outRefundNo],
        );
        if (sum && sum.known > 0) return 'done';
        if ((sum?.other ?? 0) + refund.amountFen > row.amount_fen) return 'refused';
        await tx.query('insert into sandbox_refund (out_refund_no, trade_id, amount_fen) values ($1, $2, $3)', [
          refund.outRefundNo,
          row.id,
          refund.amountFen,
        ]);
        if ((sum?.other ?? 0) + refund.amountFen === row.amount_fen) {
          await tx.query(`update sandbox_trade set state = 'refunded' where id = $1`, [row.id]);
        }
        return 'done';
      });
    },

    /** Notices that are due, to be posted; what is not acknowledged is due again later (15 s … 1 h, doubling). */
    dueNotices(limit: number): Promise<{ id: string; body: string; signature: string; url: string }[]> {
      return db.query(
        `update sandbox_notice n set attempts = attempts + 1,
           next_try_at = now() + least(interval '1 hour', interval '15 seconds' * power(2, least(attempts, 9)))
         from sandbox_trade t
         where t.id = n.trade_id and n.id in (
           select id from sandbox_notice where delivered_at is null and next_try_at <= now()
           order by next_try_at limit $1 for update skip locked)
         returning n.id, n.body, n.signature, t.notify_url as url`,
        [limit],
      );
    },

    async acknowledged(noticeId: string): Promise<void> {
      await db.query('update sandbox_notice set delivered_at = now() where id = $1', [noticeId]);
    },
  };
}

export type SandboxGateway = ReturnType<typeof sandboxGateway>;
