import type { Database } from '../../server/platform/database.ts';

/** Rows that a test needs before it begins: a product with SKUs in stock, and orders in a state of its choice. */
const WORDS = JSON.stringify({ zh: '龙井', en: 'Green tea' });

export async function addSkus(db: Database, skus: readonly { id: string; priceFen?: number; onHand?: number }[]) {
  await db.query(`insert into category (id, name) values ('tea', $1) on conflict do nothing`, [WORDS]);
  const options = JSON.stringify([
    { name: WORDS, values: skus.map(({ id }) => ({ id, label: { zh: `${id} 克`, en: `${id} g` } })) },
  ]);
  const handle = `tea-${skus[0]?.id}`;
  await db.query('insert into product (handle, category_id, title, options) values ($1, $2, $3, $4)', [
    handle,
    'tea',
    WORDS,
    options,
  ]);
  const [{ used = 0 } = {}] = await db.query<{ used: number }>('select count(*) as used from sku');
  for (const [index, { id, priceFen = 20_000, onHand = 100 }] of skus.entries()) {
    await db.query(
      `insert into sku (id, product_handle, code, choice, price_fen, shelf, slot) values ($1, $2, $3, $4, $5, 'tea', $6)`,
      [id, handle, `CODE-${id}`, JSON.stringify([id]), priceFen, used + index],
    );
    await db.query(`insert into stock_level (sku_id, location_id, on_hand) values ($1, 'central', $2)`, [id, onHand]);
    await db.query(
      `insert into stock_move (sku_id, location_id, kind, quantity, reference) values ($1, 'central', 'intake', $2, 'rows')`,
      [id, onHand],
    );
  }
}

let orders = 0;

/** An order that is in this state already; its goods were reserved and sold elsewhere. */
export async function addOrder(
  db: Database,
  order: { shopperId: string; skuId: string; state: string; phone?: string; log?: string[] },
): Promise<string> {
  orders += 1;
  const id = `ord_test${String(orders).padStart(6, '0')}`;
  const address = {
    name: '张三',
    phone: order.phone ?? '13800138000',
    region: '北京市 朝阳区',
    street: '建国路 88 号',
  };
  const log = order.log ?? [order.state];
  await db.query(
    `insert into orders (id, shopper_id, key, request_hash, state, goods_fen, freight_fen, total_fen, paid_fen, quote,
       address, placed_at, pay_before, paid_at, sequence)
     values ($1, $2, gen_random_uuid(), '', $3, 20000, 0, 20000, 20000, '{}', $4, now(), now(), now(), $5)`,
    [id, order.shopperId, order.state, JSON.stringify(address), log.length],
  );
  await db.query(
    `insert into order_line (order_id, line_number, sku_id, quantity, unit_fen, price_kind, title, choice, product_handle)
     values ($1, 1, $2, 1, 20000, 'ordinary', $3, $3, 'tea')`,
    [id, order.skuId, WORDS],
  );
  for (const [index, state] of log.entries()) {
    await db.query('insert into order_log (order_id, step, from_state, to_state, actor) values ($1, $2, $3, $4, $5)', [
      id,
      index + 1,
      log[index - 1] ?? null,
      state,
      'shopper',
    ]);
  }
  return id;
}
