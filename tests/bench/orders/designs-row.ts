import pg from 'pg';
import { orderIdMaker } from '../../../server/order/order-id.ts';
import {
  ADDRESS,
  CHOICE,
  HOLD_MS,
  LIMIT_PER_PERSON,
  PAY_MS,
  PRICE_FEN,
  PRODUCT,
  REQUEST_HASH,
  TITLE,
} from './goods.ts';
import { CODE, type Code, type Design } from './pipe.ts';

/* The two usual ways: one transaction per order. Each statement is prepared once per connection. */

const POOL = 16;

const STATEMENTS = {
  earlier: 'select id from orders where shopper_id = $1 and key = $2',
  lock: `select on_hand - reserved as available from stock_level where sku_id = $1 and location_id = 'central' for update`,
  take: `update stock_level set reserved = reserved + $2, version = version + 1
         where sku_id = $1 and location_id = 'central' and on_hand - reserved >= $2`,
  limit: `insert into limit_use as u (shopper_id, sku_id, scope, quantity) values ($1, $2, 'always', $3)
          on conflict (shopper_id, sku_id, scope) do update set quantity = u.quantity + excluded.quantity
          where u.quantity + excluded.quantity <= $4 returning quantity`,
  order: `insert into orders (id, shopper_id, key, request_hash, state, goods_fen, freight_fen, total_fen, saved_fen,
            quote, address, note, placed_at, pay_before)
          values ($1, $2, $3, $4, 'pending_pay', $5, 0, $5, 0, $6, $7, '', now(), now() + $8 * interval '1 ms')`,
  line: `insert into order_line (order_id, line_number, sku_id, quantity, unit_fen, price_kind, title, choice, product_handle)
         values ($1, 1, $2, 1, $3, 'ordinary', $4, $5, $6)`,
  hold: `insert into reservation (id, order_id, sku_id, location_id, shopper_id, quantity, expires_at)
         values ($1, $2, $3, 'central', $4, 1, now() + $5 * interval '1 ms')`,
  move: `insert into stock_move (sku_id, location_id, kind, quantity, reference) values ($1, 'central', 'reserve', 1, $2)`,
  log: `insert into order_log (order_id, step, from_state, to_state, actor) values ($1, 1, null, 'pending_pay', 'shopper')`,
  told: `insert into outbox (topic, aggregate, body) values ('order.placed', $1, jsonb_build_object('orderId', $1::text))`,
  notify: `select pg_notify('stock', $1)`,
} as const;

type Run = (name: keyof typeof STATEMENTS, values: readonly unknown[]) => Promise<pg.QueryResult>;

const DUPLICATE = '23505';

/** Refused inside a transaction: everything of it is rolled back. */
class Refused extends Error {
  readonly code: Code;
  constructor(code: Code) {
    super('refused');
    this.code = code;
  }
}

async function insertRows(run: Run, orderId: string, shopperId: string, key: string, skuId: string): Promise<void> {
  const limited = await run('limit', [shopperId, skuId, 1, LIMIT_PER_PERSON]);
  if (limited.rowCount === 0) throw new Refused(CODE.limit);
  const quote = { shownTotalFen: PRICE_FEN, quotedAt: Date.now() };
  await run('order', [orderId, shopperId, key, REQUEST_HASH, PRICE_FEN, quote, ADDRESS, PAY_MS]);
  await run('line', [orderId, skuId, PRICE_FEN, TITLE, CHOICE, PRODUCT]);
  await run('hold', [`${orderId}/${skuId}`, orderId, skuId, shopperId, HOLD_MS]);
  await run('move', [skuId, `${orderId}/${skuId}`]);
  await run('log', [orderId]);
  await run('told', [orderId]);
  await run('notify', [skuId]);
}

function openRows(url: string, seat: number, settle: (run: Run, order: string[]) => Promise<void>): Design {
  const pool = new pg.Pool({ connectionString: url, max: POOL, application_name: 'bench' });
  const newOrderId = orderIdMaker(seat);
  let commands = 0;
  const runOn = (client: pg.Pool | pg.PoolClient): Run => {
    return (name, values) => client.query({ name, text: STATEMENTS[name], values: [...values] });
  };

  async function earlier(shopperId: string, key: string): Promise<string | null> {
    const { rows } = await runOn(pool)('earlier', [shopperId, key]);
    return (rows[0] as { id: string } | undefined)?.id ?? null;
  }

  return {
    async ask(shopperId, key, skuId) {
      commands += 1;
      const orderId = newOrderId(shopperId);
      const client = await pool.connect();
      let code: Code = CODE.accepted;
      try {
        await client.query('begin');
        await settle(runOn(client), [orderId, shopperId, key, skuId]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        if (error instanceof Refused) code = error.code;
        else if ((error as { code?: string }).code === DUPLICATE) code = CODE.replay;
        else throw error;
      } finally {
        client.release();
      }
      if (code === CODE.accepted) return { code, reference: orderId };
      const known = await earlier(shopperId, key);
      return known ? { code: CODE.replay, reference: known } : { code, reference: '' };
    },
    stats: () => ({ batches: commands, commands }),
    close: () => pool.end(),
  };
}

/** Baseline 1: `UPDATE … WHERE available >= n`, then the order's rows, in one transaction. */
export function openRowUpdate(url: string, seat: number): Design {
  return openRows(url, seat, async (run, [orderId, shopperId, key, skuId]) => {
    const taken = await run('take', [skuId, 1]);
    if (taken.rowCount === 0) throw new Refused(CODE.soldOut);
    await insertRows(run, orderId!, shopperId!, key!, skuId!);
  });
}

/** Baseline 2: `SELECT … FOR UPDATE`, look, write. */
export function openForUpdate(url: string, seat: number): Design {
  return openRows(url, seat, async (run, [orderId, shopperId, key, skuId]) => {
    const { rows } = await run('lock', [skuId]);
    const known = await run('earlier', [shopperId, key]);
    if (known.rowCount !== 0) throw new Refused(CODE.replay);
    if ((rows[0] as { available: number }).available < 1) throw new Refused(CODE.soldOut);
    await insertRows(run, orderId!, shopperId!, key!, skuId!);
    await run('take', [skuId, 1]);
  });
}
